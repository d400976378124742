import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { atSecondStep, lastSms, newPerson, setUpSms, setUpTotp } from '../testing/factors.js';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { codeAt } from './totp.js';

let identity: RunningIdentity;
let now = Date.now();
beforeAll(async () => {
  identity = await runIdentity({ clock: () => new Date(now) });
});
beforeEach(() => {
  now += 3_600_000;
});
afterAll(() => identity.stop());

const REFUSED = { status: 401, body: { type: 'code-refused' } };
const typesOf = async () => (await identity.log()).map(({ type }) => type);

describe('a code from an authenticator app', () => {
  it('is asked for after the password, proves the person, and stands in the tokens', async () => {
    const person = await newPerson(identity);
    const { secret, recovery } = await setUpTotp(person, new Date(now));
    expect(new Set(recovery).size).toBe(10);
    now += 60_000;
    const flow = await atSecondStep(identity, person.username);
    expect(flow.first.body).toEqual({ step: 'code', factor: 'totp', factors: ['totp', 'recovery'] });
    expect((await flow.step('stay', { stay: true })).status).toBe(422);
    expect(await flow.step('code', { code: '000000' })).toMatchObject(REFUSED);
    expect((await typesOf()).at(-1)).toBe('CodeRefused');
    expect((await flow.step('code', { code: codeAt(secret, new Date(now)) })).body).toEqual({ step: 'stay' });
    const { body } = await flow.step('stay', { stay: false });
    const tokens = await flow.exchange(await flow.resume(String(body['resume'])));
    expect(decodeJwt(tokens.access_token)['amr']).toEqual(['pwd', 'otp']);
    expect((await identity.log()).at(-1)).toMatchObject({ type: 'SignedIn', data: { amr: ['pwd', 'otp'] } });
  });

  it('is taken once, though it comes a hundred times at once in several sign-ins', async () => {
    const person = await newPerson(identity);
    const { secret } = await setUpTotp(person, new Date(now));
    now += 60_000;
    const flows = await Promise.all([1, 2, 3, 4].map(() => atSecondStep(identity, person.username)));
    const code = codeAt(secret, new Date(now));
    const answers = await Promise.all(flows.flatMap((flow) => Array.from({ length: 25 }, () => flow.step('code', { code }))));
    expect(answers.filter(({ body }) => body['step'] === 'stay')).toHaveLength(1);
    // The one that set it up does not sign in either.
  });

  it.each([[-2, 401], [-1, 200], [1, 200], [2, 401]])('of a clock %d steps off answers %d', async (steps, status) => {
    const person = await newPerson(identity);
    const { secret } = await setUpTotp(person, new Date(now));
    now += 600_000;
    const flow = await atSecondStep(identity, person.username);
    expect((await flow.step('code', { code: codeAt(secret, new Date(now + steps * 30_000)) })).status).toBe(status);
  });

  it('cannot be guessed: five wrong ones close it for a quarter of an hour, even for the right one', async () => {
    const person = await newPerson(identity);
    const { secret, recovery } = await setUpTotp(person, new Date(now));
    now += 60_000;
    const flow = await atSecondStep(identity, person.username);
    for (let n = 0; n < 5; n += 1) await flow.step('code', { code: `00000${n}` });
    expect(await typesOf()).toContain('FactorLocked');
    expect((await flow.step('code', { code: codeAt(secret, new Date(now)) })).body).toMatchObject({ type: 'factor-unavailable' });
    expect((await flow.step('factor', { factor: 'recovery' })).body).toMatchObject({ step: 'code', factor: 'recovery' });
    expect((await flow.step('code', { code: recovery[0] })).body).toEqual({ step: 'stay' });
    const again = await atSecondStep(identity, person.username);
    await again.step('factor', { factor: 'recovery' });
    expect(await again.step('code', { code: recovery[0] })).toMatchObject(REFUSED);
    now += 15 * 60_000;
    await again.step('factor', { factor: 'totp' });
    expect((await again.step('code', { code: codeAt(secret, new Date(now)) })).body).toEqual({ step: 'stay' });
  });
});

