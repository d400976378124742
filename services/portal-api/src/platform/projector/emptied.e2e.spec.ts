import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { session, sessionStream, type SessionCommand } from '@portal/domain';
import { connectRedis } from '../redis.js';
import { COMPONENT, markPath, setUp, type Examination } from '../../testing/one-component.js';
import { startPortal, type Portal } from '../../testing/portal.js';
import { startRedis, type RedisServer } from '../../testing/redis-server.js';

let folder: string;
let redis: RedisServer;
let portal: Portal;
let exam: Examination;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portal-emptied-'));
  redis = await startRedis({ folder });
  portal = await startPortal({ settings: { REDIS_URL: redis.url } });
  exam = await setUp(portal);
});

afterAll(async () => {
  await portal.stop();
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function signedOut(): Promise<string> {
  const { account } = exam.anna;
  const by = { actor: account, capacity: 'self', session: 'out', authMethod: 'pwd', correlationId: 'out' };
  const commands: SessionCommand[] = [{ type: 'SignIn', account, session: 'out', amr: ['pwd'], device: 'd', kept: false }, { type: 'SignOut' }];
  for (const command of commands) await portal.foundation.streams.handle(session, sessionStream('out'), command, { ...by, commandId: `out-${command.type}` });
  return portal.issuer.token({ account, session: 'out' });
}

it('whatever is asked while Redis is emptied is answered rightly or with 503, and rightly again by itself', async () => {
  const out = { authorization: `Bearer ${await signedOut()}` };
  const { anna } = exam;
  await anna.get('/me');
  const rows = async (path: string): Promise<string> => {
    const { status, body } = await anna.ask<unknown>('GET', path);
    return Array.isArray(body) ? `${status}, ${body.length} rows` : String(status);
  };
  let marks = 0;
  const questions: readonly Question[] = [
    { right: '200', said: [], ask: async () => String((await anna.ask('PUT', markPath('0001'), { body: { mark: String((marks += 1) % 50) } })).status) },
    { right: '200, 2 rows', said: [], ask: () => rows('/emi') },
    { right: '200, 2 rows', said: [], ask: () => rows(`/emi/${encodeURIComponent(COMPONENT)}/sheets`) },
    { right: '401', said: [], ask: async () => String((await anna.ask('GET', '/me', { headers: out })).status) },
  ];
  const admin = connectRedis(redis.url, { name: 'test' });
  let isOver = false;
  const asking = questions.map(async ({ ask, said }) => {
    for (; !isOver; await pause(5)) said.push(await ask());
  });
  for (let emptied = 0; emptied < 3; emptied += 1) {
    await untilAllAreRight(questions);
    await admin.flushall();
    // The time for which a process goes on with what it knew, and more.
    await pause(1_500);
  }
  await untilAllAreRight(questions);
  isOver = true;
  await Promise.all(asking);
  admin.disconnect();
  for (const { right, said } of questions) expect(new Set(said)).toEqual(new Set([right, '503']));
});

interface Question {
  /** The one right answer. */
  readonly right: string;
  readonly said: string[];
  readonly ask: () => Promise<string>;
}

async function untilAllAreRight(questions: readonly Question[]): Promise<void> {
  const before = questions.map(({ said }) => said.length);
  const isRight = ({ right, said }: Question, n: number): boolean => said.lastIndexOf(right) >= before[n]!;
  for (const end = Date.now() + 60_000; !questions.every(isRight); await pause(20)) {
    if (Date.now() > end) throw new Error(JSON.stringify(questions.map(({ right, said }) => [right, said.slice(-3)])));
  }
}
