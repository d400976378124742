/** Proving again who one is: a new `factor_time` for the sign-in that is open, and nothing for anybody else. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { codeAt } from '../factors/totp.js';
import { newPerson, pairDevice, setUpTotp, type Enrolled, type TestDevice } from '../testing/factors.js';
import { PASSWORD, runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { beginSignIn, post, refreshWith, signInWith } from '../testing/terminal.js';

let identity: RunningIdentity;
let aheadMs = 0;
const clock = () => new Date(Date.now() + aheadMs);
beforeAll(async () => {
  identity = await runIdentity({ clock });
});
afterAll(() => identity.stop());

interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
}

const call = ({ access_token: token }: Tokens, path: string, body: object = {}) =>
  post(`${identity.url}/step-up${path}`, body, { authorization: `Bearer ${token}` });
const claimsOf = ({ access_token: token }: Tokens) => decodeJwt(token);
const eventsOf = async (tokens: Tokens) => {
  const stream = `session-${String(claimsOf(tokens)['sid'])}`;
  return (await identity.log()).filter((event) => event.stream === stream).map(({ type }) => type);
};

describe('with a password alone', () => {
  it('asks for it, says when it was right, and a token issued afterwards says so too', async () => {
    const tokens = await signInWith(identity.url);
    const { body } = await call(tokens, '');
    expect(body).toEqual({ stepUp: expect.any(String), step: 'password', username: expect.stringMatching(/^user7@/i) });
    const path = `/${String(body['stepUp'])}`;
    expect(await call(tokens, `${path}/password`, { password: 'wrong' })).toMatchObject({ status: 401, body: { type: 'password-refused' } });
    aheadMs += 60_000;
    expect((await call(tokens, `${path}/password`, { password: PASSWORD })).body).toEqual({ step: 'done' });
    expect((await call(tokens, `${path}/password`, { password: PASSWORD })).status).toBe(401);
    const after = claimsOf(await refreshWith(identity.url, tokens.refresh_token));
    const before = claimsOf(tokens);
    expect(after).toMatchObject({ sid: before['sid'], auth_time: before['auth_time'], amr: ['pwd'] });
    expect(Number(after['factor_time']) - Number(before['factor_time'])).toBeGreaterThanOrEqual(59);
    expect(await eventsOf(tokens)).toEqual(['SignInStarted', 'SignedIn', 'FactorProven']);
  });

  it('takes no other step, of no other sign-in, without a token or with one of a sign-in that has ended', async () => {
    const [mine, other] = [await signInWith(identity.url), await signInWith(identity.url)];
    const path = `/${String((await call(mine, '')).body['stepUp'])}`;
    const right = { password: PASSWORD };
    expect(await call(other, `${path}/password`, right)).toMatchObject({ status: 401, body: { type: 'sign-in-refused' } });
    expect((await call(mine, `${path}/code`, { code: '123456' })).body['type']).toBe('malformed-request');
    expect((await call(mine, `${path}/factor`, { factor: 'sms' })).body['type']).toBe('malformed-request');
    for (const step of ['username', 'stay', 'toString']) expect((await call(mine, `${path}/${step}`, {})).status).toBe(404);
    expect((await post(`${identity.url}/step-up`, {})).body['type']).toBe('not-signed-in');
    await post(`${identity.url}/sign-out/everywhere`, {}, { authorization: `Bearer ${mine.access_token}` });
    expect((await call(mine, `${path}/password`, right)).status).toBe(401);
    expect((await call(mine, '')).body['type']).toBe('not-signed-in');
    expect(await eventsOf(mine)).toEqual(['SignInStarted', 'SignedIn', 'SignedOut']);
  });

  it('proves nobody for what could not be recorded', async () => {
    const tokens = await signInWith(identity.url);
    const path = `/${String((await call(tokens, '')).body['stepUp'])}`;
    identity.breakLog('full');
    expect((await call(tokens, `${path}/password`, { password: PASSWORD })).status).toBe(507);
    identity.breakLog(undefined);
    const after = claimsOf(await refreshWith(identity.url, tokens.refresh_token));
    expect(after['factor_time']).toBe(claimsOf(tokens)['factor_time']);
  });
});

describe('with a second factor', () => {
  let person: Enrolled;
  let device: TestDevice;
  let secret: string;
  let tokens: Tokens;
  beforeAll(async () => {
    person = await newPerson(identity);
    ({ secret } = await setUpTotp(person, clock()));
    aheadMs += 60_000;
    const flow = await beginSignIn(identity.url);
    await flow.step('username', { username: person.username });
    await flow.step('password', { password: PASSWORD });
    await flow.step('code', { code: codeAt(secret, clock()) });
    const { body } = await flow.step('stay', { stay: true });
    tokens = await flow.exchange(await flow.resume(String(body['resume'])));
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const withBoth = { ...person, call: (path: string, sent: object = {}) => post(`${identity.url}/${path}`, sent, headers) };
    device = await pairDevice(identity, withBoth, clock);
  });

  it('shows a number, which is typed on the other device, and asks for no password', async () => {
    const started = (await call(tokens, '')).body;
    expect(started).toMatchObject({ step: 'code', factor: 'totp', factors: ['totp', 'app', 'recovery'] });
    const path = `/${String(started['stepUp'])}`;
    const { body } = await call(tokens, `${path}/factor`, { factor: 'app' });
    expect(body).toMatchObject({ step: 'approve', number: expect.stringMatching(/^\d\d$/) });
    expect((await call(tokens, `${path}/approve`)).body['step']).toBe('approve');
    const { requests } = (await device.call('requests')).body as { requests: { request: string; purpose: string }[] };
    expect(requests.map(({ purpose }) => purpose)).toEqual(['proof']);
    await device.call('approve', { request: requests.at(-1)?.request, number: body['number'] });
    expect((await call(tokens, `${path}/approve`)).body).toEqual({ step: 'done' });
    tokens = await refreshWith(identity.url, tokens.refresh_token);
    expect(claimsOf(tokens)['amr']).toEqual(['pwd', 'otp', 'swk']);
    expect((await eventsOf(tokens)).slice(2)).toEqual(['ApprovalRequested', 'ApprovalGranted', 'FactorProven']);
  });

  it('begun anew leaves one number to be typed, and not two', async () => {
    const open = async () => ((await device.call('requests')).body['requests'] as unknown[]).length;
    for (let round = 0; round < 2; round += 1) {
      const path = `/${String((await call(tokens, '')).body['stepUp'])}`;
      await call(tokens, `${path}/factor`, { factor: 'app' });
      expect(await open()).toBe(1);
    }
    await call(tokens, '');
    expect(await open()).toBe(0);
    expect((await eventsOf(tokens)).filter((type) => type === 'ApprovalExpired')).toHaveLength(2);
  });

  it('or asks for a code, and refuses a wrong one', async () => {
    const path = `/${String((await call(tokens, '')).body['stepUp'])}`;
    expect((await call(tokens, `${path}/code`, { code: '000000' })).body['type']).toBe('code-refused');
    aheadMs += 60_000;
    expect((await call(tokens, `${path}/code`, { code: codeAt(secret, clock()) })).body).toEqual({ step: 'done' });
  });
});
