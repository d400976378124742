import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { importStream, submissionStream } from '@portal/domain';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import { COMPONENT } from '../testing/one-component.js';
import { startPortal } from '../testing/portal.js';
import { startProcess } from '../testing/process.js';
import { startRedis } from '../testing/redis-server.js';
import { UnfinishedWork } from './unfinished-work.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-unfinished-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A submission that a process left before its first sheet. */
async function leftUnfinished(): Promise<void> {
  const program = fileURLToPath(new URL('../testing/crashing-submission.process.js', import.meta.url));
  await once(spawn(process.execPath, [program, folder, randomUUID(), '2'], { stdio: 'ignore' }), 'close');
}

const SECRET = 'Somebody by name';

/** One of each kind that nobody can finish, and that comes before all others. */
async function addHopeless(): Promise<void> {
  const store = await openEmbeddedStore({ file: join(folder, 'events.db') });
  const metadata = { recordedAt: '2017-01-01T12:00:00.000Z', commandId: randomUUID(), actor: 'nobody', capacity: 'examiner' };
  const add = (stream: string, type: string, data: object) => store.append(stream, [{ id: randomUUID(), type, data: { ...data }, metadata }], 'no-stream');
  await add(submissionStream('0-hopeless'), 'SubmissionStarted', { submission: '0-hopeless', component: COMPONENT, examiner: SECRET });
  await add(importStream('0-hopeless'), 'CentreMarksImportStarted', { import: '0-hopeless', component: COMPONENT, seed: SECRET });
  await store.close();
}

async function finished(): Promise<number> {
  const store = await openEmbeddedStore({ file: join(folder, 'events.db') });
  let count = 0;
  for await (const batch of store.readAll()) count += batch.filter(({ type }) => type === 'SubmissionCompleted').length;
  await store.close();
  return count;
}

it('what cannot be finished is named, tried again, and holds up neither the others nor the process', async () => {
  await leftUnfinished();
  await addHopeless();
  expect(await finished()).toBe(0);
  const { child, ended, ready, stderr } = startProcess(folder, { PORTAL_DATA: folder });
  await ready();
  const named = (what: string): number => stderr().split('\n').filter((line) => line.includes(`"${what}":"0-hopeless"`) && line.includes('"level":40')).length;
  for (const end = Date.now() + 40_000; Date.now() < end && !(named('submission') > 1 && named('import') > 1); ) await pause(200);
  child.kill('SIGTERM');
  expect([await ended, stderr()]).toEqual([0, expect.stringContaining('"finished":true')]);
  expect([named('submission') > 1, named('import') > 1, await finished()]).toEqual([true, true, 1]);
  expect(stderr()).toMatch(/"error":"TypeError\\n +at FinishSubmission/);
  expect(stderr()).not.toContain(SECRET);
});

it('a Redis that is away when it begins ends nothing', async () => {
  const redis = await startRedis({ folder });
  const portal = await startPortal({ folder: join(folder, 'data'), settings: { REDIS_URL: redis.url } });
  await redis.kill();
  await expect(portal.app.get(UnfinishedWork).start()).resolves.toBeUndefined();
  await redis.restart();
  await portal.stop();
  await redis.stop();
});
