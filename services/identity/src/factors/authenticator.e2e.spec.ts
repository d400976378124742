import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { codeAt } from './totp.js';
import { atSecondStep, newKeys, newPerson, pairDevice, setUpTotp, type Enrolled, type TestDevice } from '../testing/factors.js';
import { contextOf, PASSWORD, runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { beginSignIn, discover, post, refreshWith, signInWith } from '../testing/terminal.js';

let identity: RunningIdentity;
let person: Enrolled;
let device: TestDevice;
let now = Date.now();
beforeAll(async () => {
  identity = await runIdentity({ clock: () => new Date(now) });
});
beforeEach(async () => {
  now += 3_600_000;
  person = await newPerson(identity);
  device = await pairDevice(identity, person, () => new Date(now));
});
afterAll(() => identity.stop());

interface Waiting {
  readonly request: string;
}

const waiting = async () => (await device.call('requests')).body['requests'] as readonly Waiting[];
const atNumber = async () => {
  const flow = await atSecondStep(identity, person.username);
  return { flow, number: String(flow.first.body['number']) };
};
const other = (number: string, by = 1) => String((Number(number) + by) % 100).padStart(2, '0');
const lastEvent = async () => (await identity.log()).at(-1);

describe('number matching', () => {
  it('shows a number, tells the device everything but it, and signs in once it is typed there', async () => {
    const { flow, number } = await atNumber();
    expect(flow.first.body).toMatchObject({ step: 'approve', number: expect.stringMatching(/^\d\d$/), factors: ['app'] });
    expect(await lastEvent()).toMatchObject({ type: 'ApprovalRequested' });
    const listed = await device.call('requests');
    expect(listed.body['requests']).toEqual([
      {
        request: expect.any(String), purpose: 'sign-in', username: person.username, client: 'portal-terminal/0.1.0', address: '127.0.0.1',
        requestedAt: new Date(now).toISOString(), expiresAt: new Date(now + 60_000).toISOString(),
      },
    ]);
    expect((await flow.step('approve', {})).body).toEqual(flow.first.body);
    const [{ request } = { request: '' }] = await waiting();
    expect((await device.call('approve', { request, number })).body).toEqual({ request, answer: 'approved' });
    expect(await lastEvent()).toMatchObject({ type: 'ApprovalGranted', data: { device: device.device } });
    expect((await device.call('approve', { request, number })).body).toMatchObject({ type: 'request-settled' });
    expect((await flow.step('approve', {})).body).toEqual({ step: 'stay' });
    const { body } = await flow.step('stay', { stay: false });
    const tokens = await flow.exchange(await flow.resume(String(body['resume'])));
    expect(decodeJwt(tokens.access_token)['amr']).toEqual(['pwd', 'swk']);
    expect(JSON.stringify((await identity.log()).map(({ data }) => data))).not.toContain(`"${number}"`);
  });

  it('ends with one wrong number, and goes on with a new one', async () => {
    const { flow, number } = await atNumber();
    const [{ request } = { request: '' }] = await waiting();
    expect((await device.call('approve', { request, number: other(number) })).body).toMatchObject({ type: 'approval-denied' });
    expect(await lastEvent()).toMatchObject({ type: 'ApprovalDenied', data: { reason: 'wrong-number' } });
    expect((await device.call('approve', { request, number })).body).toMatchObject({ type: 'request-settled' });
    expect((await flow.step('approve', {})).body).toMatchObject({ status: 401, type: 'approval-denied' });
    const again = await flow.step('factor', { factor: 'app' });
    const [next] = await waiting();
    await device.call('approve', { request: next?.request, number: again.body['number'] });
    expect((await flow.step('approve', {})).body).toEqual({ step: 'stay' });
  });

  it('is closed for a quarter of an hour by three wrong numbers', async () => {
    const { flow, number } = await atNumber();
    let shown = number;
    for (let n = 0; n < 3; n += 1) {
      const [{ request } = { request: '' }] = await waiting();
      await device.call('approve', { request, number: other(shown) });
      shown = String((await flow.step('factor', { factor: 'app' })).body['number']);
    }
    expect((await flow.step('factor', { factor: 'app' })).body).toMatchObject({ type: 'factor-unavailable' });
    expect((await identity.log()).map(({ type }) => type)).toContain('FactorLocked');
    // Who has nothing else is told until when, and asked for nothing that cannot be answered.
    const opensAt = new Date(now + 15 * 60_000).toISOString();
    const { first, ...later } = await atSecondStep(identity, person.username);
    expect(first).toMatchObject({ status: 409, body: { type: 'factor-unavailable', opensAt } });
    expect(first.headers.get('retry-after')).toBe('900');
    expect((await later.shown()).body).toMatchObject({ step: 'password' });
    expect((await later.step('password', { password: `not ${PASSWORD}` })).body).toMatchObject({ type: 'password-refused' });
    now += 15 * 60_000 + 1;
    expect((await flow.step('factor', { factor: 'app' })).body).toMatchObject({ step: 'approve' });
  });

  it('expires after a minute', async () => {
    const { flow, number } = await atNumber();
    const [{ request } = { request: '' }] = await waiting();
    now += 60_000;
    expect(await waiting()).toEqual([]);
    expect((await device.call('approve', { request, number })).body).toMatchObject({ type: 'request-settled' });
    expect((await flow.step('approve', {})).body).toMatchObject({ status: 401, type: 'approval-expired' });
    expect(await lastEvent()).toMatchObject({ type: 'ApprovalExpired' });
  });

  it('keeps two sign-ins apart: the number of one does not open the other', async () => {
    const [mine, theirs] = [await atNumber(), await atNumber()];
    const [first, second] = await waiting();
    if (mine.number !== theirs.number) {
      await device.call('approve', { request: second?.request, number: mine.number });
      expect((await theirs.flow.step('approve', {})).body).toMatchObject({ type: 'approval-denied' });
    }
    await device.call('approve', { request: first?.request, number: mine.number });
    expect((await mine.flow.step('approve', {})).body).toEqual({ step: 'stay' });
  });

  it.each([['deny', 'denied'], ['report', 'reported']])('is ended by %s', async (name, reason) => {
    const { flow } = await atNumber();
    const [{ request } = { request: '' }] = await waiting();
    expect((await device.call(name, { request })).body).toEqual({ request, answer: reason });
    expect(await lastEvent()).toMatchObject({ type: 'ApprovalDenied', data: { reason } });
    expect((await flow.step('approve', {})).body).toMatchObject({ type: 'approval-denied' });
  });

  it('takes one of many answers that come at once', async () => {
    const { number } = await atNumber();
    const [{ request } = { request: '' }] = await waiting();
    const answers = await Promise.all(Array.from({ length: 10 }, () => device.call('approve', { request, number })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('asks a device five times and no more, until somebody has answered', async () => {
    const { flow } = await atNumber();
    for (let n = 0; n < 4; n += 1) expect((await flow.step('factor', { factor: 'app' })).status).toBe(200);
    expect((await flow.step('factor', { factor: 'app' })).status).toBe(429);
    // The number that stands there is as good as before: it waits for its answer.
    expect(await waiting()).toHaveLength(1);
    expect((await flow.step('approve', {})).body).toMatchObject({ step: 'approve' });
  });

  it('does not call at the device where another way is named with the password; coming in by that way makes good what was asked', async () => {
    const { secret } = await setUpTotp(person, new Date(now));
    const { flow } = await atNumber();
    for (let n = 0; n < 4; n += 1) await flow.step('factor', { factor: 'app' });
    expect((await flow.step('factor', { factor: 'app' })).status).toBe(429);
    const byCode = await beginSignIn(identity.url);
    await byCode.step('username', { username: person.username });
    const asked = (await identity.log()).length;
    now += 60_000;
    expect((await byCode.step('password', { password: PASSWORD, factor: 'sms' })).body).toMatchObject({ status: 409, type: 'factor-unavailable' });
    const { body } = await byCode.step('password', { password: PASSWORD, factor: 'totp' });
    expect(body).toMatchObject({ step: 'code', factor: 'totp', factors: ['app', 'totp', 'recovery'] });
    expect((await byCode.step('code', { code: codeAt(secret, new Date(now)) })).body).toEqual({ step: 'stay' });
    expect((await identity.log()).slice(asked).map(({ type }) => type)).toEqual(['SignInStarted']);
    expect((await atNumber()).flow.first.body).toMatchObject({ step: 'approve' });
  });
});

describe('a call of a device', () => {
  const REFUSED = { status: 401, body: { type: 'device-refused' } };

  it('is refused with another key, at another time, for another address, or twice', async () => {
    expect(await device.call('requests', {}, { key: newKeys().privateKey })).toMatchObject(REFUSED);
    expect(await device.call('requests', {}, { time: new Date(now - 61_000).toISOString() })).toMatchObject(REFUSED);
    expect(await device.call('requests', {}, { time: 'now' })).toMatchObject(REFUSED);
    expect(await device.call('requests', {}, { path: '/authenticator/deny' })).toMatchObject(REFUSED);
    const once = { nonce: 'a-nonce-that-comes-twice', time: new Date(now).toISOString() };
    expect((await device.call('requests', {}, once)).status).toBe(200);
    expect(await device.call('requests', {}, once)).toMatchObject(REFUSED);
    expect(await post(`${identity.url}/authenticator/requests`, {})).toMatchObject(REFUSED);
  });

  it('of somebody else finds no request', async () => {
    const stranger = await pairDevice(identity, await newPerson(identity), () => new Date(now));
    const { number } = await atNumber();
    const [{ request } = { request: '' }] = await waiting();
    expect((await stranger.call('requests')).body).toEqual({ requests: [] });
    expect((await stranger.call('approve', { request, number })).body).toMatchObject({ type: 'request-settled' });
  });
});

describe('pairing', () => {
  it('is done once by each code, within ten minutes', async () => {
    const { body } = await (await newPerson(identity)).call('factors/app');
    const publicKey = newKeys().publicKey.export({ format: 'jwk' }).x;
    const pair = () => post(`${identity.url}/authenticator/pair`, { pairing: body['pairing'], publicKey });
    expect((await pair()).status).toBe(200);
    expect((await pair()).body).toMatchObject({ status: 401, type: 'pairing-refused' });
    const late = await (await newPerson(identity)).call('factors/app');
    now += 10 * 60_000;
    const answer = await post(`${identity.url}/authenticator/pair`, { pairing: late.body['pairing'], publicKey });
    expect(answer.body).toMatchObject({ type: 'pairing-refused' });
  });

  it('is over where the sign-ins are ended, by the person, for them, or because a token came twice', async () => {
    const publicKey = newKeys().publicKey.export({ format: 'jwk' }).x;
    const ends: readonly ((of: Enrolled) => Promise<unknown>)[] = [
      ({ call }) => call('sign-out/everywhere'),
      ({ username }) => identity.directory.setPassword(username, PASSWORD),
      ({ username }) => identity.directory.endSessions(username, contextOf()),
      async ({ call }) => {
        const { body } = await call('sessions/list');
        return call('sessions/end', { session: (body['sessions'] as { session: string }[])[0]?.session });
      },
      async ({ username }) => {
        const { refresh_token: token = '' } = await signInWith(identity.url, { username });
        return openid.tokenRevocation(await discover(identity.url), token);
      },
      async ({ username }) => {
        const { refresh_token: token } = await signInWith(identity.url, { username });
        await refreshWith(identity.url, token);
        await expect(refreshWith(identity.url, token)).rejects.toMatchObject({ error: 'invalid_grant' });
      },
    ];
    for (const end of ends) {
      const who = await newPerson(identity);
      const { body } = await who.call('factors/app');
      await end(who);
      const late = await post(`${identity.url}/authenticator/pair`, { pairing: body['pairing'], publicKey });
      expect(late.body).toMatchObject({ status: 401, type: 'pairing-refused' });
    }
  });
});
