import { describe, expect, it } from '@jest/globals';
import type { OpenSession } from '@portal/contract';
import { plainText } from '../../components/paint.js';
import { translator } from '../../platform/i18n/translate.js';
import type { CommonMessage, ViewContext } from '../../platform/screen.js';
import { accountStart, type AccountMessage, type AccountState } from './account.state.js';
import { load, updateAccount } from './account.update.js';
import { viewAccount } from './account.view.js';
import { shortTotpUri } from './totp-uri.js';

const NOW = Date.parse('2026-11-24T10:00:00Z');
const URI = 'otpauth://totp/Appointee%20Portal:user7%40wjec-appointees.co.uk?issuer=Appointee%20Portal&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30';
const session = (id: string, here = false): OpenSession => ({
  session: id, device: `Terminal on ${id}`, startedAt: '2026-11-24T08:00:00Z', lastSeenAt: '2026-11-24T09:55:00Z', kept: !here, here, endsAt: '2026-12-08T08:00:00Z',
});
const after = (state: AccountState, message: AccountMessage | CommonMessage, now = NOW) => updateAccount(state, message, { now });
const key = (name: string): CommonMessage => ({ type: 'key', key: { kind: 'key', name } });
const pressed = (state: AccountState, ...names: readonly string[]) =>
  names.reduce((next, name) => after(next.state, key(name)), { state, effects: [] } as ReturnType<typeof after>);
const shown = (state: AccountState, rows = 20): string => {
  const context = { t: translator('en'), language: 'en', now: NOW } as unknown as ViewContext;
  const frame = viewAccount(state, { columns: 80, rows }, context);
  return [...frame.lines, ...(frame.overlay?.lines ?? [])].map(plainText).join('\n');
};
const listed = after(accountStart({}), { type: 'sessions', sessions: [session('a', true), session('b')] }).state;
const known = after(listed, { type: 'factors', factors: ['totp', 'recovery'], recoveryCodes: 8 }).state;

describe('my sign-ins', () => {
  it('are read with what is asked for besides the password, and nobody is asked anything for it', () => {
    expect(load(accountStart({})).effects).toEqual([{ type: 'account/sessions' }, { type: 'account/factors', quietly: true }]);
    expect(shown(known)).toContain('Terminal on a');
    expect(shown(known)).toContain('stays signed in');
    expect(shown(known)).toContain('Terminal on a · ends 8 Dec 08:00');
    expect(shown(known, 20).split('\n')).toHaveLength(shown(pressed(known, 'end').state, 20).split('\n').length);
    expect(shown(known)).toContain('code from an app · 8 recovery codes left');
    expect(shown(listed)).toContain('Shown when you have proved lately');
  });

  it('are ended one by one, after a question', () => {
    const asked = pressed(known, 'down', 'enter').state;
    expect(shown(asked)).toContain('The sign-in on Terminal on b');
    expect(pressed(asked, 'escape').effects).toEqual([]);
    expect(pressed(asked, 'enter').effects).toEqual([{ type: 'account/end', session: 'b' }]);
    const ended = after(pressed(asked, 'enter').state, { type: 'ended', sentence: { id: 'account.ended' } });
    expect(ended.effects).toContainEqual({ type: 'account/sessions' });
  });

  it('are all ended at once, and this one never by mistake', () => {
    expect(pressed(known, 'enter').state.question).toBeUndefined();
    expect(pressed(known, 'down', 'down', 'enter', 'enter').effects).toEqual([{ type: 'account/everywhere' }]);
  });
});

