import { describe, expect, it } from '@jest/globals';
import type { CommonMessage, ViewContext } from '../../platform/screen.js';
import { translator } from '../../platform/i18n/translate.js';
import { plainText } from '../../components/paint.js';
import { signInStart, type SignInMessage, type SignInScreenState } from './sign-in.state.js';
import { updateSignIn } from './sign-in.update.js';
import { viewSignIn } from './sign-in.view.js';

const NOW = Date.parse('2026-11-24T10:00:00Z');
const after = (state: SignInScreenState, message: SignInMessage | CommonMessage, now = NOW) => updateSignIn(state, message, { now });
const key = (name: string): CommonMessage => ({ type: 'key', key: { kind: 'key', name } });
const pressed = (state: SignInScreenState, ...names: readonly string[]) =>
  names.reduce((next, name) => after(next.state, key(name)), { state, effects: [] } as ReturnType<typeof after>);
const typed = (state: SignInScreenState, text: string) => pressed(state, ...text).state;
const shown = (state: SignInScreenState, rows = 20): string => {
  const context = { t: translator('en') } as unknown as ViewContext;
  return viewSignIn(state, { columns: 80, rows }, context).lines.map(plainText).join('\n');
};
const start: SignInScreenState = { ...signInStart({}), page: 'options', focus: 'in-terminal' };
const device = { type: 'elsewhere', way: 'device', address: 'https://portal.example/device?user_code=BCDF-GHJK', userCode: 'BCDF-GHJK', expiresAt: '2026-11-24T10:10:00Z' } as const;

describe('the sign-in options', () => {
  it('lead to the terminal, to the browser, and to another device', () => {
    expect(pressed(start, 'enter').state.page).toBe('username');
    expect(pressed(start, 'tab', 'enter').effects).toEqual([{ type: 'sign-in/browser' }]);
    expect(pressed(start, 'tab', 'tab', 'enter').effects).toEqual([{ type: 'sign-in/device' }]);
  });

  it('show the code to scan and to compare, count down, and say when it is over', () => {
    const page = after(pressed(start, 'tab', 'tab', 'enter').state, device).state;
    expect(shown(page)).toContain('█████████');
    expect(shown(page)).toContain('BCDF-GHJK');
    expect(shown(page)).toContain('Valid for 10 minutes more.');
    const over = after(page, { type: 'tick' }, NOW + 600_000).state;
    expect(shown(over)).toContain('This is over');
    expect(shown(over)).not.toContain('█████████');
    expect(pressed(over, 'shift-tab', 'enter').effects).toEqual([{ type: 'sign-in/device' }]);
  });

  it('draw no part of a code where there is no room for all of it', () => {
    const page = after(pressed(start, 'tab', 'tab', 'enter').state, device).state;
    expect(shown(page, 12)).not.toContain('█████████');
    expect(shown(page, 12)).toContain('BCDF-GHJK');
  });

  it('stop waiting when the page is left, and bring nobody back to it', () => {
    const page = after(pressed(start, 'tab', 'enter').state, { ...device, way: 'browser' }).state;
    const left = pressed(page, 'escape');
    expect(left.effects).toEqual([{ type: 'sign-in/cancel' }]);
    expect(left.state.page).toBe('options');
    const gone = pressed(left.state, 'enter').state;
    expect(after(gone, device).state.page).toBe('username');
  });

  it('stay where a way is refused', () => {
    const sentence = { id: 'problem.unreachable' } as const;
    expect(after(pressed(start, 'tab', 'enter').state, { type: 'refused', sentence, startsAgain: true }).state.page).toBe('options');
  });
});

describe('an invitation', () => {
  const page: SignInScreenState = { ...start, page: 'invitation', focus: 'invitation' };
  const filled = (again: string) => {
    const first = pressed(typed(page, 'abc'), 'enter').state;
    const second = pressed(typed(first, 'correct-horse-battery'), 'enter').state;
    return typed(second, again);
  };

  it('is sent with a password typed twice alike', () => {
    const sent = pressed(filled('correct-horse-battery'), 'enter');
    expect(sent.effects).toEqual([{ type: 'sign-in/redeem', invitation: 'abc', password: 'correct-horse-battery' }]);
    const differs = pressed(filled('correct-horse-batterz'), 'enter');
    expect(differs.effects).toEqual([]);
    expect(differs.state.problem?.id).toBe('sign-in.password-differs');
  });

  it('says that a password is too short before it is asked for again', () => {
    const short = pressed(typed(pressed(typed(page, 'abc'), 'enter').state, 'elevenchars'), 'enter').state;
    expect(short).toMatchObject({ focus: 'chosen', problem: { id: 'sign-in.password-short' } });
    expect(pressed(typed(short, '!'), 'enter').state).toMatchObject({ focus: 'chosen-again', problem: undefined });
  });

  it('keeps what was typed when it is refused, and forgets it when the page is left', () => {
    const sent = pressed(filled('correct-horse-battery'), 'enter').state;
    const refused = after(sent, { type: 'refused', sentence: { id: 'problem.password-common' }, startsAgain: false }).state;
    expect(refused).toMatchObject({ page: 'invitation', invitation: { text: 'abc' } });
    expect(pressed(refused, 'escape').state.chosen.text).toBe('');
  });

  it('shows neither password', () => {
    expect(shown(filled('correct-horse-battery'))).not.toContain('correct');
  });
});

describe('a forgotten password', () => {
  it('asks for a code, and with it for a new password', () => {
    const page = typed({ ...start, page: 'forgotten', focus: 'username' }, 'user7');
    const asked = pressed(page, 'enter');
    expect(asked.effects).toEqual([{ type: 'sign-in/forgotten', username: 'user7' }]);
    const reset = after(asked.state, { type: 'code-sent' }).state;
    const chosen = typed(pressed(typed(pressed(typed(reset, '12345678'), 'enter').state, 'correct-horse-battery'), 'enter').state, 'correct-horse-battery');
    expect(pressed(chosen, 'enter').effects).toEqual([{ type: 'sign-in/reset', code: '12345678', password: 'correct-horse-battery' }]);
    const done = after(chosen, { type: 'password-reset', username: 'user7' });
    expect(done.state).toMatchObject({ page: 'username', username: { text: 'user7' }, chosen: { text: '' } });
  });
});
