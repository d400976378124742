/** The other device of a sign-in, as a program of its own: paired once, it answers requests with its own key. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { demoDevice } from './announced.js';
import { approve, list, pair, refuse, type Done } from './deeds.js';
import { readDevices, type DeviceFile } from './device-file.js';
import { Failure } from './failure.js';
import { say } from './messages.en.js';

interface Words {
  readonly deed?: string | undefined;
  readonly word?: string | undefined;
  readonly server?: string | undefined;
  readonly request?: string | undefined;
  readonly account?: string | undefined;
  readonly demo?: string | undefined;
  readonly data?: string | undefined;
}

process.exitCode = await main(process.argv.slice(2));

async function main(given: readonly string[]): Promise<number> {
  const isJson = given.includes('--json');
  try {
    const words = read(given);
    const hasTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
    if (words.deed === undefined && hasTerminal && !isJson) return await openScreen(words);
    const { document, text } = await perform(words);
    process.stdout.write(`${isJson ? JSON.stringify(document) : text}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const detail = say(error.id, error.values);
    process.stderr.write(`${isJson ? JSON.stringify({ error: { type: error.id, detail } }) : detail}\n`);
    return error.code;
  }
}

async function openScreen(words: Words): Promise<number> {
  const devices = devicesFor(words);
  // A script that uses a deed does not wait for what only a screen needs.
  const { runScreen } = await import('./screen/run.js');
  return runScreen(devices);
}

function perform(words: Words): Promise<Done> {
  const { deed, word, server, request } = words;
  if (deed === 'pair' && word !== undefined) return pair(word === '-' ? lineFromInput() : word, process.env, server);
  if (deed === 'approve' && word !== undefined && /^\d{1,2}$/.test(word)) {
    return approve(word.padStart(2, '0'), devicesFor(words), request);
  }
  if (word === undefined && deed === 'list') return list(devicesFor(words));
  if (word === undefined && (deed === 'deny' || deed === 'report')) return refuse(deed, devicesFor(words), request);
  throw new Failure('usage', 2);
}

/** Words of a command can be read by others on the machine, and a pairing code is a secret. */
function lineFromInput(): string {
  const [line = ''] = readFileSync(0, 'utf8').trim().split(/\r?\n/);
  if (line === '') throw new Failure('usage', 2);
  return line.trim();
}

function devicesFor({ demo, data, account }: Words): readonly DeviceFile[] {
  if (demo !== undefined) return [demoDevice(process.env, demo, data)];
  const all = readDevices(process.env);
  const wanted = account === undefined ? all : all.filter(({ username }) => isNamed(username, account));
  if (wanted.length === 0) throw new Failure('account-unknown', 1, { username: account ?? '' });
  return wanted;
}

/** The part before the `@` is enough. */
function isNamed(username: string, name: string): boolean {
  return username === name.toLowerCase() || username.startsWith(`${name.toLowerCase()}@`);
}

function read(given: readonly string[]): Words {
  try {
    const text = { type: 'string' } as const;
    const options = { json: { type: 'boolean' }, server: text, request: text, account: text, demo: text, data: text } as const;
    const { values, positionals } = parseArgs({ args: [...given], allowPositionals: true, options });
    const [deed, word, ...more] = positionals;
    if (more.length > 0) throw new Failure('usage', 2);
    return { deed, word, ...values };
  } catch (error) {
    const isUsage = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
    throw isUsage ? new Failure('usage', 2) : error;
  }
}
