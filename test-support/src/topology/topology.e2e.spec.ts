import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sleep, temporaryFolder } from '../temporary.js';
import { audit, FAULTLESS } from './audit.js';
import { startMarker, type Marker } from './marker.js';
import { startTopology, type Topology } from './topology.js';

/** Each round kills every process once. `npm run test:topology` sets more. */
const ROUNDS = Number(process.env['PORTAL_TOPOLOGY_ROUNDS'] ?? 1);
const LARGE = '9999/01@2017-01';
const LATIN = '9521/01@2017-01';
const PER_SECOND = 30;
const DEVICES = 4;

const began = Date.now();
const say = (what: string): void => void process.stderr.write(`${((Date.now() - began) / 1000).toFixed(1)} s  ${what}\n`);

let folder: ReturnType<typeof temporaryFolder>;
let topology: Topology;
let markers: readonly Marker[] = [];

beforeAll(async () => {
  folder = temporaryFolder();
  topology = await startTopology({ folder: folder.path });
  say('started');
  const large = Array.from({ length: DEVICES }, (_, device) => ({
    folder: join(folder.path, `device-${device}`), name: 'examiner2', component: LARGE,
    centres: Array.from({ length: 5 }, (_, n) => String(69_001 + device * 5 + n)),
  }));
  const latin = { folder: join(folder.path, 'latin'), name: 'user7', component: LATIN, centres: ['68101', '68102', '68103'] };
  markers = await Promise.all([...large, latin].map((one) => startMarker({ ...one, url: topology.url, perSecond: PER_SECOND })));
  say('signed in');
}, 120_000);
afterAll(async () => {
  for (const marker of markers) await marker.close();
  await topology?.stop();
  folder.remove();
});

const acknowledged = (): number => markers.reduce((sum, { answers }) => sum + answers.length, 0);

/** Nobody looks at what stands still. */
async function untilMore(count: number): Promise<void> {
  const before = acknowledged();
  for (const untilMs = Date.now() + 60_000; acknowledged() < before + count; await sleep(20)) {
    if (Date.now() > untilMs) throw new Error(`${acknowledged() - before} marks were acknowledged in a minute`);
  }
}

describe('a shared installation under load', () => {
  it('loses nothing and repeats nothing while each process is killed and started again', async () => {
    await untilMore(100);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, member] of topology.members) {
        await sleep((round * 97 + name.length * 31) % 300);
        await member.kill();
        await sleep((round * 61) % 400);
        await member.restart();
        await untilMore(50);
        say(`${name} killed, and there again: ${acknowledged()}`);
      }
    }
    const rings = markers.map(({ seen }) => seen.rings);
    await untilMore(100);
    await Promise.all(markers.map((marker) => marker.finish()));
    say('finished');
    expect(await audit(topology, markers)).toEqual(FAULTLESS);
    say('audited');
    expect(markers.every(({ seen }, n) => seen.rings > rings[n]!)).toBe(true);
    say(JSON.stringify(markers.map(({ seen, documents, sent }) => ({ ...seen, documents: documents.length, marks: sent.size }))));
  }, 120_000 + ROUNDS * 120_000);
});
