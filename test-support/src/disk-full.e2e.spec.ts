import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sheet } from '@portal/contract';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiOf, markPath, type Api } from './api.js';
import { signIn } from './command-line.js';
import { startService, type Service } from './service.js';
import { sleep, temporaryFolder } from './temporary.js';

/** The whole service on a real small file system; where none can be mounted, the store's own spec covers the file that may not grow. */
const folder = temporaryFolder();
const data = join(folder.path, 'data');
mkdirSync(data);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', data]).status === 0;
const onSmallDisk = mounted ? describe : describe.skip;

const COMPONENT = '9521/01@2017-01';
const CANDIDATES = Array.from({ length: 41 }, (_, index) => String(index + 1).padStart(4, '0'));
const ballast = join(data, 'ballast');

function fill(): void {
  const { bavail, bsize } = statfsSync(data);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize));
}

onSmallDisk('a service whose disk is full', () => {
  let service: Service;
  let api: Api;

  beforeAll(async () => {
    // Stopped once, so that the write-ahead log is short again and has to grow.
    const first = await startService({ folder: folder.path });
    await first.stop();
    service = await startService({ folder: folder.path });
    const own = join(folder.path, 'user7');
    mkdirSync(own);
    api = apiOf(await signIn(own, service.url, 'user7'), service.url);
  });
  afterAll(async () => {
    await service.stop();
    spawnSync('umount', [data]);
    folder.remove();
  });

  const enter = (candidate: string, mark: string) => api.send('PUT', markPath(COMPONENT, '68101', candidate), { mark });
  const isFull = async (round: number) =>
    (await Promise.all(CANDIDATES.map((candidate) => enter(candidate, String(1 + (round % 70)))))).some((answer) => answer?.status === 507);
  const marks = async () => {
    const sheet = await api.get<Sheet>(`/emi/${encodeURIComponent(COMPONENT)}/sheets/68101`);
    return new Map(sheet.candidates.map(({ candidate, mark }) => [candidate, mark]));
  };
  const left = async () => (await api.get<{ component: string; left: number }[]>('/emi'))[0]?.left;

  it('says that nothing was recorded, reads on, and goes on when there is room again', async () => {
    expect((await enter('0001', '11'))?.status).toBe(200);
    fill();
    // What lies written ahead already is used up first.
    for (let round = 0; round < 200 && !(await isFull(round)); round++);
    const written = await marks();
    const answers = await Promise.all(CANDIDATES.map((candidate) => enter(candidate, '79')));
    const refused = CANDIDATES.filter((_, index) => answers[index]?.status === 507);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter((answer) => answer?.status !== 200 && answer?.body['type'] !== 'store-full')).toEqual([]);
    const now = await marks();
    expect(refused.map((candidate) => now.get(candidate))).toEqual(refused.map((candidate) => written.get(candidate)));

    rmSync(ballast);
    for (const candidate of CANDIDATES) expect((await enter(candidate, '79'))?.status).toBe(200);
    expect(new Set((await marks()).values())).toEqual(new Set([79]));
    for (let waited = 0; (await left()) !== 249 && waited < 60; waited++) await sleep(250);
    expect(await left()).toBe(249);
  });
});
