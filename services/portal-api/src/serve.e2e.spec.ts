import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markSheetStream, moderationStream } from '@portal/domain';
import type { RecordedEvent } from '@portal/event-store';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import { demoAccounts, demoComponents } from './demo/demo-data.js';
import { demoUnits } from './demo/demo-units.js';
import { PASSWORD, startProcess, type ServiceProcess } from './testing/process.js';
import { signIn } from './testing/sign-in.js';

let folder: string;
let started: ServiceProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-serve-'));
});
afterEach(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended;
  }
  started = [];
  rmSync(folder, { recursive: true, force: true });
});

function start(environment: Readonly<Record<string, string>> = {}): ServiceProcess {
  const process = startProcess(folder, environment);
  started.push(process);
  return process;
}

const DEMO = { PORTAL_DEMO: '1', PORTAL_DEMO_PASSWORD: PASSWORD, PORTAL_DEMO_FACTORS: '0' };

async function stop({ child, ended }: ServiceProcess): Promise<void> {
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}

/** Of the folder, which nobody serves: what people caused, oldest first. */
async function log(): Promise<readonly RecordedEvent[]> {
  const store = await openEmbeddedStore({ file: join(folder, 'data', 'events.db') });
  const all: RecordedEvent[] = [];
  for await (const batch of store.readAll()) all.push(...batch.filter(({ stream }) => stream !== 'notary'));
  await store.close();
  return all;
}

