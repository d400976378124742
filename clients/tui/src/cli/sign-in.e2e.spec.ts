import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { address, PASSWORD, startService, type TestService } from './testing.js';

let service: TestService;
beforeAll(async () => { service = await startService(); }, 60_000);
afterAll(() => service?.stop());

const SIGN_IN = `sign-in --username ${address('user7')} --password-stdin`;

describe('signing in on the command line', () => {
  it('answers who it is, keeps the token private, and knows it again', async () => {
    const person = await service.person();
    const signedIn = await person.portal(SIGN_IN, { stdin: `${PASSWORD}\n`, alone: true });
    expect([signedIn.code, signedIn.stderr]).toEqual([0, '']);
    expect(signedIn.json()).toMatchObject({
      username: address('user7'),
      displayName: 'PORTAL Test User 7',
      roles: ['appointee'],
      capacities: expect.arrayContaining([{ component: '9521/01@2017-01', role: 'examiner' }]),
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    const tokens = join(person.folder, 'state', 'portal', 'tokens');
    for (const name of readdirSync(tokens)) expect(statSync(join(tokens, name)).mode & 0o777).toBe(0o600);
    expect(statSync(tokens).mode & 0o777).toBe(0o700);
    expect((await person.portal('whoami')).json()).toMatchObject({ username: address('user7'), expiresAt: signedIn.json().expiresAt });
    // The end of the sign-in, twelve hours off; the access token has ten minutes.
    const hours = (Date.parse(signedIn.json().expiresAt) - Date.now()) / 3_600_000;
    expect([hours > 11.9, hours <= 12]).toEqual([true, true]);
    expect((await person.plain('whoami')).stdout).toBe(`Signed in as PORTAL Test User 7 (${address('user7')}).\n`);
  });

  it('refuses a wrong password and an unknown name alike, and asks for what is missing', async () => {
    const person = await service.person();
    const wrong = await person.portal(SIGN_IN, { stdin: 'wrong\n' });
    const unknown = await person.portal(`sign-in --username ${address('nobody')} --password-stdin`, { stdin: `${PASSWORD}\n` });
    expect([wrong.code, unknown.code]).toEqual([1, 1]);
    expect(wrong.error()).toEqual(unknown.error());
    expect(wrong.error().type).toBe('password-refused');
    for (const [words, stdin] of [[SIGN_IN, ''], [SIGN_IN, '\n'], ['sign-in --password-stdin', PASSWORD], ['sign-in --username x', PASSWORD]]) {
      const missing = await person.portal(words!, { stdin: stdin! });
      expect([missing.code, missing.error().type]).toEqual([2, 'usage']);
    }
    expect((await person.portal(`${SIGN_IN} --factor totp`, { stdin: PASSWORD })).error().type).toBe('factor-unavailable');
    expect((await person.portal('whoami')).code).toBe(3);
  });

  it('says that a one-time code was not wanted', async () => {
    const person = await service.person();
    const signedIn = await person.plain(SIGN_IN, { stdin: `${PASSWORD}\r\n123456\r\n` });
    expect(signedIn.code).toBe(0);
    expect(signedIn.stderr).toContain('not used');
  });

  it('ends with sign-out, for this person only', async () => {
    const [one, other] = [await service.person('user7'), await service.person('examiner2')];
    const bare = await one.plain('sign-out');
    expect([bare.stdout, bare.stderr]).toEqual(['Signed out.\n', '']);
    const after = await one.portal('whoami');
    expect([after.code, after.error().type]).toEqual([3, 'not-signed-in']);
    expect((await one.portal('sign-out')).json()).toMatchObject({ signedOut: false });
    expect((await other.portal('whoami')).json()).toMatchObject({ username: address('examiner2') });
  });

  it('says when AMP is still open on this device, and how to end it', async () => {
    const person = await service.person('user7');
    await person.portal(`amp ${SIGN_IN}`, { stdin: `${PASSWORD}\n` });
    const out = await person.plain('sign-out');
    expect(out.stderr).toContain('portal amp sign-out');
    expect((await person.portal('sign-in')).code).toBe(0);
    const open = (await person.portal('sessions')).json<{ here: boolean; amp: boolean; device: string }[]>();
    expect(open.filter(({ amp }) => amp)).toHaveLength(1);
    expect(open.find(({ here }) => here)).toMatchObject({ amp: false, device: expect.stringMatching(/^portal-terminal\//) });
    await person.portal('amp sign-out');
    expect((await person.plain('sign-out')).stderr).toBe('');
  });

  it('ends on every device, for this person only, and not where the service is away', async () => {
    const [here, there, other] = [
      await service.person('user7'), await service.person('user7'), await service.person('examiner2'),
    ];
    const away = await here.portal('sign-out --everywhere --server http://127.0.0.1:1');
    expect([away.code, away.error().type]).toEqual([4, 'unreachable']);
    const ended = await here.portal('sign-out --everywhere');
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(ended.json()).toEqual({ signedOut: true, revoked: true, sessions: expect.any(Number) });
    // Those of the tests before are among them.
    expect(ended.json().sessions).toBeGreaterThanOrEqual(2);
    const again = await here.portal('sign-out --everywhere');
    expect([again.code, again.error().type]).toEqual([3, 'not-signed-in']);
    const left = await there.plain('sign-out --everywhere');
    // Its own sign-in has ended with the others: it can end nothing more.
    expect([left.code, left.stdout]).toEqual([3, '']);
    expect((await there.portal('whoami')).code).toBe(3);
    expect((await other.portal('whoami')).json()).toMatchObject({ username: address('examiner2') });
  });

  it('tells a service that is away from one that was never there', async () => {
    const person = await service.person();
    const away = await person.portal('services --server http://127.0.0.1:1');
    expect([away.code, away.error().type]).toEqual([4, 'unreachable']);
    const env = { PORTAL_SERVER: '' };
    expect((await person.portal('services', { env })).error().detail).toContain('No Portal is running');
    const state = join(person.folder, 'state', 'portal');
    if (!existsSync(state)) mkdirSync(state, { recursive: true });
    writeFileSync(join(state, 'service.json'), JSON.stringify({ url: 'http://127.0.0.1:1', pid: 999_999_999 }));
    const stale = await person.portal('services', { env });
    expect([stale.code, stale.error().detail]).toEqual([4, expect.stringContaining('no longer running')]);
    expect((await person.portal('services --server nonsense')).code).toBe(2);
  });
});
