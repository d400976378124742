import { describe, expect, it } from '@jest/globals';
import type { CommonMessage, ViewContext } from '../../platform/screen.js';
import { translator } from '../../platform/i18n/translate.js';
import { signInStart, type SignInMessage, type SignInScreenState } from './sign-in.state.js';
import { updateSignIn } from './sign-in.update.js';
import { viewSignIn } from './sign-in.view.js';

const NOW = Date.parse('2026-11-24T10:00:00Z');
const second = {
  factor: 'app', factors: ['app', 'totp', 'recovery'], number: '42', expiresAt: '2026-11-24T10:01:00Z',
} as const;

const start: SignInScreenState = { ...signInStart({}), page: 'password', focus: 'password', isBusy: true };
const after = (state: SignInScreenState, message: SignInMessage | CommonMessage, now = NOW) => updateSignIn(state, message, { now });
const key = (name: string): CommonMessage => ({ type: 'key', key: { kind: 'key', name } }) as CommonMessage;
const shown = (state: SignInScreenState): string => {
  const context = { t: translator('en') } as unknown as ViewContext;
  // What a terminal of 24 rows leaves to a page.
  const { lines } = viewSignIn(state, { columns: 80, rows: 20 }, context);
  return lines.map(line => (typeof line === 'string' ? line : line.map(span => (typeof span === 'string' ? span : span.text)).join(''))).join('\n');
};

describe('the page of the number', () => {
  const page = after(start, { type: 'asked', second }).state;

  it('shows it large with the seconds left, and the words of the brief', () => {
    const text = shown(page);
    expect(text).toContain('Approve sign-in request');
    expect(text).toContain('█   █  █████');
    expect(text).toContain('Number 42, for 60 seconds more.');
    expect(text).toContain('No numbers in your app? Make sure to upgrade to the latest version.');
    expect(text).toContain('I can’t use my Authenticator app right now');
    expect(text).toContain('More information');
    expect(text.split('\n').length).toBeLessThanOrEqual(22);
  });

  it('asks every second whether somebody has answered, and nothing moves while nobody has', () => {
    const { state, effects } = after(page, { type: 'tick' }, NOW + 1000);
    expect(effects).toEqual([{ type: 'sign-in/approve' }]);
    expect(state.second?.secondsLeft).toBe(59);
    const moved = { ...state, focus: 'more' } as const;
    expect(after(moved, { type: 'asked', second }, NOW + 1500).state).toEqual(moved);
  });

  it('stops asking once it was denied or has expired, and offers a new number', () => {
    const { state } = after(page, { type: 'refused', sentence: { id: 'problem.approval-denied' }, startsAgain: false });
    expect(state.page).toBe('approve');
    expect(after(state, { type: 'tick' }).effects).toEqual([]);
    expect(shown(state)).toContain('This number is over.');
    const asked = after({ ...state, focus: 'once-more' }, key('enter'));
    expect(asked.effects).toEqual([{ type: 'sign-in/factor', factor: 'app' }]);
    expect(after(asked.state, { type: 'asked', second: { ...second, number: '07' } }).state.second?.hasEnded).toBe(false);
  });

  it('leads to the other ways that are set up, and back', () => {
    const ways = after(page, key('enter')).state;
    expect(ways.page).toBe('factors');
    expect(shown(ways)).toContain('Use a recovery code');
    expect(shown(ways)).not.toContain('SMS');
    const chosen = after({ ...ways, focus: 'by-totp' }, key('enter'));
    expect(chosen.effects).toEqual([{ type: 'sign-in/factor', factor: 'totp' }]);
    expect(after(ways, key('escape')).state.page).toBe('approve');
  });
});

describe('the page of a code', () => {
  it('takes what is typed, sends it, and forgets it', () => {
    const asked = after(start, { type: 'asked', second: { factor: 'sms', factors: ['sms'], sentTo: '••67' } }).state;
    expect(shown(asked)).toContain('••67');
    const typed = ['1', '2', '3', '4', '5', '6'].reduce((state, name) => after(state, key(name)).state, asked);
    const sent = after(typed, key('enter'));
    expect(sent.effects).toEqual([{ type: 'sign-in/code', code: '123456' }]);
    expect(sent.state.code.text).toBe('');
    expect(after(asked, key('enter')).state.problem?.id).toBe('sign-in.code-missing');
  });
});

describe('a demonstration', () => {
  const username = 'user7@wjec-appointees.co.uk';
  const one = (name: string, factor?: 'app' | 'sms') =>
    ({ username: `${name}@wjec-appointees.co.uk`, displayName: 'PORTAL Test User', roles: ['appointee'], password: 'abcde-abcde-abcde-abcde', ...(factor && { factor }) });
  const eight = [one('user7', 'app'), one('examiner2', 'sms'), ...['c', 'd', 'e', 'f', 'g', 'h'].map(name => one(name, 'app'))];
  const HOW = 'Approve in a second terminal: npm run authenticator -- --demo user7';

  it('says on its first page how to approve, above every account, in twenty rows; and nothing where a password is enough', () => {
    const text = shown({ ...signInStart({ credentials: eight, server: 'http://127.0.0.1:4100' }), page: 'landing' }).split('\n');
    expect(text.findIndex(line => line.includes(HOW))).toBeGreaterThan(0);
    expect(text.some(line => line.includes('SMS for examiner2'))).toBe(true);
    expect(text.findIndex(line => line.includes('h@wjec-appointees.co.uk'))).toBeLessThan(20);
    expect(shown(signInStart({ credentials: [one('user7')] }))).not.toContain('second terminal');
  });

  it('says it again beside the number, to whoever signs in', () => {
    const page = after({ ...start, username: { text: username, cursor: 0 }, credentials: eight }, { type: 'asked', second }).state;
    expect(shown(page)).toContain(HOW);
    expect(shown({ ...page, credentials: [] })).not.toContain('second terminal');
  });
});