describe('a factor', () => {
  const totp = after(known, { type: 'setting-up', setUp: { kind: 'totp', secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri: URI } }).state;

  it('from an app is shown as a code that fits 24 rows, and as text', () => {
    expect(pressed(known, 'end', 'up', 'up', 'enter').effects).toEqual([{ type: 'account/begin', factor: 'totp' }]);
    expect(shown(totp)).toContain('█▀▀▀▀▀▀▀█');
    expect(shown(totp)).toContain('JBSW Y3DP');
    expect(shown(totp, 19)).not.toContain('█▀▀▀▀▀▀▀█');
    expect(shown(totp, 19)).toContain('Make it taller');
    expect(shortTotpUri(URI)).toBe('otpauth://totp/Appointee%20Portal:user7@wjec-appointees.co.uk?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
  });

  it('is confirmed by a code; what was typed is not kept, and a refused one is typed again', () => {
    const typed = pressed(totp, '1', '2', '3', '4', '5', '6').state;
    const sent = pressed(typed, 'enter');
    expect(sent.effects).toEqual([{ type: 'account/confirm', factor: 'totp', code: '123456' }]);
    expect(sent.state.field.text).toBe('');
    expect(after(sent.state, { type: 'refused', sentence: { id: 'problem.code-refused' } }).state.setUp).toBeDefined();
  });

  it('brings recovery codes, shown until Enter and never again', () => {
    const codes = after(totp, { type: 'set-up', codes: ['aaaa-bbbb', 'cccc-dddd'] }).state;
    expect(shown(codes)).toContain('aaaa-bbbb    cccc-dddd');
    for (const name of ['enter', 'escape']) {
      const asked = pressed(codes, name).state;
      expect(shown(asked)).toContain('They are not shown again.');
      expect(shown(pressed(asked, 'escape').state)).toContain('aaaa-bbbb');
      expect(JSON.stringify(pressed(asked, 'enter').state)).not.toContain('aaaa');
    }
  });

  it('by SMS begins with a number, written with its country', () => {
    const phone = pressed(known, 'end', 'up', 'enter').state;
    const typed = pressed(phone, ...'+447700900123').state;
    expect(pressed(typed, 'enter').effects).toEqual([{ type: 'account/phone', phone: '+447700900123' }]);
  });

  it('on a device goes on by itself once it is paired', () => {
    const app = after(known, { type: 'setting-up', setUp: { kind: 'app', uri: 'portal-authenticator:pair/x/http://127.0.0.1:4000', expiresAt: '2026-11-24T10:10:00Z', secondsLeft: 0 } }).state;
    expect(shown(app)).toContain('Valid for 10 minutes more.');
    expect(after(app, { type: 'tick' }, NOW).effects).toEqual([{ type: 'account/factors', quietly: true }]);
    expect(pressed({ ...app, factors: { factors: [], recoveryCodes: 0 } }, 'enter').state.problem?.id).toBe('account.not-paired');
    const paired = after(app, { type: 'factors', factors: ['app', 'totp', 'recovery'], recoveryCodes: 8 });
    expect(paired.state.setUp).toBeUndefined();
    const first = after({ ...app, factors: { factors: [], recoveryCodes: 0 } }, { type: 'factors', factors: ['app'], recoveryCodes: 0 });
    expect(first.effects).toEqual([{ type: 'account/begin', factor: 'recovery' }]);
  });
});

describe('the set-up of an account', () => {
  it('asks for a factor first, and ends at All services', () => {
    const start = after(accountStart({ isSetUp: true }), { type: 'factors', factors: [], recoveryCodes: 0 }).state;
    expect(shown(start)).toContain('How will you prove that it is you?');
    expect(shown(start)).not.toContain('Sign out everywhere');
    expect(pressed(start, 'enter').effects).toEqual([{ type: 'account/begin', factor: 'app' }]);
    const codes = after(start, { type: 'set-up', codes: ['aaaa'] }).state;
    expect(pressed(codes, 'enter', 'enter').effects).toContainEqual({ type: 'back' });
  });

  it('is not passed by: who leaves without a second way is asked, and signed out', () => {
    const none = after(accountStart({ isSetUp: true }), { type: 'factors', factors: [], recoveryCodes: 0 }).state;
    const asked = pressed(none, 'escape');
    expect(asked.effects).toEqual([]);
    expect(shown(asked.state)).toContain('you are signed out on this device');
    expect(pressed(asked.state, 'escape').effects).toEqual([]);
    expect(pressed(asked.state, 'enter').effects).toEqual([{ type: 'account/leave' }]);
    expect(shown(none)).not.toContain('Go on to All services');
    expect(pressed(accountStart({ isSetUp: true }), 'escape').state.question).toEqual({ kind: 'leave' });
    const one = after(none, { type: 'factors', factors: ['totp'], recoveryCodes: 0 }).state;
    expect(shown(one)).toContain('Go on to All services');
    expect(pressed(one, 'escape').effects).toEqual([{ type: 'back' }]);
  });
});
