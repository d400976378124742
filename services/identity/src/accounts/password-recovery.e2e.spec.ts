/** A forgotten password: a letter, a code, a new password; and what nobody learns from it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { atSecondStep, newPerson, setUpTotp } from '../testing/factors.js';
import { contextOf, PASSWORD, runIdentity, type RunningIdentity } from '../testing/running-identity.js';
import { beginSignIn, post, signInWith, type Answer } from '../testing/terminal.js';

let identity: RunningIdentity;
let now = Date.now();
beforeAll(async () => {
  identity = await runIdentity({ clock: () => new Date(now) });
  await newAccount('person@example.org');
});
beforeEach(() => {
  now += 3_600_000;
});
afterAll(() => identity.stop());

async function newAccount(username: string): Promise<void> {
  const wanted = { username, displayName: 'P', roles: ['appointee'], email: `mail.${username}` };
  await identity.directory.create(wanted, contextOf());
  await identity.directory.setPassword(username, PASSWORD);
}

const NEW = 'ffenestr las lydan 9';
const begin = async (username: string) => String((await post(`${identity.url}/recovery/begin`, { username })).body['recovery']);
const finish = (recovery: string, code: string, password = NEW): Promise<Answer> =>
  post(`${identity.url}/recovery/finish`, { recovery, code, password });

interface Letter {
  readonly to: string;
  readonly text: string;
}

async function letters(subject: RegExp): Promise<readonly Letter[]> {
  // They are written after the answer.
  await new Promise((resolve) => setTimeout(resolve, 30));
  const file = join(identity.folder, 'mail-outbox.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  return lines.map((line) => JSON.parse(line) as Letter & { subject: string }).filter((one) => subject.test(one.subject));
}

const lastCode = async (): Promise<string> => /Code: ([\d ]+)/.exec((await letters(/code/)).at(-1)?.text ?? '')?.[1] ?? '';
const other = (code: string): string => code.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));

describe('a forgotten password', () => {
  it('is chosen anew with the code from the letter, once; every sign-in has ended', async () => {
    await signInWith(identity.url, { username: 'person@example.org' });
    const recovery = await begin('Person@example.org');
    const code = await lastCode();
    expect(code).toMatch(/^\d{4} \d{4}$/);
    expect((await letters(/code/)).at(-1)?.to).toBe('mail.person@example.org');
    expect(statSync(join(identity.folder, 'mail-outbox.jsonl')).mode & 0o777).toBe(0o600);
    expect((await finish(recovery, other(code))).body).toMatchObject({ status: 401, type: 'code-refused' });
    expect((await finish(recovery, code, 'password1234')).body).toMatchObject({ status: 422, type: 'password-common' });
    const both = await Promise.all([finish(recovery, code), finish(recovery, code.replace(' ', ''))]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(both.find(({ status }) => status === 200)?.body).toEqual({ username: 'person@example.org' });
    const types = (await identity.log()).map(({ type }) => type);
    expect(types.filter((type) => type === 'PasswordReset')).toHaveLength(1);
    expect((await identity.log()).at(-1)).toMatchObject({ type: 'SessionRevoked', data: { reason: 'password-reset' } });
    expect((await letters(/was changed/)).map(({ to }) => to)).toEqual(['mail.person@example.org']);
    const flow = await beginSignIn(identity.url);
    await flow.step('username', { username: 'person@example.org' });
    expect((await flow.step('password', { password: PASSWORD })).status).toBe(401);
    expect((await flow.step('password', { password: NEW })).status).toBe(200);
    const logged = JSON.stringify(await identity.log());
    for (const secret of [code, code.replace(' ', ''), 'mail.person', recovery, NEW]) expect(logged).not.toContain(secret);
  });

  it('leaves the second factor as it was', async () => {
    const person = await newPerson(identity, { email: 'second@example.org' });
    await setUpTotp(person, new Date(now));
    const recovery = await begin(person.username);
    expect((await finish(recovery, await lastCode(), PASSWORD)).status).toBe(200);
    expect((await atSecondStep(identity, person.username)).first.body).toMatchObject({ step: 'code', factor: 'totp' });
  });

  it('ends with five wrong codes, after a quarter of an hour, and where the account is disabled', async () => {
    const tried = await begin('person@example.org');
    const code = await lastCode();
    for (let n = 0; n < 5; n += 1) expect((await finish(tried, other(code))).status).toBe(401);
    expect((await finish(tried, code)).status).toBe(401);
    const late = await begin('person@example.org');
    const lateCode = await lastCode();
    now += 15 * 60_000;
    expect((await finish(late, lateCode)).status).toBe(401);
    const disabled = await begin('person@example.org');
    const unused = await lastCode();
    await identity.directory.disable('person@example.org', contextOf());
    expect((await finish(disabled, unused)).status).toBe(401);
    await identity.directory.enable('person@example.org', contextOf());
  });

  it('answers alike for names that there are not, disabled ones and those without an address, and writes to none of them', async () => {
    await newAccount('gone@example.org');
    await identity.directory.disable('gone@example.org', contextOf());
    const before = (await letters(/code/)).length;
    const names = ['nobody@example.org', 'gone@example.org', 'User7@wjec-appointees.co.uk', 'person@example.org'];
    const answers = await Promise.all(names.map((username) => post(`${identity.url}/recovery/begin`, { username })));
    for (const { status, body } of answers) {
      expect([status, Object.keys(body)]).toEqual([200, ['recovery']]);
      expect(String(body['recovery'])).toMatch(/^[\w-]{32}$/);
    }
    expect((await letters(/code/)).length).toBe(before + 1);
  });

  it('writes three letters in a quarter of an hour, and answers on as if it did', async () => {
    const before = (await letters(/code/)).length;
    for (let n = 0; n < 5; n += 1) expect((await post(`${identity.url}/recovery/begin`, { username: 'person@example.org' })).status).toBe(200);
    expect((await letters(/code/)).length).toBe(before + 3);
  });

  it('keeps one address from asking without end', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 70; n += 1) statuses.push((await post(`${identity.url}/recovery/begin`, { username: 'n@example.org' })).status);
    expect(statuses).toEqual([...Array.from({ length: 60 }, () => 200), ...Array.from({ length: 10 }, () => 429)]);
  });
});
