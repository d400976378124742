/** The drill of docs/operations/backup.md: a running service is copied, lost, and comes back from the copy in another folder. */
import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiOf, markPath } from './api.js';
import { signIn, type Person } from './command-line.js';
import { startService, type Service, type ServiceOptions } from './service.js';
import { built, temporaryFolder } from './temporary.js';

const COMPONENT = '9999/01@2017-01';
const CENTRE = '69001';

let folder: string;
let remove: () => void;
beforeAll(() => {
  ({ path: folder, remove } = temporaryFolder());
});
afterAll(async () => {
  await Promise.all(started.map((service) => service.kill()));
  remove();
});

const started: Service[] = [];

/** Ended with the test, however that ends. */
async function start(options: ServiceOptions): Promise<Service> {
  const service = await startService(options);
  started.push(service);
  return service;
}

const at = (...parts: string[]): string => join(folder, ...parts);

/** A program of deploy/, as an administrator calls it: what it prints, whatever it ends with. */
async function run(name: string, ...words: string[]): Promise<string> {
  const ran = promisify(execFile)(process.execPath, [built(`deploy/${name}.mjs`), ...words]);
  return ran.then(({ stdout }) => stdout, (error: { stdout?: string; stderr?: string }) => `${error.stdout}${error.stderr}`);
}

const verify = async (notary: string, data: string): Promise<unknown> => JSON.parse(await run('verify', notary, data));

async function personAt(name: string, url: string): Promise<Person> {
  mkdirSync(at(name));
  return signIn(at(name), url, 'examiner2');
}

async function enter(person: Person, url: string, candidate: string): Promise<void> {
  const answer = await apiOf(person, url).send('PUT', markPath(COMPONENT, CENTRE, candidate), { mark: '37' });
  expect(answer).toMatchObject({ status: 200 });
}

async function marksIn(person: Person, url: string): Promise<readonly string[]> {
  const path = `/emi/${encodeURIComponent(COMPONENT)}/sheets/${CENTRE}`;
  const { candidates } = await apiOf(person, url).get<{ candidates: readonly { candidate: string; savedAt: string | null }[] }>(path);
  return candidates.filter(({ savedAt }) => savedAt !== null).map(({ candidate }) => candidate);
}

describe('a backup of a running service', () => {
  it('is a service again, in another folder, without what came after it', async () => {
    // Stopped once: then the notary has signed, which it does each minute otherwise.
    await (await start({ folder: at('first') })).stop();
    const service = await start({ folder: at('first') });
    const before = await personAt('before', service.url);
    await enter(before, service.url, '0001');
    expect(await run('backup', at('first', 'data'), at('backup'))).toBe(`${at('backup')}\n`);
    await enter(before, service.url, '0002');
    await service.stop();
    // Kept elsewhere, as the handbook asks: newer than the backup.
    mkdirSync(at('elsewhere'));
    for (const name of ['notary.key', 'notary.jsonl']) copyFileSync(at('first', 'data', name), at('elsewhere', name));
    rmSync(at('first'), { recursive: true });

    expect(readdirSync(at('backup')).toSorted()).toEqual(['events.db', 'files', 'identity.db', 'identity.key', 'notary.jsonl', 'notary.key'].filter((name) => existsSync(at('backup', name))));
    cpSync(at('backup'), at('second', 'data'), { recursive: true });
    expect(await verify(at('second', 'data'), at('second', 'data'))).toMatchObject({ kind: 'intact' });
    // Only the copy that was kept elsewhere knows that something is gone.
    expect(await verify(at('elsewhere'), at('second', 'data'))).toMatchObject({ kind: 'broken', problem: 'log-cut-off' });

    const again = await start({ folder: at('second'), environment: { PORTAL_DEMO: '0' } });
    expect((await fetch(`${again.url}/ready`)).status).toBe(200);
    const after = await personAt('after', again.url);
    expect(await marksIn(after, again.url)).toEqual(['0001']);
    await enter(after, again.url, '0002');
    expect(await again.stop()).toBe(0);
    expect(await verify(at('second', 'data'), at('second', 'data'))).toMatchObject({ kind: 'intact' });
  });

  it('is not made over another one, and says what is missing', async () => {
    expect(await run('backup', at('second', 'data'), at('backup'))).toContain('is there already');
    expect(await run('backup', at('before'), at('other'))).toContain('holds nothing that is kept');
    expect(await run('backup')).toContain('usage');
  });

  it('is checked only where there is something to check, and the check makes nothing', async () => {
    expect(await run('verify')).toContain('usage');
    expect(await run('verify', at('elsewhere'))).toBe('which log? Name a data folder, or set EVENTSTORE_URL or EVENTSTORE_URL_FILE\n');
    expect(await run('verify', at('none'), at('second', 'data'))).toBe(`${at('none', 'notary.key')} is not there\n`);
    expect(await run('verify', at('elsewhere'), at('before'))).toBe(`${at('before', 'events.db')} is not there\n`);
    expect(existsSync(at('before', 'events.db'))).toBe(false);
  });

  it('would be found broken by the same check', async () => {
    cpSync(at('second'), at('third'), { recursive: true });
    const file = at('third', 'data', 'events.db');
    const log = readFileSync(file);
    const maximum = log.indexOf('"maximum":80');
    expect(maximum).toBeGreaterThan(0);
    log.write('"maximum":81', maximum);
    writeFileSync(file, log);
    expect(await verify(at('third', 'data'), at('third', 'data'))).toMatchObject({ kind: 'broken' });
  });
});
