import { readFileSync } from 'node:fs';
import xterm from '@xterm/headless';
import { spawn, type IPty } from 'node-pty';
import { personFolders } from './command-line.js';
import { KEYS, type KeyWord } from './keys.js';
import { built, sleep } from './temporary.js';

/**
 * A robot user: the real client in a real pseudo terminal, read back from a terminal emulator, so that what a test
 * compares is the whole screen as a person has it before them, and never the bytes.
 */
export interface Robot {
  /** Lines of the screen, blanks at their ends removed. */
  readonly lines: () => readonly string[];
  readonly text: () => string;
  /** Everything that has come from the client so far, as it came. */
  readonly output: () => string;
  /** Bytes that have come from the client so far. */
  readonly bytes: () => number;
  /** What the client asked of the terminal besides drawing: window titles, clipboard, links (`52;c;…`). */
  readonly requests: () => readonly string[];
  /** Resolves with the next bytes that come from the client. */
  readonly nextOutput: () => Promise<void>;
  readonly type: (text: string) => void;
  readonly key: (...words: KeyWord[]) => void;
  /** Until the text stands on the screen, or the condition holds; a failure shows the screen. */
  readonly waitFor: (wanted: string | RegExp | ((screen: string) => boolean), timeoutMs?: number) => Promise<string>;
  /** The screen when nothing has changed on it for a moment. */
  readonly settled: () => Promise<string>;
  readonly resize: (columns: number, rows: number) => void;
  /** Of the client itself, not of the shell around it. */
  readonly pid: () => number;
  /** Resolves when the client has ended and says what state it left the terminal in. */
  readonly ended: Promise<Ended>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

export interface Ended {
  readonly code: number;
  /** What is not as it was before the client started; empty when the terminal was restored. */
  readonly leftBehind: readonly string[];
}

export interface RobotOptions {
  /** Holds this person's settings, tokens and journal. */
  readonly folder: string;
  /** Of the service; the one that is announced on this machine unless given. */
  readonly server?: string;
  readonly columns?: number;
  readonly rows?: number;
  /** The client unless given. */
  readonly program?: readonly string[];
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Around the client: says with its exit code whether the line settings of the terminal are those of before. It stays a
 * moment: 200 ms after its end node-pty throws away what a busy machine has not read yet.
 */
const SHELL = 'before=$(stty -g); "$@"; code=$?; [ "$before" = "$(stty -g)" ] || code=99; sleep 0.5; exit $code';
const LINE_SETTINGS_CHANGED = 99;

export function startRobot(options: RobotOptions): Robot {
  const size = { cols: options.columns ?? 80, rows: options.rows ?? 24 };
  const terminal = new xterm.Terminal({ ...size, allowProposedApi: true, scrollback: 1000 });
  const program = options.program ?? [process.execPath, built('clients/tui/dist/portal.mjs')];
  const client = [...program, ...(options.words ?? [])];
  const pty = spawn('/bin/sh', ['-c', SHELL, 'sh', ...client], { ...size, name: 'xterm-256color', env: environment(options) });
  const cursor = watchCursor(terminal);
  const requests = watchRequests(terminal);
  let bytes = 0;
  const output: string[] = [];
  pty.onData((data) => {
    bytes += Buffer.byteLength(data);
    output.push(data);
    terminal.write(data);
  });
  let isOpen = true;
  pty.onExit(() => (isOpen = false));
  const write = (text: string): void => {
    if (isOpen) pty.write(text);
  };
  terminal.onData(write); // what a terminal says when it is asked (cursor position, device)
  const lines = () => linesOf(terminal);
  const text = () => lines().join('\n');
  return {
    lines,
    text,
    output: () => output.join(''),
    bytes: () => bytes,
    requests: () => requests,
    nextOutput: () =>
      new Promise((resolve) => {
        const once = pty.onData(() => {
          once.dispose();
          resolve();
        });
      }),
    type: write,
    key: (...words) => words.forEach((word) => write(KEYS[word])),
    waitFor: (wanted, timeoutMs = 60_000) => waitFor(text, wanted, timeoutMs),
    settled: () => settled(text),
    resize: (columns, rows) => {
      terminal.resize(columns, rows);
      if (!isOpen) return;
      try {
        pty.resize(columns, rows);
      } catch (error) {
        // The client has left, and nobody was told yet.
        if (!/EBADF/.test((error as Error).message)) throw error;
      }
    },
    pid: () => childOf(pty.pid),
    ended: whenEnded(pty, terminal, cursor),
    kill: (signal) => process.kill(childOf(pty.pid), signal),
  };
}

function environment({ folder, server, environment: more }: RobotOptions): Record<string, string> {
  return {
    PATH: `${built('test-support/programs')}:${process.env['PATH'] ?? ''}`,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    TZ: 'Europe/London',
    ...personFolders(folder),
    NODE_COMPILE_CACHE: built('.cache/compiled'),
    ...(server && { PORTAL_SERVER: server }),
    ...more,
  };
}

function linesOf(terminal: xterm.Terminal): readonly string[] {
  const { active } = terminal.buffer;
  return Array.from({ length: terminal.rows }, (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '');
}

async function waitFor(
  text: () => string,
  wanted: string | RegExp | ((screen: string) => boolean),
  timeoutMs: number,
): Promise<string> {
  const holds = (screen: string): boolean => {
    if (typeof wanted === 'string') return screen.includes(wanted);
    return wanted instanceof RegExp ? wanted.test(screen) : wanted(screen);
  };
  const deadline = Date.now() + timeoutMs;
  for (let screen = text(); ; screen = text()) {
    if (holds(screen)) return screen;
    if (Date.now() > deadline) throw new Error(`${String(wanted)} did not come within ${timeoutMs} ms; the screen:\n${screen}`);
    await sleep(10);
  }
}

interface Cursor {
  hidden: boolean;
}

function watchCursor(terminal: xterm.Terminal): Cursor {
  const cursor = { hidden: false };
  const CURSOR_MODE = 25;
  for (const final of ['h', 'l']) {
    terminal.parser.registerCsiHandler({ prefix: '?', final }, (modes) => {
      if (modes.includes(CURSOR_MODE)) cursor.hidden = final === 'l';
      return false; // and let the terminal do it
    });
  }
  return cursor;
}

function watchRequests(terminal: xterm.Terminal): readonly string[] {
  const requests: string[] = [];
  for (const code of [0, 1, 2, 4, 7, 8, 9, 10, 11, 52, 777, 1337]) {
    terminal.parser.registerOscHandler(code, (data) => {
      requests.push(`${code};${data}`);
      return false;
    });
  }
  return requests;
}

const QUIET_MS = 250;

async function settled(text: () => string): Promise<string> {
  let last = text();
  for (let since = Date.now(); Date.now() - since < QUIET_MS; await sleep(10)) {
    if (text() === last) continue;
    last = text();
    since = Date.now();
  }
  return last;
}

function whenEnded(pty: IPty, terminal: xterm.Terminal, cursor: Cursor): Promise<Ended> {
  return new Promise((resolve) =>
    pty.onExit(({ exitCode }) => {
      terminal.write('', () => resolve({ code: exitCode, leftBehind: leftBehind(terminal, cursor, exitCode) }));
    }),
  );
}

function leftBehind(terminal: xterm.Terminal, cursor: Cursor, exitCode: number): readonly string[] {
  const { modes, buffer } = terminal;
  const faults = {
    'line settings': exitCode === LINE_SETTINGS_CHANGED,
    'alternate screen': buffer.active.type !== 'normal',
    'bracketed paste': modes.bracketedPasteMode,
    'application cursor keys': modes.applicationCursorKeysMode,
    'application keypad': modes.applicationKeypadMode,
    'mouse tracking': modes.mouseTrackingMode !== 'none',
    'focus events': modes.sendFocusMode,
    'no wrapping': !modes.wraparoundMode,
    'hidden cursor': cursor.hidden,
  };
  return Object.entries(faults).flatMap(([name, isLeft]) => (isLeft ? [name] : []));
}

function childOf(pid: number): number {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return child ? Number(child) : pid;
}
