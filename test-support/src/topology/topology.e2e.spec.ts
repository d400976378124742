import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OutboxAnswer } from '@portal/tui';
import { keptBy, markPath } from '../api.js';
import { boundHeaders } from '../dpop.js';
import { built, sleep, temporaryFolder } from '../temporary.js';
import { audit, auditMarks, FAULTLESS } from './audit.js';
import { startMarker, type Marker, type MarkerOptions } from './marker.js';
import { startTopology, type Topology } from './topology.js';

/** Each kills every process once. `npm run test:topology` sets them; without it, it is a sample of one for the suite. */
const GIVEN = process.env['PORTAL_TOPOLOGY_ROUNDS'];
const ROUNDS = Number(GIVEN ?? 1);
/** Killed together; of the sample, one of each kind. */
const SAMPLE = [['worker', 'identity', 'api A', 'projector'], ['redis', 'bridge']];
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
});
afterAll(async () => {
  for (const marker of markers) await marker.close();
  await topology?.stop();
  folder.remove();
});

/** Nobody looks at what stands still. */
async function untilMore(count: number): Promise<void> {
  const acknowledged = (): number => markers.reduce((sum, { answers }) => sum + answers.length, 0);
  const before = acknowledged();
  await until(`${count} marks more are acknowledged`, () => acknowledged() >= before + count);
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const untilMs = Date.now() + 60_000; !holds(); await sleep(20)) {
    if (Date.now() > untilMs) throw new Error(`within a minute it was not so that ${what}`);
  }
}

/** Each at a moment of its own, and as long. */
async function kill(names: readonly string[], seed: number): Promise<void> {
  await Promise.all(names.map(async (name, n) => {
    const member = topology.members.get(name)!;
    await sleep(((seed + n) * 97) % 300);
    await member.kill();
    await sleep(((seed + n) * 61) % 400);
    await member.restart();
    if (GIVEN !== undefined) process.stderr.write(`the ${name} was killed, and is there again\n`);
  }));
  await untilMore(30);
}

/** Of a server of one's own nobody kills the bridge, which is not there. */
function killedTogether(): readonly (readonly string[])[] {
  const names = [...topology.members.keys()];
  return GIVEN === undefined ? SAMPLE.map((some) => some.filter((name) => names.includes(name))) : names.map((name) => [name]);
}

interface Sent {
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly body?: object;
  readonly commandId?: string;
}

/** To one API, as the proxy sends it on: `fetch` has a `Host` of its own. */
async function answerOf(api: string, { method, path, body, commandId }: Sent, bound = boundHeaders(keptBy(markers[0]!.person), method, topology.url + path)) {
  const headers = { ...bound, host: new URL(topology.url).host, 'content-type': 'application/json', ...(commandId !== undefined && { 'idempotency-key': commandId }) };
  const asked = request(api + path, { method, headers }).end(body && JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const read = await text(answer);
  return { status: answer.statusCode ?? 0, body: JSON.parse(read) as Readonly<Record<string, unknown>> };
}

describe('a shared installation under load', () => {
  it(`loses nothing and repeats nothing while each of its processes is killed, ${ROUNDS} times`, async () => {
    await untilMore(60);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [n, names] of killedTogether().entries()) await kill(names, round * 7 + n);
      if (GIVEN !== undefined) process.stderr.write(`round ${round + 1} of ${ROUNDS} is over\n`);
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
    const me = { method: 'GET', path: '/me' } as const;
    const asked = await Promise.all(Array.from({ length: 20 }, async () => {
      const once = boundHeaders(keptBy(markers[0]!.person), 'GET', `${topology.url}/me`);
      return (await Promise.all(topology.apis.map((api) => answerOf(api, me, once)))).map(({ status }) => status).toSorted();
    }));
    expect(asked).toEqual(asked.map(() => [200, 401]));
  });

  it('records once what reaches both of its APIs at the same time, and never both of two marks under one id', async () => {
    const [centre = ''] = LATIN.centres;
    const sheet = await answerOf(topology.apis[0]!, { method: 'GET', path: `/emi/${encodeURIComponent(LATIN.component)}/sheets/${centre}` });
    const candidates = (sheet.body['candidates'] as readonly { readonly candidate: string }[]).slice(0, 10);
    for (const [n, { candidate }] of candidates.entries()) {
      const path = markPath(LATIN.component, centre, candidate);
      const [commandId, marks] = [randomUUID(), n % 2 === 0 ? ['11', '11'] : ['12', '13']];
      const answers = await Promise.all(topology.apis.map((api, at) => answerOf(api, { method: 'PUT', path, body: { mark: marks[at] }, commandId })));
      const taken = answers.filter(({ status }) => status === 200).map(({ body }) => [body['event'], body['position'], body['recordedAt']]);
      expect([taken.length, new Set(taken.map(String)).size]).toEqual([n % 2 === 0 ? 2 : 1, 1]);
      if (n % 2 !== 0) expect(answers.find(({ status }) => status !== 200)?.body['type']).toBe('command-id-reused');
      // Each goes on where it believes the stream to be.
      for (const api of topology.apis) expect((await answerOf(api, { method: 'PUT', path, body: { mark: '14' }, commandId: randomUUID() })).status).toBe(200);
    }
    expect((await audit(topology, [])).verification).toBe('intact');
  });
});

/** Two starts more than the suite has time for: a part of the campaign. */
if (GIVEN !== undefined) {
  describe('what is compared afterwards', () => {
    it('would have shown an API that answers before it has committed', async () => {
      const first = topology.members.get('api A')!;
      const victims = await marking({ ...LARGE, centres: centresOf(7), perSecond: 80 });
      await first.kill();
      await first.restart(EARLY);
      // What it answers it writes long afterwards, at no position yet: killed at its first answer it has written nothing.
      const isEarly = (answer: OutboxAnswer): boolean => 'recorded' in answer && /^0+$/.test(answer.recorded.position ?? '');
      await until('an early answer came', () => victims.some(({ answers }) => answers.some(isEarly)));
      await first.kill();
      await first.restart();
      await Promise.all(victims.map((marker) => marker.finish()));
      const early = victims.flatMap(({ answers }) => answers.filter(isEarly).map((answer) => ('recorded' in answer ? answer.recorded.event : undefined)));
      const { lost } = await auditMarks(topology, victims);
      expect([lost.length > 0, lost]).toEqual([true, early]);
    });
  });
}
