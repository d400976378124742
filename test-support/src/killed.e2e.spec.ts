import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiOf } from './api.js';
import { signIn, type Person } from './command-line.js';
import { enterUntilItDies, faultsIn, readLog, type LogFaults, type Said } from './marks-under-fire.js';
import { startService, type ServiceOptions } from './service.js';
import { built, sleep, temporaryFolder } from './temporary.js';

/** 20 in the suite; `npm run soak` sets more. */
const ROUNDS = Number(process.env['PORTAL_KILL_ROUNDS'] ?? 20);
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
  person = await signIn(join(folder.path, 'examiner2'), service.url, 'examiner2');
  await service.stop();
});
afterAll(() => folder.remove());

async function round(number: number, options: Partial<ServiceOptions> = {}): Promise<LogFaults & { said: Said }> {
  const service = await startService({ folder: folder.path, port, ...options });
  await person.portal(['whoami']); // a token that lasts through the round
  // From the first answer on, however slow the machine is: a round in which nothing was acknowledged shows nothing.
  const { promise: first, resolve: onAcknowledged } = Promise.withResolvers<void>();
  const said = enterUntilItDies(apiOf(person, service.url), { writers: WRITERS, round: number, onAcknowledged });
  await Promise.race([first, said]);
  await sleep(50 + ((number * 97) % 500));
  await service.kill();
  const all = await said;
  return { ...faultsIn(await readLog(folder.path), all), said: all };
}

describe('kill -9 under 50 writers', () => {
  it('has every acknowledged mark once and nothing half, round after round on one folder', async () => {
    let acknowledged = 0;
    for (let number = 0; number < ROUNDS; number++) {
      const { said, ...faults } = await round(number);
      expect(faults).toEqual({ lost: [], repeated: [], broken: [] });
      expect(said.acknowledged.size).toBeGreaterThan(0);
      acknowledged += said.acknowledged.size;
    }
    expect(acknowledged).toBeGreaterThan(ROUNDS); // thousands, unless the machine is very busy
  }, ROUNDS * 20_000);

  it('records what was not acknowledged once, when it is asked again', async () => {
    const { said } = await round(ROUNDS);
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
    // One round may be killed in a moment when all that was answered happens to be written.
    let lost: readonly string[] = [];
    for (let tries = 1; tries <= 8 && lost.length === 0; tries++) ({ lost } = await round(ROUNDS + tries, { entry: EARLY }));
    expect(lost.length).toBeGreaterThan(0);
  });
});
