/** The programs of deploy/ where something is in the way: what they say, and with which code. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accept, type Decider } from '@portal/domain';
import { createStreams, startNotary } from '@portal/event-store';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import { built, temporaryFolder } from './temporary.js';

let folder: string;
let remove: () => void;
beforeAll(async () => {
  ({ path: folder, remove } = temporaryFolder());
  await makeData(at('data'));
});
afterAll(() => remove());

const at = (...parts: string[]): string => join(folder, ...parts);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  /** Its lines, and what stands after the last one's end. */
  readonly errors: readonly string[];
}

async function run(name: string, words: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return ended(spawn(process.execPath, [built(`deploy/${name}.mjs`), ...words], { env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'pipe'] }));
}

async function ended(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Ended> {
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, out, errors: errors.split('\n') };
}

const INTACT = { code: 0, out: expect.stringContaining('"kind":"intact"'), errors: [''] };

/** One line that says it, and the code of whom nothing was checked for. */
const saying = (words: string) => ({ code: 2, out: '', errors: [expect.stringContaining(words), ''] });

const added: Decider<undefined, { readonly type: 'Added'; readonly data: Record<string, never> }, number, never> = {
  initial: 0,
  decide: () => accept({ type: 'Added', data: {} }),
  evolve: (sum) => sum + 1,
};

/** The data folder of a service that was stopped: three events, signed for, and a document. */
async function makeData(data: string): Promise<void> {
  mkdirSync(data);
  makeDocuments(join(data, 'files'));
  const store = await openEmbeddedStore({ file: join(data, 'events.db') });
  const streams = createStreams(store, { clock: () => new Date() });
  const notary = await startNotary(store, { streams, keyFile: join(data, 'notary.key'), logFile: join(data, 'notary.jsonl') });
  const by = { actor: 'acc-1', capacity: 'examiner', session: 'ses-1', authMethod: 'pwd' } as const;
  for (let n = 0; n < 3; n++) {
    const id = crypto.randomUUID();
    await streams.handle(added, 'sum-1', undefined, { commandId: id, correlationId: id, ...by });
  }
  await notary.stop();
  await store.close();
}

/** One that is kept, and one that was being written. */
function makeDocuments(files: string): void {
  for (const name of ['ab', 'unfinished']) mkdirSync(join(files, name), { recursive: true });
  writeFileSync(join(files, 'ab', 'cdef'), 'document');
  writeFileSync(join(files, 'unfinished', 'one'), 'docu');
}

/** A folder of the notary's, as the one of the data folder except for what is written here. */
function notaryFolder(name: string, other: Readonly<Record<string, string>>): string {
  mkdirSync(at(name));
  for (const file of ['notary.key', 'notary.jsonl']) copyFileSync(at('data', file), at(name, file));
  for (const [file, content] of Object.entries(other)) writeFileSync(at(name, file), content);
  return at(name);
}

