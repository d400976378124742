import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { translator } from '../platform/i18n/translate.js';
import type { Context } from './context.js';
import { usage, type Failed } from './outcome.js';

export interface Secret {
  readonly password: string;
  /** The second line, where there is one. */
  readonly code?: string;
  /** Where it is asked for later; empty at the end of input. */
  readonly nextCode?: () => Promise<string>;
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
  return { password: await askHidden(context, say('cli.password')), nextCode: () => askHidden(context, say('cli.code')) };
}

/** On standard error, so that standard output stays the answer alone. */
export async function askHidden({ surroundings: { stdin, stderr } }: Context, question: string): Promise<string> {
  stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    stderr.write('\n');
  }
}
