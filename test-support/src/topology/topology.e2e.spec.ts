import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keptBy } from '../api.js';
import { boundHeaders } from '../dpop.js';
import { built, sleep, temporaryFolder } from '../temporary.js';
import { audit, auditMarks, FAULTLESS } from './audit.js';
import { startMarker, type Marker, type MarkerOptions } from './marker.js';
import { startTopology, type Member, type Topology } from './topology.js';

/** Each kills every process once. `npm run test:topology` sets them; without it, it is a sample of one for the suite. */
const GIVEN = process.env['PORTAL_TOPOLOGY_ROUNDS'];
const ROUNDS = Number(GIVEN ?? 1);
const NOT_IN_SAMPLE: readonly string[] = GIVEN === undefined ? ['identity', 'api B'] : [];
const DEVICES = GIVEN === undefined ? 2 : 5;
const PER_SECOND = GIVEN === undefined ? 15 : 30;
const LARGE = { name: 'examiner2', component: '9999/01@2017-01' };
const LATIN = { name: 'user7', component: '9521/01@2017-01', centres: ['68101', '68102', '68103'] };
const EARLY = built('test-support/dist/acknowledges-early.process.js');

let folder: ReturnType<typeof temporaryFolder>;
let topology: Topology;
const markers: Marker[] = [];

type Work = Pick<MarkerOptions, 'name' | 'component' | 'centres'> & Partial<Pick<MarkerOptions, 'perSecond'>>;

const marking = async (...people: readonly Work[]): Promise<readonly Marker[]> => {
  const started = people.map((one, n) => startMarker({ perSecond: PER_SECOND, ...one, folder: join(folder.path, `device-${markers.length + n}`), url: topology.url }));
  for (const marker of started) markers.push(await marker);
  return Promise.all(started);
};

/** Of the five that belong to a device. */
const centresOf = (device: number): readonly string[] => Array.from({ length: 5 }, (_, n) => String(69_001 + device * 5 + n));

beforeAll(async () => {
  folder = temporaryFolder();
  topology = await startTopology(folder.path);
  await marking(LATIN, ...Array.from({ length: DEVICES }, (_, device) => ({ ...LARGE, centres: centresOf(device) })));
}, 300_000);
afterAll(async () => {
  for (const marker of markers) await marker.close();
  await topology?.stop();
  folder.remove();
});

/** Nobody looks at what stands still. */
async function untilMore(count: number): Promise<void> {
  const acknowledged = (): number => markers.reduce((sum, { answers }) => sum + answers.length, 0);
  const before = acknowledged();
  for (const untilMs = Date.now() + 60_000; acknowledged() < before + count; await sleep(20)) {
    if (Date.now() > untilMs) throw new Error(`${acknowledged() - before} marks were acknowledged in a minute`);
  }
}

async function kill(member: Member, seed: number, entry?: string): Promise<void> {
  await sleep((seed * 97) % 300);
  await member.kill();
  await sleep((seed * 61) % 400);
  await member.restart(entry);
  await untilMore(30);
}

/** As the proxy sends it on: `fetch` has a `Host` of its own. */
async function statusOf(url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  const [answer] = (await once(get(url, { headers }), 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

describe('a shared installation under load', () => {
  it(`loses nothing and repeats nothing while each of its processes is killed, ${ROUNDS} times`, async () => {
    await untilMore(60);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [n, [name, member]] of [...topology.members].entries()) {
        if (NOT_IN_SAMPLE.includes(name)) continue;
        await kill(member, round * 7 + n);
        if (GIVEN !== undefined) process.stderr.write(`round ${round + 1}: the ${name} was killed, and is there again\n`);
      }
    }
    const rungBefore = markers.map(({ seen }) => seen.rings);
    await untilMore(60);
    await Promise.all(markers.map((marker) => marker.finish()));
    expect(await audit(topology, markers)).toEqual(FAULTLESS);
    // Or nothing was shown.
    expect(markers.map(({ seen, documents }, n) => [seen.rings > rungBefore[n]!, seen.reads > 0, seen.renewals > 0, documents.length > 0])).toEqual(
      markers.map(() => [true, true, true, true]),
    );
  }, 180_000 + ROUNDS * 180_000);

  it('takes a proof of possession once, at whichever of its APIs', async () => {
    const kept = keptBy(markers[0]!.person);
    const asked = await Promise.all(Array.from({ length: 20 }, async () => {
      const headers = { ...boundHeaders(kept, 'GET', `${topology.url}/me`), host: new URL(topology.url).host };
      return (await Promise.all(topology.apis.map((api) => statusOf(`${api}/me`, headers)))).toSorted();
    }));
    expect(asked).toEqual(asked.map(() => [200, 401]));
  });
});

/** Four starts more than the suite has time for: a part of the campaign. */
if (GIVEN !== undefined) {
  describe('what is compared afterwards', () => {
    it('would have shown an API that answers before it has committed', async () => {
      const first = topology.members.get('api A')!;
      const victims = await marking({ ...LARGE, centres: centresOf(7), perSecond: 80 });
      await kill(first, 1, EARLY);
      // It may be killed in a moment when all that was answered happens to be written.
      for (let n = 2; n <= 3; n++) await kill(first, n, EARLY);
      await kill(first, 4);
      await Promise.all(victims.map((marker) => marker.finish()));
      const { lost } = await auditMarks(topology, victims);
      expect(lost.length).toBeGreaterThan(0);
    }, 240_000);
  });
}
