import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiOf } from './api.js';
import { signIn, type Person } from './command-line.js';
import { enterUntilItDies, faultsIn, readLog, type Said } from './marks-under-fire.js';
import { startService, type ServiceOptions } from './service.js';
import { built, sleep, temporaryFolder } from './temporary.js';

/** 20 in the suite; `npm run soak` sets more. */
const ROUNDS = Number(process.env['PORTAL_KILL_ROUNDS'] ?? 20);
/** After as many the whole log is gone over once, and the person signs in anew: a token is good for ten minutes. */
const AT_ONCE = 20;
const WRITERS = 50;
const EARLY = built('test-support/dist/acknowledges-early.process.js');

let folder: ReturnType<typeof temporaryFolder>;
let person: Person;
let port: number;

beforeAll(async () => {
  folder = temporaryFolder();
  const service = await startService({ folder: folder.path });
  port = Number(new URL(service.url).port);
  mkdirSync(join(folder.path, 'examiner2'));
  await signInAt(service.url);
  await service.stop();
});
afterAll(() => folder.remove());

async function signInAt(url: string): Promise<void> {
  person = await signIn(join(folder.path, 'examiner2'), url, 'examiner2');
}

async function round(number: number, options: Partial<ServiceOptions> = {}): Promise<Said> {
  const service = await startService({ folder: folder.path, port, ...options });
  if (number % AT_ONCE === 0 && options.entry === undefined) await signInAt(service.url);
  // From the first answer on, however slow the machine is: a round in which nothing was acknowledged shows nothing.
  const { promise: first, resolve: onAcknowledged } = Promise.withResolvers<void>();
  const said = enterUntilItDies(apiOf(person, service.url), { writers: WRITERS, round: number, onAcknowledged });
  await Promise.race([first, said]);
  await sleep(50 + ((number * 97) % 500));
  await service.kill();
  return said;
}

/** Of several rounds: no command is in two of them. */
const together = (all: readonly Said[]): Said => ({
  sent: all.flatMap(({ sent }) => sent),
  acknowledged: new Map(all.flatMap(({ acknowledged }) => [...acknowledged])),
});

describe('kill -9 under 50 writers', () => {
  it('has every acknowledged mark once and nothing half, round after round on one folder', async () => {
    const said: Said[] = [];
    for (let number = 0; number < ROUNDS; number++) {
      said.push(await round(number));
      expect(said[number]!.acknowledged.size).toBeGreaterThan(0);
      if (said.length % AT_ONCE !== 0 && said.length !== ROUNDS) continue;
      expect(faultsIn(await readLog(folder.path), together(said))).toEqual({ lost: [], repeated: [], broken: [] });
    }
    expect(together(said).acknowledged.size).toBeGreaterThan(ROUNDS); // thousands, unless the machine is very busy
  }, ROUNDS * 20_000);

  it('records what was not acknowledged once, when it is asked again', async () => {
    const said = await round(ROUNDS);
    const open = said.sent.filter(({ commandId }) => !said.acknowledged.has(commandId));
    expect(open.length).toBeGreaterThan(0);
    const service = await startService({ folder: folder.path, port });
    const api = apiOf(person, service.url);
    for (const { path, mark, commandId } of [...open, ...open]) {
      expect((await api.send('PUT', path, { mark }, commandId))?.status).toBe(200);
    }
    await service.stop();
    const log = await readLog(folder.path);
    const ids = log.map(({ metadata }) => metadata['commandId']);
    expect(open.filter(({ commandId }) => ids.filter((id) => id === commandId).length !== 1)).toEqual([]);
  });

  it('would have shown a service that answers before it has committed', async () => {
    // Killed before anything that it answers is written: see there.
    const said = await round(ROUNDS + 1, { entry: EARLY });
    const { lost } = faultsIn(await readLog(folder.path), said);
    expect([lost.length > 0, lost]).toEqual([true, [...said.acknowledged.values()]]);
  });
});
