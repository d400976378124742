import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startBridge, type Bridge } from '@portal/event-store/eventstoredb-bridge';
import { newDpopKey, proofBy } from '../../testing/dpop.js';
import { COMPONENT, markPath, setUp, type Examination } from '../../testing/one-component.js';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';
import { startRedis, type RedisServer } from '../../testing/redis-server.js';

let folder: string;
let bridge: Bridge;
let redis: RedisServer;
let projector: Portal;
let api: Portal;
let exam: Examination;

/** Each on its own folder, as on its own machine; started again on the same, where the notary's key is. */
const start = (roles: string): Promise<Portal> =>
  startPortal({ folder: join(folder, roles), keep: true, settings: { PORTAL_ROLES: roles, EVENTSTORE_URL: bridge.url, REDIS_URL: redis.url } });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portal-apart-'));
  bridge = await startBridge({ folder });
  redis = await startRedis({ folder });
  projector = await start('projector');
  api = await start('api,identity,worker');
  exam = await setUp(api);
});

afterAll(async () => {
  await api.stop();
  await projector.stop();
  await redis.stop();
  await bridge.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function left(person: Person): Promise<unknown> {
  const [summary] = await person.get<readonly { left: number }[]>('/emi');
  return summary?.left;
}

const mark = async (candidate: string, value: string): Promise<number> =>
  (await exam.anna.ask('PUT', markPath(candidate), { body: { mark: value } })).status;

/** What the doorbell rang while `work` was done and until it has rung for it. */
async function rungFor(work: () => Promise<unknown>): Promise<string> {
  const aborting = new AbortController();
  const response = await fetch(`${api.url}/doorbell`, { headers: { authorization: `Bearer ${exam.anna.token}` }, signal: aborting.signal });
  const decoder = new TextDecoder();
  let rung = '';
  for await (const chunk of response.body!) {
    const isFirst = rung === '';
    rung += decoder.decode(chunk as Uint8Array);
    if (isFirst) await work();
    if (rung.includes('event: changed')) break;
  }
  aborting.abort();
  return rung;
}

const readiness = async (): Promise<{ position: string; head: string }> =>
  (await (await fetch(`${api.url}/ready`)).json()) as { position: string; head: string };

describe('an API that does not project', () => {
  it('is ready when another process has built the views', async () => {
    const { status } = await fetch(`${api.url}/ready`);
    expect(status).toBe(200);
  });

  it('shows what was just written, as another process sees it', async () => {
    expect(await left(exam.anna)).toBe(11);
    expect(await mark('0001', '34')).toBe(200);
    expect(await left(exam.anna)).toBe(10);
  });

  it('rings when another process has moved the views', async () => {
    expect(await rungFor(() => mark('0002', '35'))).toMatch(/event: changed\ndata: \{"position":"\d{20}\/\d{20}"\}/);
  });

  it('records and reads on without a projector, says what is behind, and has it when there is one again', async () => {
    await projector.stop();
    expect(await mark('0003', '36')).toBe(200);
    const behind = await exam.anna.ask('GET', `/emi?atLeast=${await api.foundation.events.head()}`);
    expect(behind.body).toMatchObject({ type: expect.stringContaining('view-behind') });
    expect((await exam.anna.ask('GET', `/emi/${encodeURIComponent(COMPONENT)}/sheets`)).status).toBe(200);
    const { head } = await readiness();
    expect(await readiness()).toEqual({ ready: true, position: expect.stringMatching(/^\d/), head: await api.foundation.events.head() });
    expect((await readiness()).position < head).toBe(true);
    projector = await start('projector');
    expect(await left(exam.anna)).toBe(8);
    expect((await readiness()).position >= head).toBe(true);
  });

  it('is not ready while the log is away or says nothing, says why, and is when it is back', async () => {
    const ready = async (): Promise<unknown> => {
      const answer = await fetch(`${api.url}/ready`);
      return answer.status === 200 ? 'ready' : ((await answer.json()) as { detail: string }).detail;
    };
    const untilReady = async (): Promise<void> => {
      while ((await ready()) !== 'ready') await pause(50);
    };
    bridge.faults.refuse();
    expect(await ready()).toMatch(/^the log has not answered/);
    bridge.faults.accept();
    await untilReady();
    bridge.faults.freeze();
    expect(await ready()).toMatch(/^the log has not answered/);
    bridge.faults.thaw();
    await untilReady();
    expect(await mark('0003', '38')).toBe(200);
  });

  it('takes no proof while Redis, which remembers them, is away, and each once when it is back', async () => {
    const key = await newDpopKey();
    const token = await api.issuer.token({ account: exam.anna.account, jkt: key.jkt });
    const ask = async (dpop: string): Promise<unknown> => {
      const answer = await fetch(`${api.url}/me`, { headers: { authorization: `DPoP ${token}`, dpop } });
      return answer.status === 200 ? 'taken' : ((await answer.json()) as { detail: string }).detail;
    };
    const proof = (): Promise<string> => proofBy(key, { method: 'GET', url: `${api.url}/me`, token });
    const before = await proof();
    expect(await ask(before)).toBe('taken');
    await redis.kill();
    expect(await ask(await proof())).toBe('a proof cannot be looked at at the moment');
    await redis.restart();
    while ((await ask(await proof())) !== 'taken') await pause(50);
    expect([await ask(before), await ask(before)]).toEqual(Array(2).fill('the access token is not valid, or no longer'));
  });

  it('says that the views cannot be asked while Redis is away, and goes on when it is back', async () => {
    await redis.kill();
    const away = await exam.anna.ask('GET', '/emi');
    expect(away).toMatchObject({ status: 503, body: { type: expect.stringContaining('unavailable') } });
    await redis.restart();
    while ((await fetch(`${api.url}/ready`)).status !== 200) await pause(50);
    expect(await mark('0004', '37')).toBe(200);
    expect(await left(exam.anna)).toBe(7);
  });
});
