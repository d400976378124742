import { randomUUID } from 'node:crypto';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HistoryEntry, Me, Sheet } from '@portal/contract';
import { createOutbox } from '../platform/outbox/outbox.js';
import { portalPaths } from '../platform/paths.js';
import { openSecret } from '../platform/session/kept-secret.js';
import { connect } from '../platform/session/session.js';
import { openTokenStore } from '../platform/session/token-store.js';
import { startService, type Person, type TestService } from './testing.js';

let service: TestService;
let proxy: Server;
let proxyUrl: string;
let user7: Person;
/** How many answers to writes the proxy still swallows. */
let swallow = 0;
/** How many requests are answered as by a service whose log or Redis is away. */
let away = 0;

beforeAll(async () => {
  service = await startService();
  user7 = await service.person('user7');
  proxy = createServer((asked, response) => {
    if (away-- > 0) return void response.writeHead(503, { 'content-type': 'application/problem+json' }).end(AWAY);
    const onward = request(`${service.url}${asked.url}`, { method: asked.method, headers: asked.headers }, answer => {
      if (asked.method !== 'GET' && swallow-- > 0) return void asked.socket.destroy();
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => asked.socket.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  await throughProxy(user7);
});

afterAll(async () => {
  proxy?.closeAllConnections();
  proxy?.close();
  await service?.stop();
});

/** Signed in there as here, with the same key of the device. */
async function throughProxy(person: Person): Promise<void> {
  const paths = pathsOf(person);
  await openTokenStore(paths, proxyUrl).write(openTokenStore(paths, service.url).read()!);
  await openSecret(paths, proxyUrl, 'key').write(openSecret(paths, service.url, 'key').read()!);
}

function pathsOf(person: Person) {
  return portalPaths({
    XDG_STATE_HOME: join(person.folder, 'state'),
    XDG_CONFIG_HOME: join(person.folder, 'config'),
  });
}

const AWAY = JSON.stringify({ type: 'unavailable', title: 'Not available', status: 503, detail: 'away' });

const recordedIn = (history: readonly HistoryEntry[], type = 'MarkEntered') => history.filter(one => one.type === type);

describe('a command whose answer is lost', () => {
  it('is repeated under its id until it has an answer, and recorded once', async () => {
    swallow = 2;
    const answer = await user7.portal(`emi enter 9521/01 68101 0001 34 --server ${proxyUrl}`);
    expect([answer.code, answer.json().mark]).toEqual([0, 34]);
    expect(recordedIn((await user7.portal('history 9521/01 68101 0001')).json())).toHaveLength(1);
  });

  it('ends with 6 and its id when none comes, and the repeat says what was recorded', async () => {
    swallow = Number.MAX_SAFE_INTEGER;
    const words = `emi enter 9521/01 68101 0002 21`;
    const lost = await user7.portal(`${words} --server ${proxyUrl}`);
    swallow = 0;
    expect([lost.code, lost.error().type]).toEqual([6, 'outcome-unknown']);
    const repeated = await user7.portal(`${words} --command-id ${lost.error()['commandId']}`);
    expect(repeated.json()).toMatchObject({ mark: 21, event: expect.any(String) });
    expect(recordedIn((await user7.portal('history 9521/01 68101 0002')).json())).toHaveLength(1);
  });

  it('is recorded once in a moderation too, with its reason', async () => {
    const moderator = await service.person('moderator1');
    await throughProxy(moderator);
    const { candidates } = (await moderator.portal('iamis sample 3000N1 68301')).json();
    const [reviewed, missing] = candidates.map((one: { candidate: string }) => one.candidate);
    swallow = 2;
    const review = await moderator.portal(`iamis review 3000N1 68301 ${reviewed} 21 --server ${proxyUrl}`);
    expect([review.code, review.json()]).toEqual([0, expect.objectContaining({ mark: 21, event: expect.any(String), remaining: candidates.length - 1 })]);
    const words = `iamis work-not-received 3000N1 68301 ${missing} --reason "Not sent"`;
    swallow = Number.MAX_SAFE_INTEGER;
    const lost = await moderator.portal(`${words} --server ${proxyUrl}`);
    swallow = 0;
    expect([lost.code, lost.error().type]).toEqual([6, 'outcome-unknown']);
    const repeated = await moderator.portal(`${words} --command-id ${lost.error()['commandId']}`);
    expect(repeated.json()).toMatchObject({ event: expect.any(String), position: expect.any(String) });
    const history = async (candidate: string) => (await moderator.portal(`history 3000N1 68301 ${candidate}`)).json();
    expect(recordedIn(await history(reviewed), 'ModeratorMarkEntered')).toHaveLength(1);
    expect(recordedIn(await history(missing), 'WorkNotReceived')).toHaveLength(1);
  });

  it('of an import: the repeat under the same id is the same import', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => `68102,${String(index + 1).padStart(4, '0')},${index + 10}`);
    const words = `emi import 9521/01 ${user7.file('marks.csv', `CentreNo,CandidateNo,Mark\n${rows.join('\n')}\n`)}`;
    swallow = Number.MAX_SAFE_INTEGER;
    const id = randomUUID();
    const lost = await user7.portal(`${words} --command-id ${id} --server ${proxyUrl}`);
    swallow = 0;
    expect(lost.code).toBe(6);
    const repeated = await user7.portal(`${words} --command-id ${id}`);
    expect([repeated.code, repeated.json()]).toEqual([0, { accepted: 20, unchanged: 0, refused: [] }]);
    expect((await user7.portal(words)).json()).toEqual({ accepted: 0, unchanged: 20, refused: [] });
  });
});

describe('a service that is away for a moment', () => {
  const words = 'emi enter 9521/01 68101 0030 12';

  it.each(['emi', 'emi sheet 9521/01 68101', words])('is asked again: %s', async (asked) => {
    away = 3;
    const answer = await user7.portal(`${asked} --server ${proxyUrl}`);
    expect([answer.code, answer.stderr]).toEqual([0, '']);
  });

  it('has recorded once what it was asked thrice, also where the next answer is lost', async () => {
    away = 2;
    swallow = 1;
    expect((await user7.portal(`emi enter 9521/01 68101 0031 13 --server ${proxyUrl}`)).code).toBe(0);
    for (const candidate of ['0030', '0031']) expect(recordedIn((await user7.portal(`history 9521/01 68101 ${candidate}`)).json())).toHaveLength(1);
  });

  it('is given up after ten seconds, as refused: nothing was done', async () => {
    away = Number.MAX_SAFE_INTEGER;
    const began = performance.now();
    const answers = await Promise.all([user7.portal(`emi --server ${proxyUrl}`), user7.portal(`${words} --server ${proxyUrl}`)]);
    const took = performance.now() - began;
    away = 0;
    for (const answer of answers) expect([answer.code, answer.error().type]).toEqual([1, 'unavailable']);
    expect(took).toBeGreaterThan(5_000);
    expect(took).toBeLessThan(60_000);
  });
});

describe('the outbox before a service that is killed', () => {
  it('loses nothing and repeats nothing over two kills', async () => {
    const paths = pathsOf(user7);
    const { api } = connect({ server: service.url, paths, version: 'test' });
    const me = await valueOf<Me>(api.me());
    const { server } = api;
    const backoffMs = { first: 50, longest: 400 };
    const outbox = createOutbox({ api, server, account: me.account, journalFolder: paths.journalFolder, backoffMs });
    const sheet = await outbox.open('9521/01@2017-01', '68103');
    const numbers = Array.from({ length: 35 }, (_, index) => String(index + 1).padStart(4, '0'));
    for (const [round, mark] of ['11', '12', '13', '14'].entries()) {
      for (const candidate of numbers) {
        await sheet.commit([{ commandId: randomUUID(), candidate, mark, enteredAt: new Date().toISOString() }]);
      }
      if (round % 2 === 0) await service.killAndRestart(200);
    }
    for (let tries = 0; tries < 50 && outbox.status().queued > 0; tries++) await outbox.drain({ timeoutMs: 1_000 });
    expect(outbox.status()).toMatchObject({ queued: 0, connection: 'online' });
    expect(sheet.refused()).toEqual([]);
    const found = await valueOf<Sheet>(api.sheet('9521/01', '68103'));
    expect(found.candidates.map(one => [one.candidate, one.mark])).toEqual(numbers.map(candidate => [candidate, 14]));
    const place = { component: '9521/01', centre: '68103', candidate: '0035' };
    const history = await valueOf<readonly HistoryEntry[]>(api.history(place));
    expect(history.map(one => one.to).filter(to => to !== null)).toEqual([11, 12, 13, 14]);
    await outbox.close();
  });
});

async function valueOf<T>(result: Promise<{ readonly kind: string; readonly value?: T }>): Promise<T> {
  const settled = await result;
  if (settled.kind !== 'ok') throw new Error(JSON.stringify(settled));
  return settled.value as T;
}
