/** The other device of a sign-in, as a program of its own: paired once, it answers requests with its own key. */
import { parseArgs } from 'node:util';
import { approve, list, pair, refuse, type Done, type Options } from './deeds.js';
import { Failure } from './failure.js';
import { say } from './messages.en.js';

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  const isJson = words.includes('--json');
  try {
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

function perform(words: readonly string[]): Promise<Done> {
  const { deed, word, options } = read(words);
  if (deed === 'pair' && word !== undefined) return pair(word, options);
  if (deed === 'approve' && word !== undefined && /^\d{1,2}$/.test(word)) return approve(word.padStart(2, '0'), options);
  if (word === undefined && deed === 'list') return list(options);
  if (word === undefined && (deed === 'deny' || deed === 'report')) return refuse(deed, options);
  throw new Failure('usage', 2);
}

function read(words: readonly string[]): { deed?: string | undefined; word?: string | undefined; options: Options } {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, server: { type: 'string' }, request: { type: 'string' } },
    });
    const [deed, word, ...more] = positionals;
    if (more.length > 0) throw new Failure('usage', 2);
    return { deed, word, options: { env: process.env, server: values.server, request: values.request } };
  } catch (error) {
    const isUsage = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
    throw isUsage ? new Failure('usage', 2) : error;
  }
}