describe('a code by SMS', () => {
  it('is sent after the password, to the telephone alone', async () => {
    const person = await newPerson(identity);
    expect((await setUpSms(person, identity)).body['codes']).toHaveLength(10);
    const flow = await atSecondStep(identity, person.username);
    expect(flow.first.body).toMatchObject({ step: 'code', factor: 'sms', sentTo: '••67', factors: ['sms', 'recovery'] });
    const code = lastSms(identity);
    expect(JSON.stringify(await identity.log())).not.toMatch(new RegExp(`"${code}"|7700900067`));
    expect((await typesOf()).at(-1)).toBe('CodeSent');
    expect((await flow.step('code', { code })).body).toEqual({ step: 'stay' });
    expect(statSync(join(identity.folder, 'sms-outbox.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('has three tries and five minutes, and a new one makes the old one void', async () => {
    const person = await newPerson(identity);
    await setUpSms(person, identity);
    const flow = await atSecondStep(identity, person.username);
    const first = lastSms(identity);
    const wrong = first === '000000' ? '000001' : '000000';
    for (let n = 0; n < 3; n += 1) await flow.step('code', { code: wrong });
    expect(await flow.step('code', { code: first })).toMatchObject(REFUSED);
    await flow.step('factor', { factor: 'sms' });
    const second = lastSms(identity);
    if (first !== second) expect(await flow.step('code', { code: first })).toMatchObject(REFUSED);
    now += 5 * 60_000 + 1;
    expect(await flow.step('code', { code: second })).toMatchObject(REFUSED);
    // Six wrong ones close the way.
    expect((await flow.step('factor', { factor: 'sms' })).body).toMatchObject({ type: 'factor-unavailable' });
  });

  it('sent again is right, and six wrong ones close the way for a quarter of an hour, even for a right one', async () => {
    const person = await newPerson(identity);
    await setUpSms(person, identity);
    const flow = await atSecondStep(identity, person.username);
    const first = lastSms(identity);
    await flow.step('factor', { factor: 'sms' });
    const wrong = (code: string) => code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    for (let n = 0; n < 3; n += 1) expect((await flow.step('code', { code: wrong(lastSms(identity)) })).status).toBe(401);
    expect((await flow.step('code', { code: first })).status).toBe(401);
    await flow.step('factor', { factor: 'sms' });
    for (let n = 0; n < 2; n += 1) expect((await flow.step('code', { code: wrong(lastSms(identity)) })).status).toBe(401);
    expect((await flow.step('code', { code: lastSms(identity) })).body).toMatchObject({ type: 'factor-unavailable' });
    expect((await flow.step('factor', { factor: 'sms' })).body).toMatchObject({ type: 'factor-unavailable' });
    expect((await identity.log()).filter(({ type }) => type === 'FactorLocked').at(-1)?.data).toMatchObject({ factor: 'sms' });
    now += 15 * 60_000 + 1;
    await flow.step('factor', { factor: 'sms' });
    expect((await flow.step('code', { code: lastSms(identity) })).body).toEqual({ step: 'stay' });
  });

  it('is sent five times in a quarter of an hour and no more', async () => {
    const person = await newPerson(identity);
    await setUpSms(person, identity);
    const flow = await atSecondStep(identity, person.username);
    for (let n = 0; n < 4; n += 1) expect((await flow.step('factor', { factor: 'sms' })).status).toBe(200);
    expect((await flow.step('factor', { factor: 'sms' })).status).toBe(429);
  });
});

describe('setting up', () => {
  it('is told to the person by letter, without anything that opens', async () => {
    const person = await newPerson(identity, { email: 'told@example.org' });
    const { secret, recovery } = await setUpTotp(person, new Date(now));
    const file = join(identity.folder, 'mail-outbox.jsonl');
    const letters = () => readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { to: string; subject: string; text: string });
    const told = () => letters().filter(({ subject }) => subject.includes('factor'));
    for (let tries = 0; told().length < 2 && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    // The app, and the recovery codes that came with it.
    expect(told().map(({ to }) => to)).toEqual(['told@example.org', 'told@example.org']);
    expect(told()[0]?.text).toContain(person.username);
    for (const kept of [secret, ...recovery]) expect(readFileSync(file, 'utf8')).not.toContain(kept);
  });

  it('wants a sign-in of the last quarter of an hour, with what is set up already', async () => {
    const person = await newPerson(identity);
    now += 15 * 60_000 + 1000;
    expect((await person.call('factors/totp')).body).toMatchObject({ status: 401, type: 'factor-needed' });
    const fresh = await newPerson(identity);
    await setUpTotp(fresh, new Date(now));
    // Who has just set up the first is not asked for it in the same sign-in.
    expect((await fresh.call('factors/list')).body).toMatchObject({ factors: ['totp', 'recovery'] });
    now += 15 * 60_000 + 1000;
    expect((await fresh.call('factors/app')).body).toMatchObject({ status: 401, type: 'factor-needed' });
  });

  it('holds only once it is confirmed, and keeps the secret sealed', async () => {
    const person = await newPerson(identity);
    const { body } = await person.call('factors/totp');
    expect(await person.call('factors/totp-confirmation', { code: '000000' })).toMatchObject(REFUSED);
    expect((await atSecondStep(identity, person.username)).first.body).toEqual({ step: 'stay' });
    for (const name of ['identity.db', 'identity.db-wal']) {
      expect(readFileSync(join(identity.folder, name)).includes(String(body['secret']))).toBe(false);
    }
    expect(statSync(join(identity.folder, 'identity.key')).mode & 0o777).toBe(0o600);
  });
});