describe('a setting that is wrong', () => {
  it('stops the start with one line, and 2', async () => {
    const process = start({ PORTAL_ROLES: 'api,king' });
    expect(await process.ended).toBe(2);
    expect(process.stdout()).toBe('');
    expect(process.stderr()).toMatch(/^PORTAL_ROLES: .+\n$/);
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it.each(['PORTAL_DATA', 'PORTAL_FILES'])('or a folder that cannot be used, with the name of the setting: %s', async (setting) => {
    writeFileSync(join(folder, 'file'), '');
    for (const place of [join(folder, 'file'), '/sys/nobody-makes-one-here', '/proc/nobody-makes-one-here']) {
      const noFolder = start({ [setting]: place });
      expect([await noFolder.ended, noFolder.stderr()]).toEqual([2, expect.stringMatching(new RegExp(`^${setting}: .*${place}.*\\n$`))]);
    }
  });

  it('or a port that is taken, with one line, and 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = start({ PORTAL_PORT: String((other.address() as AddressInfo).port) });
    expect([await taken.ended, taken.stderr().split('\n')]).toEqual([1, [expect.stringContaining('address already in use'), '']]);
    // Before anything was made that the next start would find.
    expect(existsSync(join(folder, 'data', 'events.db'))).toBe(false);
    other.close();
  });
});

describe('one service', () => {
  it('says one line when it is ready, is alone on its data, and stops when it is told, having signed for everything', async () => {
    const first = start();
    const { url, pid, firstStart, data } = await first.ready();
    expect([pid, firstStart, data]).toEqual([first.child.pid, true, join(folder, 'data')]);
    expect(await (await fetch(`${url}/ready`)).json()).toMatchObject({ ready: true });
    expect(readdirSync(data).filter((name) => (statSync(join(data, name)).mode & 0o077) !== 0)).toEqual([]);
    expect(readdirSync(data)).toContain('notary.key');
    expect(JSON.parse(readFileSync(join(folder, 'state', 'portal', 'service.json'), 'utf8'))).toMatchObject({ url, pid });
    const second = start();
    expect([await second.ended, second.stdout(), second.stderr().split('\n')]).toEqual([1, '', [expect.stringContaining('events.db'), '']]);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    await stop(first);
    expect(first.stdout().split('\n')).toHaveLength(2);
    expect(existsSync(join(data, 'service.json')) || existsSync(join(folder, 'state', 'portal', 'service.json'))).toBe(false);
  });

  it('answers what it has begun before it stops, and lets nobody wait who only listens', async () => {
    const service = start(DEMO);
    const { url } = await service.ready();
    const token = await signIn(url, 'user7@wjec-appointees.co.uk', PASSWORD);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    await fetch(`${url}/doorbell`, { headers });
    const sheet = `${url}/emi/${encodeURIComponent('9521/01@2017-01')}/sheets/68101`;
    const asked = Array.from({ length: 40 }, (_, n) => {
      const path = `${sheet}/candidates/${String(n + 1).padStart(4, '0')}/mark`;
      const all = { ...headers, 'idempotency-key': crypto.randomUUID() };
      return fetch(path, { method: 'PUT', headers: all, body: '{"mark":"7"}' }).then(({ status }) => status, () => 'not answered');
    });
    await Promise.race(asked);
    // After five seconds it would have ended with 1.
    await stop(service);
    const answers = await Promise.all(asked);
    const entered = (await log()).filter(({ type }) => type === 'MarkEntered');
    expect(answers.filter((answer) => answer !== 200 && answer !== 503 && answer !== 'not answered')).toEqual([]);
    expect(entered.length).toBeGreaterThanOrEqual(answers.filter((answer) => answer === 200).length);
    rmSync(join(folder, 'data', 'notary.key'));
    const other = start();
    expect([await other.ended, other.stderr()]).toEqual([2, expect.stringMatching(/^PORTAL_DATA: .*notary\.key is missing, .*signed with it\n$/)]);
    const [last] = readFileSync(join(folder, 'data', 'notary.jsonl'), 'utf8').trim().split('\n').slice(-1);
    expect((JSON.parse(last ?? '{}') as { position: string }).position >= (entered.at(-1)?.position ?? '')).toBe(true);
  });

  it('writes into its log neither tokens nor names, passwords, marks or bodies, at no level', async () => {
    const service = start({ ...DEMO, PORTAL_LOG_LEVEL: 'trace' });
    const { url } = await service.ready();
    const token = await signIn(url, 'user7@wjec-appointees.co.uk', PASSWORD);
    await signIn(url, 'user7@wjec-appointees.co.uk', 'a wrong password').catch(() => undefined);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
    const sheet = `/emi/${encodeURIComponent('9521/01@2017-01')}/sheets/68101`;
    await fetch(`${url}${sheet}`, { headers });
    await fetch(`${url}${sheet}/candidates/0001/mark`, { method: 'PUT', headers, body: '{"mark":"73"}' });
    await fetch(`${url}${sheet}/candidates/0001/mark`, { method: 'PUT', headers, body: '{"mark":"nineteen"}' });
    await stop(service);
    const said = service.stderr();
    const lines = said.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    const requests = lines.filter(({ msg }) => msg === 'request');
    const [entered] = (await log()).filter(({ type }) => type === 'MarkEntered');
    expect(requests.map(({ request }) => request)).toContain(entered?.metadata['correlationId']);
    expect(requests.map(({ route }) => route)).toContain('/emi/:component/sheets/:centre/candidates/:candidate/mark');
    const [{ candidates = [], centres = [] } = {}] = demoComponents();
    const names = [...candidates, ...centres].map(({ name }) => name);
    for (const secret of [token, token.split('.')[2], PASSWORD, 'wrong password', 'user7', 'Test User', 'nineteen', '"73"', ...names]) {
      expect(said.includes(String(secret))).toBe(false);
    }
  });
});

describe('the demo', () => {
  it('is loaded once: a second start changes nothing', async () => {
    const first = start({ PORTAL_DEMO: '1', PORTAL_DEMO_FACTORS: '0' });
    expect(await first.ready()).toMatchObject({ firstStart: true });
    await stop(first);
    const [before, credentials] = [await log(), readFileSync(join(folder, 'data', 'demo-credentials.json'), 'utf8')];
    const second = start({ PORTAL_DEMO: '1' });
    const { firstStart, url } = await second.ready();
    expect(firstStart).toBe(false);
    const [user7] = JSON.parse(credentials) as [{ username: string; password: string }];
    expect(await signIn(url, user7.username, user7.password)).toContain('.');
    await stop(second);
    const after = (await log()).filter(({ stream }) => !stream.startsWith('session-'));
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(readFileSync(join(folder, 'data', 'demo-credentials.json'), 'utf8')).toBe(credentials);
    expect(whatStands(after)).toEqual(whatIsWanted());
  });

  it('killed while it is loaded is completed by the next start, with nothing twice', async () => {
    // Again and again on the same folder, each a little later.
    for (const afterMs of [20, 250, 700, 1_500]) {
      const broken = start(DEMO);
      while (!existsSync(join(folder, 'data', 'demo-unfinished'))) await pause(5);
      await pause(afterMs);
      broken.child.kill('SIGKILL');
      await broken.ended;
    }
    const last = start(DEMO);
    const { url } = await last.ready();
    expect(await signIn(url, 'user7@wjec-appointees.co.uk', PASSWORD)).toContain('.');
    await stop(last);
    expect(whatStands(await log())).toEqual(whatIsWanted());
    expect(existsSync(join(folder, 'data', 'demo-unfinished'))).toBe(false);
  });
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Everything that is set up once and must not stand there twice, in words. */
function whatStands(events: readonly RecordedEvent[]): readonly string[] {
  return events
    .flatMap(({ type, stream, data }) => {
      switch (type) {
        case 'CandidateRegistered':
          return [`candidate ${String(data['centre'])} ${String(data['candidate'])} ${String(data['name'])}`];
        case 'MarkSheetAllocated':
          return (data['candidates'] as readonly string[]).map((number) => `allocated ${stream} ${number}`);
        case 'CentreMarksReceived':
          return (data['candidates'] as readonly { candidate: string; mark: unknown }[]).map((one) => `mark ${stream} ${one.candidate} ${String(one.mark)}`);
        case 'ModeratorAllocated':
        case 'SampleDrawn':
        case 'ModerationSubmitted':
          return [`${type} ${stream}`];
        case 'PersonRecorded':
          return [`person ${String(data['username'])}`];
        case 'TeamMemberPlaced':
          return [`team ${String(data['component'])} ${String(data['role'])}`];
        case 'CentreNamed':
          return [`centre ${String(data['centre'])}`];
        case 'ComponentDefined':
          return [`component ${String(data['component'])}`];
        default:
          return [];
      }
    })
    .toSorted();
}

function whatIsWanted(): readonly string[] {
  const parts = demoComponents().flatMap(({ component, team, centres, candidates }) => [
    `component ${component}`,
    ...team.map(({ role }) => `team ${component} ${role}`),
    ...centres.map(({ centre }) => `centre ${centre}`),
    ...candidates.flatMap(({ centre, candidate, name }) => [
      `candidate ${centre} ${candidate} ${name}`,
      `allocated ${markSheetStream(component, centre)} ${candidate}`,
    ]),
  ]);
  const units = demoUnits().flatMap(({ component, team, centres }) => [
    `component ${component}`,
    ...team.map(({ role }) => `team ${component} ${role}`),
    ...centres.flatMap((one) => whatIsWantedOf(component, one)),
  ]);
  return [...parts, ...units, ...demoAccounts.map(({ username }) => `person ${username}`)].toSorted();
}

function whatIsWantedOf(component: string, { centre, marks, names, reviewed }: ReturnType<typeof demoUnits>[number]['centres'][number]): readonly string[] {
  const stream = moderationStream(component, centre);
  const done = reviewed === undefined ? [] : [`ModerationSubmitted ${stream}`];
  return [
    `centre ${centre}`,
    `ModeratorAllocated ${stream}`,
    `SampleDrawn ${stream}`,
    ...done,
    ...marks.map((mark, at) => `mark ${stream} ${String(at + 1).padStart(4, '0')} ${mark}`),
    ...names.map((name, at) => `candidate ${centre} ${String(at + 1).padStart(4, '0')} ${name}`),
  ];
}