describe('a check that cannot be made ends with one line and 2, which is no finding', () => {
  it('of a log that is there it is 0', async () => {
    expect(await run('verify', [at('data'), at('data')])).toEqual(INTACT);
  });

  it.each([
    ['nothing listens', { EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false' }, 'does not answer'],
    ['no connection string', { EVENTSTORE_URL: 'garbage' }, 'not a connection string'],
    ['no such file', { EVENTSTORE_URL_FILE: '/nowhere/url' }, '/nowhere/url'],
  ])('EventStoreDB: %s', async (_, environment, words) => {
    expect(await run('verify', [at('data')], environment)).toEqual(saying(words));
  });

  it('a key that is none, or another kind of key', async () => {
    const none = notaryFolder('no-key', { 'notary.key': 'no key' });
    expect(await run('verify', [none, at('data')])).toEqual(saying(`${join(none, 'notary.key')} holds no key`));
    const pem = generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const other = notaryFolder('other-key', { 'notary.key': pem });
    expect(await run('verify', [other, at('data')])).toEqual(saying(`${join(other, 'notary.key')} holds a key that no notary signs with`));
  });

  it('a head that is none, a log that is none', async () => {
    const noHead = notaryFolder('no-head', { 'notary.jsonl': 'head\n' });
    expect(await run('verify', [noHead, at('data')])).toEqual(saying('notary.jsonl, line 1: not a checkpoint'));
    mkdirSync(at('no-log'));
    writeFileSync(at('no-log', 'events.db'), 'no log '.repeat(1_000));
    expect(await run('verify', [at('data'), at('no-log')])).toEqual(saying('not a database'));
  });

  it('no heads to hold it against, so that the drill of a restore does not take the log for whole', async () => {
    for (const [name, content] of [['empty', ''], ['torn', '{"position":"0000']] as const) {
      const without = notaryFolder(name, { 'notary.jsonl': content });
      expect(await run('verify', [without, at('data')])).toEqual(saying(`${join(without, 'notary.jsonl')} holds no signed head`));
    }
    rmSync(at('empty', 'notary.jsonl'));
    expect(await run('verify', [at('empty'), at('data')])).toEqual(saying(`${at('empty', 'notary.jsonl')} is not there`));
  });
});

describe('the line that the book gives for containers', () => {
  /** As it stands there, run by a shell in the checkout instead of in a container, on this folder instead of its volume. */
  async function nightly(day: string): Promise<Ended> {
    const book = readFileSync(built('docs/operations/backup.md'), 'utf8');
    const line = /`(?:docker compose exec -T \S+ )?([^`]*node deploy\/backup\.mjs \/data .*?)`/.exec(book)?.[1];
    if (line === undefined) throw new Error('the book has no line for containers');
    // The system's own, of another day.
    mkdirSync(at(day));
    writeFileSync(at(day, 'date'), `#!/bin/sh\nPATH=/usr/bin:/bin\nexec date --date=${day} "$@"\n`, { mode: 0o700 });
    const env = { PATH: `${at(day)}:${dirname(process.execPath)}:${process.env['PATH']}` };
    return ended(spawn('sh', ['-c', line.replaceAll('/data', at('data'))], { cwd: built(''), env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  it('makes a backup a night, each beside the one before', async () => {
    const made = [await nightly('yesterday'), await nightly('today')];
    expect(made).toEqual(made.map(({ out }) => ({ code: 0, out, errors: [''] })));
    const targets = made.map(({ out }) => out.trim());
    expect(new Set(targets).size).toBe(2);
    for (const target of targets) {
      expect(readdirSync(target).toSorted()).toEqual(['events.db', 'files', 'notary.jsonl', 'notary.key']);
      expect(await run('verify', [target, target])).toEqual(INTACT);
    }
  });
});

it('a folder is meant from where the person stands, also behind npm, which runs programs in the checkout', async () => {
  const stands = { INIT_CWD: folder };
  expect(await run('backup', ['data', 'from-here/copy'], stands)).toEqual({ code: 0, out: `${at('from-here', 'copy')}\n`, errors: [''] });
  expect(await run('verify', ['data', 'from-here/copy'], stands)).toEqual(INTACT);
});

describe('a backup', () => {
  /** What is told to the disk, and when the backup gets its name. The real calls are made. */
  const NOTE_SYNCS = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const { fsyncSync, renameSync } = fs;
    const note = (line) => fs.appendFileSync(process.env.NOTES, line + '\\n');
    fs.fsyncSync = (opened) => (note(fs.readlinkSync('/proc/self/fd/' + opened)), fsyncSync(opened));
    fs.renameSync = (from, to) => (note('named ' + to), renameSync(from, to));
    syncBuiltinESMExports();`;

  it('that is said to be made is on disk: files, folders, and their names', async () => {
    const [target, notes] = [at('new', 'synced'), at('notes')];
    const environment = { NOTES: notes, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(NOTE_SYNCS)}` };
    expect(await run('backup', [at('data'), target], environment)).toMatchObject({ code: 0 });
    const noted = readFileSync(notes, 'utf8').trim().split('\n');
    const named = noted.indexOf(`named ${target}`);
    const all = [target, ...readdirSync(target, { recursive: true, encoding: 'utf8' }).map((name) => join(target, name))];
    expect(all).toContain(join(target, 'files', 'ab', 'cdef'));
    const before = noted.slice(0, named).map((path) => path.replace('.unfinished', ''));
    expect(before).toEqual(expect.arrayContaining([...all, folder]));
    expect(noted.slice(named + 1)).toEqual([at('new')]);
  });

  it('holds whole heads only, and no document that was not finished', async () => {
    cpSync(at('data'), at('torn-data'), { recursive: true });
    const whole = readFileSync(at('data', 'notary.jsonl'), 'utf8');
    writeFileSync(at('torn-data', 'notary.jsonl'), `${whole}{"position":"0000`);
    expect(await run('backup', [at('torn-data'), at('cut')])).toMatchObject({ code: 0, errors: [''] });
    expect(readFileSync(at('cut', 'notary.jsonl'), 'utf8')).toBe(whole);
    expect(readdirSync(at('cut', 'files'))).toEqual(['ab']);
  });

  it('takes the documents from where the service keeps them, or says that it found none', async () => {
    cpSync(at('data'), at('bare'), { recursive: true });
    renameSync(at('bare', 'files'), at('documents'));
    expect(await run('backup', [at('bare'), at('with')], { PORTAL_FILES: at('documents') })).toMatchObject({ code: 0, errors: [''] });
    expect(readFileSync(at('with', 'files', 'ab', 'cdef'), 'utf8')).toBe('document');
    expect(await run('backup', [at('bare'), at('without')])).toMatchObject({ code: 0, errors: [expect.stringContaining('PORTAL_FILES'), ''] });
    expect(await run('backup', [at('bare'), at('wrong')], { PORTAL_FILES: at('nowhere') })).toMatchObject({ code: 1, errors: [expect.stringContaining(at('nowhere')), ''] });
    expect(existsSync(at('wrong'))).toBe(false);
  });
});
