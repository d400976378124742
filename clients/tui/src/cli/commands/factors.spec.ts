import { describe, expect, it } from '@jest/globals';
import { translator } from '../../platform/i18n/translate.js';
import { sessionsText } from './factors.js';

const at = { startedAt: '2026-11-24T08:00:00Z', lastSeenAt: '2026-11-24T09:55:00Z', endsAt: '2026-11-24T20:00:00Z' };

describe('the table of sign-ins', () => {
  it('has headings, and marks this one, AMP and what stays; devices go by the names that people know', () => {
    const text = sessionsText([
      { ...at, session: 's1', device: 'portal-terminal/0.1.0', kept: true, here: true, amp: false },
      { ...at, session: 's2', device: 'Firefox/131', kept: false, here: false, amp: true },
    ], translator('en'), 'en');
    const [heads = '', one = '', other = ''] = text.split('\n');
    for (const head of ['Sign-in', 'Device', 'Since', 'Last seen', 'Ends', 'Notes']) expect(heads).toContain(head);
    expect(one).toMatch(/^s1 .*Portal 0\.1\.0 .*here, kept$/);
    expect(other).toMatch(/^s2 .*Firefox 131 .*AMP$/);
  });

  it('lets nothing of a device’s name reach the terminal as a command', () => {
    const text = sessionsText([{ ...at, session: 's', device: 'Eve\u001b]52;c;x\u0007/1', kept: false, here: false }], translator('en'), 'en');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});
