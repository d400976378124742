import { describe, expect, it } from '@jest/globals';
import type { SignInLogEntry } from '@portal/contract';
import { plainText } from '../../components/paint.js';
import { translator } from '../../platform/i18n/translate.js';
import type { CommonMessage, ViewContext } from '../../platform/screen.js';
import { signInLogScreen } from './sign-in-log.screen.js';
import { selectedOf, shownEntries, signInLogStart, updateSignInLog, type SignInLogMessage, type SignInLogState } from './sign-in-log.state.js';

const entry = (position: number, more: Partial<SignInLogEntry> = {}): SignInLogEntry => ({
  event: `e-${position}`, type: 'SignedIn', recordedAt: '2017-01-30T09:00:00.000Z', person: 'Anna', username: 'anna', by: null,
  session: null, device: null, amr: null, factor: null, reason: null, position: String(position), ...more,
});
const after = (state: SignInLogState, message: SignInLogMessage | CommonMessage) => updateSignInLog(state, message, { size: { columns: 80, rows: 20 } });
const key = (name: string): CommonMessage => ({ type: 'key', key: { kind: 'key', name } });
const page = (from: number, count: number) => Array.from({ length: count }, (_, index) => entry(from - index));

describe('the sign-in log', () => {
  it('reads on where it ended, as long as pages are full', () => {
    const first = signInLogStart();
    expect(first.effects).toEqual([{ type: 'sign-in-log/load', limit: 200 }]);
    const full = after(first.state, { type: 'loaded', entries: page(500, 200) }).state;
    expect(after(full, key('m')).effects).toEqual([{ type: 'sign-in-log/load', limit: 200, before: '301' }]);
    const all = after(full, { type: 'loaded', entries: page(300, 3), before: '301' }).state;
    expect(shownEntries(all)).toHaveLength(203);
    expect(after(all, key('m')).effects).toMatchObject([{ type: 'bell' }, { type: 'say' }]);
  });

  it('is filtered by whatever stands in it, and opened one by one', () => {
    const some = after(signInLogStart().state, { type: 'loaded', entries: [entry(2), entry(1, { person: 'Bryn', reason: 'wrong-number' })] }).state;
    const filtered = ['/', ...'wrong', 'enter'].reduce((state, name) => after(state, key(name)).state, some);
    expect(selectedOf(filtered)?.person).toBe('Bryn');
    const open = after(filtered, key('enter')).state;
    expect(open.isOpen).toBe(true);
    const closed = after(open, key('escape')).state;
    expect(after(closed, key('escape')).effects).toEqual([]);
    expect(after(after(closed, key('escape')).state, key('escape')).effects).toEqual([{ type: 'back' }]);
  });

  it('cuts no time in either language, and calls the service by its name', () => {
    const entries = [entry(2, { recordedAt: '2017-02-28T20:17:00Z', by: 'process:identity' }), entry(1, { recordedAt: '2017-09-28T19:17:00Z' })];
    const { state } = after(signInLogStart().state, { type: 'loaded', entries });
    const text = shown(state, 'en');
    expect([text.includes('28 Feb 20:17'), text.includes('28 Sept 20:17'), text.includes('by the Portal')]).toEqual([true, true, true]);
    expect(shown(state, 'cy')).toContain('28 Chwef 20:17');
  });

  it('says the longest address whole', () => {
    const username = `${'llanfairpwll.'.repeat(8)}@wjec-appointees.co.uk`;
    const { state } = after(signInLogStart().state, { type: 'loaded', entries: [entry(1, { username })] });
    expect(shown({ ...state, isOpen: true }, 'en').replaceAll('\n', '')).toContain(username);
  });
});

function shown(state: SignInLogState, language: 'en' | 'cy'): string {
  const context = { t: translator(language), language, now: 0 } as unknown as ViewContext;
  const frame = signInLogScreen.view(state, { columns: 80, rows: 20 }, context);
  return (frame.overlay?.lines ?? frame.lines).map(plainText).join('\n');
}
