import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { endedSessions } from '@portal/domain';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import { fastify, type FastifyInstance } from 'fastify';
import { log } from '../logging.js';
import { ViewProgress } from '../projector/progress.js';
import { SqliteViewStore } from '../view-store/sqlite/sqlite-view-store.js';
import { Views } from '../views.js';
import { EventStreams } from './event-streams.js';

const HEARTBEAT_MS = 15_000;
const AN_HOUR = 3_600;

let folder: string;
let store: SqliteViewStore;
let server: FastifyInstance;
let cleanUp: () => Promise<void>;

beforeEach(async () => {
  log.level = 'silent';
  // Of all that tells the time, the heart alone is made to beat by the test.
  jest.useFakeTimers({ doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] });
  folder = mkdtempSync(join(tmpdir(), 'portal-streams-'));
  store = new SqliteViewStore(join(folder, 'views.db'));
  const events = await openEmbeddedStore({ file: join(folder, 'events.db') });
  const streams = new EventStreams(new Views(store, new ViewProgress(), events));
  server = fastify();
  server.get<{ Querystring: { readonly session: string; readonly seconds: string } }>('/', (request, reply) => {
    const { session, seconds } = request.query;
    streams.open(reply, { session, expiresAt: Date.now() / 1000 + Number(seconds) }).write('opened', '');
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  cleanUp = async () => {
    jest.useRealTimers();
    streams.beforeApplicationShutdown();
    await server.close();
    await store.close();
    await events.close();
    rmSync(folder, { recursive: true, force: true });
  };
});

afterEach(() => cleanUp());

/** Open, and what it says next; undefined where it has ended. */
async function opened(session: string, seconds: number): Promise<() => Promise<string | undefined>> {
  const { body } = await fetch(`${server.listeningOrigin}/?session=${session}&seconds=${seconds}`);
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  const next = async (): Promise<string | undefined> => (await reader.read()).value;
  expect(await next()).toContain('event: opened');
  return next;
}

it('where the views cannot be asked, streams are ended with their tokens, and the others are told that they are open', async () => {
  const heard = [await opened('a', AN_HOUR), await opened('b', 0), await opened('c', AN_HOUR)];
  jest.advanceTimersByTime(HEARTBEAT_MS);
  expect(await Promise.all(heard.map((next) => next()))).toEqual([': still here\n\n', undefined, ': still here\n\n']);
});

it('a stream ends with its sign-in, and no other does', async () => {
  const generation = await store.begin(endedSessions.name, endedSessions.version);
  const [built] = await store.advance([{ generation, to: '1', documents: new Map([['out', { session: 'out' }]]) }]);
  await store.promote(built!);
  const [stays, ends] = [await opened('in', AN_HOUR), await opened('out', AN_HOUR)];
  jest.advanceTimersByTime(HEARTBEAT_MS);
  expect(await stays()).toBe(': still here\n\n');
  let last = await ends();
  while (last === ': still here\n\n') last = await ends();
  expect(last).toBeUndefined();
  jest.advanceTimersByTime(HEARTBEAT_MS);
  expect(await stays()).toBe(': still here\n\n');
});
