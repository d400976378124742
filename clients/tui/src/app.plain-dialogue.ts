import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { NotDone } from './platform/api/result.js';
import type { Language, MessageId, Translate, Values } from './platform/i18n/catalogue.js';
import { sentenceOf } from './platform/i18n/not-done.js';
import { openHiddenInput } from './platform/input/hidden-input.js';

/** Questions and answers line by line. Lines that arrive before they are asked for wait their turn. */
export interface Dialogue {
  readonly t: Translate;
  readonly language: Language;
  readonly say: (id: MessageId, values?: Values) => void;
  readonly line: (text: string) => void;
  readonly refused: (result: NotDone) => void;
  /** Undefined at the end of input. */
  readonly ask: (id: MessageId, values?: Values) => Promise<string | undefined>;
  /** Without showing what is typed. */
  readonly askSecretly: (id: MessageId) => Promise<string | undefined>;
  /** By its number, counted from 1; undefined for 0, an empty line, or the end of input. */
  readonly choose: <T>(id: MessageId, from: readonly T[]) => Promise<T | undefined>;
  readonly close: () => void;
}

export interface DialogueOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly t: Translate;
  readonly language: Language;
}

export function openDialogue({ stdin, stdout, t, language }: DialogueOptions): Dialogue {
  let isSecret = false;
  const echo = new Writable({
    write: (chunk, _encoding, done) => {
      if (!isSecret) stdout.write(chunk);
      done();
    },
  });
  const input = stdin.isTTY ? openHiddenInput(stdin, () => lines.close()) : undefined;
  const lines = createInterface({ input: input?.stream ?? stdin, output: echo, terminal: input !== undefined });
  lines.on('SIGTSTP', () => {
    stdin.setRawMode(false);
    process.kill(process.pid, 'SIGTSTP');
  });
  const next = lineQueue(lines);
  const ask = async (id: MessageId, values?: Values) => {
    stdout.write(t(id, values));
    input?.open();
    const line = await next();
    if (!stdin.isTTY) stdout.write('\n');
    return line;
  };
  const say = (id: MessageId, values?: Values) => void stdout.write(`${t(id, values)}\n`);
  return {
    t,
    language,
    say,
    line: (text) => void stdout.write(`${text}\n`),
    ask,
    refused: (result) => {
      const sentence = sentenceOf(result);
      say(sentence.id, sentence.values);
    },
    askSecretly: async (id) => {
      isSecret = true;
      try {
        return await ask(id);
      } finally {
        isSecret = false;
        if (stdin.isTTY) stdout.write('\n');
      }
    },
    choose: async (id, from) => {
      for (;;) {
        const line = (await ask(id))?.trim();
        if (!line || line === '0') return undefined;
        const chosen = /^\d+$/.test(line) ? from[Number(line) - 1] : undefined;
        if (chosen !== undefined) return chosen;
        say('plain.not-a-choice');
      }
    },
    close: () => {
      lines.close();
      input?.close();
    },
  };
}

function lineQueue(lines: ReturnType<typeof createInterface>): () => Promise<string | undefined> {
  const arrived: string[] = [];
  const waiting: ((line: string | undefined) => void)[] = [];
  let isOver = false;
  lines.on('line', (line) => {
    const first = waiting.shift();
    if (first === undefined) arrived.push(line);
    else first(line);
  });
  lines.on('close', () => {
    isOver = true;
    for (const one of waiting.splice(0)) one(undefined);
  });
  // Ctrl-C ends the input, and with it the dialogue: what was taken is on disk.
  lines.on('SIGINT', () => lines.close());
  return () => {
    const line = arrived.shift();
    if (line !== undefined || isOver) return Promise.resolve(line);
    return new Promise((resolve) => waiting.push(resolve));
  };
}
