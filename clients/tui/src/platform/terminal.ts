import { writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { HANDLE_COLUMNS } from './terminal-handles.js';
import type { Key } from './input/key.js';
import { createRowWriter } from './terminal-rows.js';
import { EMPTY, flush, isWaiting, tokenize } from './input/tokenizer.js';

/**
 * The terminal while the client has it: alternate buffer, raw input, hidden cursor, bracketed paste, number pad in
 * application mode. Whatever ends the process, it is given back as it was before anything is said about why.
 */
export interface Terminal {
  readonly size: () => { readonly columns: number; readonly rows: number };
  /** Where Ink writes; silent once the terminal is given back. */
  readonly output: InkOutput;
  readonly bell: () => void;
  /** OSC 52: whether the terminal takes it is not known. */
  readonly copy: (text: string) => void;
  readonly restore: () => void;
}

export interface TerminalOptions {
  readonly stdin: ReadStream;
  readonly stdout: WriteStream & { readonly fd: number };
  /** What the handles in Ink's frames stand for. */
  readonly toRows: (handles: readonly string[]) => readonly string[];
  /** All keys of one read together: they are drawn once. */
  readonly onKeys: (keys: readonly Key[]) => void;
  readonly onResize: (columns: number, rows: number) => void;
  /** The terminal is gone, or a signal asks to end. */
  readonly onEnd: (exitCode: number) => void;
}

const ENTER = '\u001b[?1049h\u001b[2J\u001b[H\u001b[?25l\u001b[?2004h\u001b=';
const LEAVE = '\u001b[0m\u001b>\u001b[?2004l\u001b[?25h\u001b[?1049l';
const CLEAR = '\u001b[0m\u001b[2J\u001b[H';
/** How long a lone ESC may be the beginning of a key. */
const ESCAPE_MS = 30;
/** A paste whose end got lost would otherwise swallow the keyboard. */
const PASTE_MS = 1000;
const SIGNALS = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const;

export function openTerminal(options: TerminalOptions): Terminal {
  const { stdin, stdout } = options;
  const output = new InkOutput(stdout, options.toRows);
  let isOpen = true;
  const stopReading = readKeys(options);
  const onResize = () => options.onResize(stdout.columns, stdout.rows);
  // After a stop from outside the terminal may be in any state.
  const onContinue = () => {
    stdin.setRawMode(true);
    output.direct(ENTER);
    onResize();
  };
  const listeners = Object.entries(SIGNALS).map(([signal, code]) => [signal, () => options.onEnd(code)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  process.on('SIGCONT', onContinue);
  stdout.on('resize', onResize);
  stdin.setRawMode(true);
  output.direct(ENTER);
  const restore = () => {
    if (!isOpen) return;
    isOpen = false;
    output.close();
    stopReading();
    stdout.off('resize', onResize);
    process.off('SIGCONT', onContinue);
    for (const [signal, listener] of listeners) process.off(signal, listener);
    if (!stdin.destroyed) stdin.setRawMode(false);
    writeAll(stdout.fd, LEAVE);
  };
  process.on('exit', restore);
  return {
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    output,
    bell: () => output.direct('\u0007'),
    copy: (text) => output.direct(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`),
    restore,
  };
}

function readKeys({ stdin, onKeys, onEnd }: TerminalOptions): () => void {
  let state = EMPTY;
  let timer: NodeJS.Timeout | undefined;
  const take = (tokens: ReturnType<typeof tokenize>) => {
    state = tokens.state;
    if (tokens.keys.length > 0) onKeys(tokens.keys);
  };
  const onData = (bytes: Buffer) => {
    clearTimeout(timer);
    take(tokenize(state, bytes));
    if (isWaiting(state)) timer = setTimeout(() => take(flush(state)), state.paste === undefined ? ESCAPE_MS : PASTE_MS);
  };
  const onGone = () => onEnd(SIGNALS.SIGHUP);
  stdin.on('data', onData);
  stdin.on('end', onGone);
  stdin.on('error', onGone);
  stdin.resume();
  return () => {
    clearTimeout(timer);
    stdin.off('data', onData);
    stdin.off('end', onGone);
    stdin.pause();
  };
}

/** What Ink takes for the terminal: it writes every frame whole (its debug mode), and only the changes go on from here. */
export class InkOutput extends Writable {
  readonly isTTY = true;
  /** A row is a handle of this many letters here. */
  readonly columns = HANDLE_COLUMNS;
  private readonly writer = createRowWriter();
  private gathered = '';
  private isClosed = false;

  constructor(
    private readonly stdout: Pick<WriteStream, 'write' | 'rows'>,
    private readonly toRows: (handles: readonly string[]) => readonly string[],
  ) {
    super({ decodeStrings: false });
  }

  get rows(): number {
    return this.stdout.rows || 24;
  }

  /** Gathered until the present turn ends, so that one key is one write. */
  direct(text: string): void {
    if (this.isClosed || text === '') return;
    if (this.gathered === '') queueMicrotask(() => this.send());
    this.gathered += text;
  }

  /** Empties the screen and draws the frame again. */
  redraw(rows: readonly string[]): void {
    this.writer.forget();
    this.direct(CLEAR + this.writer.draw(rows));
  }

  close(): void {
    this.send();
    this.isClosed = true;
  }

  override _write(frame: string | Buffer, _encoding: string, done: () => void): void {
    this.direct(this.writer.draw(this.toRows(frame.toString().split('\n'))));
    done();
  }

  private send(): void {
    if (this.isClosed || this.gathered === '') return;
    const text = this.gathered;
    this.gathered = '';
    this.stdout.write(text);
  }
}

/** At the end nothing waits for an event loop any more. A terminal that is gone cannot be restored, and need not be. */
function writeAll(fd: number, text: string): void {
  try {
    writeSync(fd, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EAGAIN') writeAll(fd, text);
    else if (code !== 'EIO' && code !== 'EPIPE' && code !== 'EBADF' && code !== 'ENXIO') throw error;
  }
}
