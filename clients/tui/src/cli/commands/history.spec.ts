import { describe, expect, it } from '@jest/globals';
import type { HistoryEntry } from '@portal/contract';
import { translator } from '../../platform/i18n/translate.js';
import { historyText } from './history.js';

const entry = (change: Partial<HistoryEntry>): HistoryEntry => ({
  event: 'e', type: 'MarkEntered', recordedAt: '2017-01-30T12:00:00.000Z', actor: 'PORTAL Test User 7', capacity: 'examiner',
  session: 's', from: null, to: 34, reason: null, position: '1', enteredAt: null, queuedMs: null, fromExaminer: null, toExaminer: null,
  ...change,
});
const shown = (change: Partial<HistoryEntry>): string => historyText([entry(change)], translator('en'), 'en').split('\n')[1]!;

describe('a history as text', () => {
  it('shows both times', () => {
    const row = shown({ enteredAt: '2017-01-30T11:59:58.000Z', queuedMs: 1500 });
    expect(row).toBe('30 Jan 2017 12:00:00  30 Jan 2017 11:59:58  MarkEntered        34  PORTAL Test User 7  examiner');
  });

  it('marks a clock that differs, and tells it from a mark that waited to be sent', () => {
    expect(shown({ enteredAt: '2017-01-30T10:00:00.000Z', queuedMs: 500 })).toContain('30 Jan 2017 10:00:00 ≠ clock 2 h slow');
    expect(shown({ enteredAt: '2017-01-30T12:05:00.000Z', queuedMs: null })).toContain('30 Jan 2017 12:05:00 ≠ clock 5 min fast');
    const waited = shown({ enteredAt: '2017-01-30T10:00:00.000Z', queuedMs: 7_200_000 });
    expect(waited).toContain('30 Jan 2017 10:00:00 queued 2 h');
    expect(waited).not.toContain('≠');
  });

  it('names whom a candidate was moved from and to', () => {
    const row = shown({ type: 'MarkSheetReallocated', to: null, fromExaminer: 'PORTAL Test User 7', toExaminer: 'PORTAL Test User 8' });
    expect(row).toMatch(/MarkSheetReallocated {2}PORTAL Test User 7 {2}PORTAL Test User 8/);
  });
});
