/** Every number that can be shown, against every number that can be typed. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { account, accountStream, session, sessionStream } from '@portal/domain';
import { createStreams, type EventStore, type Streams } from '@portal/event-store';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logins } from '../accounts/logins.js';
import { openDatabase, type Database } from '../platform/database.js';
import { loadSecrets } from '../platform/secrets.js';
import { smsGatewayOf } from '../platform/sms.js';
import { openVault } from '../platform/vault.js';
import { contextOf } from '../testing/running-identity.js';
import { Authenticator } from './authenticator.js';
import { SecondFactors } from './second-factors.js';

const folder = mkdtempSync(join(tmpdir(), 'portal-numbers-'));
const NUMBERS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));
const OWN = { device: 'd-1', account: 'a-1' };

let now = Date.now();
let events: EventStore;
let streams: Streams;
let database: Database;
let factors: SecondFactors;
let authenticator: Authenticator;

beforeAll(async () => {
  const clock = (): Date => new Date(now);
  events = await openEmbeddedStore({ file: join(folder, 'events.db') });
  streams = createStreams(events, { clock });
  database = openDatabase(join(folder, 'identity.db'));
  const [secrets, vault] = [loadSecrets(database), openVault(join(folder, 'identity.key'))];
  const sms = smsGatewayOf('outbox', join(folder, 'sms-outbox.jsonl'));
  factors = new SecondFactors({ database, streams, secrets, vault, sms, clock });
  authenticator = new Authenticator({ database, streams, logins: new Logins(database), factors, clock });
  const create = { type: 'CreateAccount', account: OWN.account, person: 'p-1', roles: ['appointee'] } as const;
  await streams.handle(account, accountStream(OWN.account), create, contextOf());
  factors.store.confirm(OWN.account, 'app', '');
});
beforeEach(() => {
  now += 3_600_000;
});
afterAll(async () => {
  database.close();
  await events.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A sign-in of its own, whose screen shows this number. */
async function shown(number: string): Promise<string> {
  const id = randomUUID();
  const approval = factors.approvals.open({ account: OWN.account, session: id, purpose: 'sign-in', client: 'portal', address: '127.0.0.1' });
  const { request } = approval;
  database.prepare('UPDATE approvals SET number = ? WHERE request = ?').run(number, request);
  const start = { type: 'StartSignIn', account: OWN.account, client: 'portal' } as const;
  await streams.handle(session, sessionStream(id), start, contextOf());
  await streams.handle(session, sessionStream(id), { type: 'RequestApproval', request }, contextOf());
  return request;
}

/** How it was answered, or why not. */
async function typed(request: string, number: string, device = OWN): Promise<string> {
  try {
    return (await authenticator.approve(device, request, number)).answer;
  } catch (error) {
    return (error as Error).message;
  }
}

const stateOf = (request: string) => factors.approvals.find(request)?.state;

describe('a number', () => {
  it('opens the sign-in that shows it, whichever of the hundred it is, and once', async () => {
    for (const number of NUMBERS) {
      const request = await shown(number);
      expect([number, await typed(request, number), stateOf(request)]).toEqual([number, 'approved', 'granted']);
      expect(await typed(request, number)).toBe('request-settled');
    }
  });

  it('opens nothing and ends the request where it is one of the ninety-nine others', async () => {
    const answers = [];
    for (const number of NUMBERS) {
      // Three wrong ones lock for a quarter of an hour.
      now += 16 * 60_000;
      const request = await shown('42');
      answers.push(await typed(request, number));
      expect(await typed(request, '42')).toBe('request-settled');
    }
    expect(answers).toEqual(NUMBERS.map((number) => (number === '42' ? 'approved' : 'approval-denied')));
  });

  it('is wrong once or twice, and the third locks even the right one for a quarter of an hour', async () => {
    for (const wrong of ['00', '01']) expect(await typed(await shown('42'), wrong)).toBe('approval-denied');
    expect(await typed(await shown('42'), '42')).toBe('approved');
    for (const wrong of ['00', '01', '02']) expect(await typed(await shown('42'), wrong)).toBe('approval-denied');
    expect(await typed(await shown('42'), '42')).toBe('request-settled');
    now += 15 * 60_000 - 1;
    expect(await typed(await shown('42'), '42')).toBe('request-settled');
    now += 1;
    expect(await typed(await shown('42'), '42')).toBe('approved');
  });

  it('is late after a minute', async () => {
    const [early, late] = [await shown('42'), await shown('42')];
    now += 59_999;
    expect(await typed(early, '42')).toBe('approved');
    now += 1;
    expect([await typed(late, '42'), stateOf(late)]).toEqual(['request-settled', 'expired']);
  });

  it('of one sign-in does not open another, nor one of somebody else', async () => {
    const [mine, other] = [await shown('42'), await shown('43')];
    expect(await typed(other, '42')).toBe('approval-denied');
    expect(await typed(mine, '42', { device: 'd-2', account: 'a-2' })).toBe('request-settled');
    expect([stateOf(mine), stateOf(other)]).toEqual(['open', 'wrong-number']);
    expect(await typed(mine, '42')).toBe('approved');
  });
});
