import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoCredential } from '@portal/contract';
import type { RecordedEvent } from '@portal/event-store';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import { z } from 'zod';
import { PASSWORD, startProcess, type ServiceProcess } from '../testing/process.js';
import { signIn } from '../testing/sign-in.js';
import { demoAccounts } from './demo-data.js';

let folder: string;
let started: ServiceProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-demo-'));
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

const WITH_FACTORS = { PORTAL_DEMO: '1', PORTAL_DEMO_PASSWORD: PASSWORD };

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

describe('the second factors of the demo', () => {
  it('are there for everybody, in files for their owner alone, whatever breaks the first start', async () => {
    const broken = start(WITH_FACTORS);
    const devices = join(folder, 'data', 'demo-authenticators');
    while (!existsSync(devices) || readdirSync(devices).length < 2) await pause(2);
    broken.child.kill('SIGKILL');
    await broken.ended;
    const service = start(WITH_FACTORS);
    const { url } = await service.ready();
    await expect(signIn(url, 'user7@wjec-appointees.co.uk', PASSWORD)).rejects.toThrow('was not signed in');
    await stop(service);
    expect([statSync(devices).mode & 0o777, readdirSync(devices).length]).toEqual([0o700, demoAccounts.length]);
    for (const file of readdirSync(devices)) expect(statSync(join(devices, file)).mode & 0o777).toBe(0o600);
    const credentials = DemoCredentials.parse(JSON.parse(readFileSync(join(folder, 'data', 'demo-credentials.json'), 'utf8')));
    expect(credentials.filter(({ totpSecret }) => /^[A-Z2-7]{32}$/.test(totpSecret ?? ''))).toHaveLength(demoAccounts.length);
    expect(credentials.filter(({ factor }) => factor === 'sms').map(({ username }) => username)).toEqual(['examiner2@wjec-appointees.co.uk']);
    const recorded = await log();
    const setUp = recorded.filter(({ type }) => type === 'FactorSetUp');
    const people = new Map(recorded.filter(({ type }) => type === 'PersonRecorded').map(({ data }) => [data['account'], data['username']]));
    const first = new Map(setUp.toReversed().map(({ data }) => [people.get(data['account']), data['factor']]));
    expect(first).toEqual(new Map(credentials.map(({ username, factor }) => [username, factor])));
    expect(setUp.every(({ metadata, data }) => metadata.actor === data['account'])).toBe(true);
  });
});

const DemoCredentials = z.array(DemoCredential);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
