import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { translator } from '../platform/i18n/translate.js';
import { openHiddenInput } from '../platform/input/hidden-input.js';
import type { Context } from './context.js';
import { usage, type Failed } from './outcome.js';

export interface Secret {
  readonly password: string;
  /** The second line, where there is one. */
  readonly code?: string;
  /** Where it is asked for later; empty at the end of input. */
  readonly nextCode?: () => Promise<string>;
  /** Where a terminal is read until the answer is there. */
  readonly close?: () => void;
}

/** The password from standard input, or typed without being shown; never from the words, where others can read it. */
export async function readSecret(context: Context, fromStdin: boolean): Promise<Secret | Failed> {
  const { stdin } = context.surroundings;
  if (!fromStdin && !stdin.isTTY) return usage('password-stdin', 'cli.password-how');
  if (!fromStdin) return typed(context);
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  const [password = '', code = ''] = Buffer.concat(chunks).toString('utf8').split(/\r?\n/);
  return { password, ...(code !== '' && { code }) };
}

/** The password now, and the code when it is asked for: one sent by SMS is known only after the password was right. */
export async function readSecretInTurn({ surroundings: { stdin } }: Context): Promise<Secret> {
  const reader = createInterface({ input: stdin });
  const lines = reader[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value ?? '');
  const nextCode = async (): Promise<string> => {
    const code = await next();
    reader.close();
    return code;
  };
  return { password: await next(), nextCode };
}

async function typed(context: Context): Promise<Secret> {
  const say = translator(context.language);
  const { ask, close } = openHidden(context);
  return { password: await ask(say('cli.password')), nextCode: () => ask(say('cli.code')), close };
}

/** Questions whose answers are not shown. What is typed before one is asked waits for it, unseen as well. */
export interface Hidden {
  /** Empty at the end of input. */
  readonly ask: (question: string) => Promise<string>;
  readonly close: () => void;
}

/** On standard error, so that standard output stays the answer alone. */
export function openHidden({ surroundings: { stdin, stderr } }: Context): Hidden {
  const close = (): void => {
    lines.close();
    input.close();
  };
  const input = openHiddenInput(stdin, () => {
    close();
    // As if the terminal had done it: nothing catches it, and the shell is told.
    process.kill(process.pid, 'SIGINT');
  });
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: input.stream, output: nowhere, terminal: true });
  const over = new Promise<string>(resolve => lines.once('close', () => resolve('')));
  return {
    ask: async question => {
      stderr.write(question);
      // First, since what was typed ahead answers at once.
      const answer = lines.question('');
      input.open();
      const line = await Promise.race([answer, over]);
      stderr.write('\n');
      return line;
    },
    close,
  };
}
