/** An account from the administrator's file to a forgotten password, on the command line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, succeeded, type Person, type TestService } from './testing.js';

let service: TestService;
let admin: Person;
let elin: Person;
beforeAll(async () => {
  service = await startService();
  [admin, elin] = [await service.person('admin'), await service.person()];
});
afterAll(() => service?.stop());

const ELIN = 'elin.hughes@wjec-appointees.co.uk';
const PASSWORD = 'ffenestr las lydan 9';
const FILE = [
  'Name,Email,Phone,Roles',
  'Elin Mair Hughes,elin@example.org,+447700900010,appointee',
  'Elin Hughes,other@example.org,,appointee;auditor',
  'Huw Ellis,huw@example.org,,king',
  'Nia,nowhere,,appointee',
].join('\n');

/** Of the newest letter to this address. */
async function letterTo(address: string, wanted: RegExp): Promise<string> {
  await sleep(100);
  const lines = readFileSync(join(service.folder, 'data', 'mail-outbox.jsonl'), 'utf8').trim().split('\n');
  const letters = lines.map(line => JSON.parse(line) as { to: string; text: string }).filter(({ to }) => to === address);
  return wanted.exec(letters.at(-1)?.text ?? '')?.[1] ?? '';
}

const signIn = (password: string, more = '', code = '') =>
  elin.portal(`sign-in --username ${ELIN} --password-stdin ${more}`, { stdin: `${password}\n${code}\n` });

describe('accounts of people', () => {
  it('come from a file, under names made of theirs, and each person is invited by letter', async () => {
    const stdin = FILE;
    const dry = await admin.portal('admin accounts --file - --dry-run', { stdin });
    expect([dry.code, dry.json()]).toMatchObject([5, { accepted: 2, accounts: [] }]);
    const words = 'admin accounts --file - --command-id 11111111-2222-4333-8444-555555555555';
    const made = await admin.portal(words, { stdin });
    const accounts = [{ row: 1, username: ELIN }, { row: 2, username: 'elin.hughes2@wjec-appointees.co.uk' }];
    expect([made.code, made.json()]).toEqual([5, {
      accepted: 2, unchanged: 0, accounts,
      refused: [expect.objectContaining({ row: 3, field: 'Roles', reason: 'role-unknown' }), expect.objectContaining({ row: 4, field: 'Email' })],
    }]);
    expect((await admin.portal(words, { stdin })).json()).toMatchObject({ accepted: 2, accounts });
    const again = await admin.portal('admin accounts --file -', { stdin });
    expect([again.code, again.json()]).toMatchObject([5, { accepted: 0, unchanged: 2, accounts }]);
    const invitation = await letterTo('elin@example.org', /Invitation: (\S+)/);
    expect((await elin.portal('redeem --password-stdin', { stdin: `${invitation}\n${PASSWORD}\n` })).json()).toEqual({ username: ELIN });
    expect((await signIn(PASSWORD)).json()).toMatchObject({ displayName: 'Elin Mair Hughes' });
  });
});

describe('a forgotten password', () => {
  it('is chosen anew with the code from the letter', async () => {
    const { recovery } = (await succeeded(elin.portal(`forgotten-password --username ${ELIN}`))).json<{ recovery: string }>();
    const code = await letterTo('elin@example.org', /Code: ([\d ]+)/);
    const reset = (first: string) => elin.portal(`reset-password --recovery ${recovery} --password-stdin`, { stdin: `${first}\n${PASSWORD} newydd\n` });
    const wrong = await reset(code.replace(/\d$/, digit => String((Number(digit) + 1) % 10)));
    expect([wrong.code, wrong.error().type]).toEqual([1, 'code-refused']);
    expect((await reset(code)).json()).toEqual({ username: ELIN });
    expect((await signIn(PASSWORD)).error().type).toBe('password-refused');
    expect((await signIn(`${PASSWORD} newydd`)).code).toBe(0);
    const nobody = await elin.portal('forgotten-password --username nobody@example.org');
    expect([nobody.code, Object.keys(nobody.json())]).toEqual([0, ['recovery']]);
  });
});

describe('an administrator', () => {
  it('lets somebody in once whose telephone is lost, and keeps somebody out until they may come back', async () => {
    const password = `${PASSWORD} newydd`;
    const sent = () => /\d{6}/.exec(readFileSync(join(service.folder, 'data', 'sms-outbox.jsonl'), 'utf8').trim().split('"text":').at(-1)!)![0];
    await succeeded(elin.portal('factor sms --phone +447700900010'));
    await succeeded(elin.portal('factor sms --code-stdin', { stdin: `${sent()}\n` }));
    const issued = (await succeeded(admin.portal(`admin temporary-pass ${ELIN}`))).json<{ event: string; pass: string; expiresAt: string }>();
    expect(issued).toEqual({ event: expect.any(String), pass: expect.stringMatching(/^\w{4}-\w{4}-\w{4}$/), expiresAt: expect.any(String) });
    expect((await signIn(password, '--factor recovery', issued.pass)).code).toBe(0);
    expect((await signIn(password, '--factor recovery', issued.pass)).error().type).toBe('code-refused');
    expect((await admin.portal(`admin account disable ${ELIN}`)).json()).toMatchObject({ event: expect.any(String) });
    expect((await admin.portal(`admin account disable ${ELIN}`)).json()).toMatchObject({ event: null });
    expect((await signIn(password)).error().type).toBe('password-refused');
    await succeeded(admin.portal(`admin account enable ${ELIN}`));
    expect((await signIn(password, '--factor recovery', 'abcd-efgh-jkmn')).error().type).toBe('code-refused');
    expect((await admin.portal('admin account disable admin@wjec-appointees.co.uk')).error().type).toBe('own-account');
    expect((await admin.portal('admin account disable nobody@example.org')).error().type).toBe('person-unknown');
  });
});
