import { describe, expect, it } from '@jest/globals';
import type { MarkSheetEvent } from '../mark-sheet/events.js';
import { historyOf } from './history.js';
import { sheetOf } from './sheet.js';

const first = { candidate: '0001', examiner: 'anna' } as const;
const at = (minute: number): string => `2017-01-20T10:0${minute}:00Z`;

const log = (
  [
    {
      type: 'MarkSheetAllocated',
      data: {
        component: '9521/01@2017-01',
        centre: '68101',
        examiner: 'anna',
        maximum: 160,
        halfMarks: true,
        candidates: ['0001', '0002'],
      },
    },
    { type: 'MarkEntered', data: { ...first, mark: 15, unit: 'half' } },
    { type: 'MarkEntered', data: { candidate: '0002', examiner: 'anna', mark: 20, unit: 'half' } },
    { type: 'MarkCorrected', data: { ...first, from: 15, mark: 16, unit: 'half' } },
    { type: 'ConcernRaised', data: { ...first, kind: 'illegible' } },
    {
      type: 'MarksSubmitted',
      data: {
        submission: 's-1',
        examiner: 'anna',
        candidates: [{ candidate: '0001', mark: 16 }],
        late: false,
        unit: 'half',
      },
    },
  ] as const satisfies readonly MarkSheetEvent[]
).map((event, index) => ({
  ...event,
  id: `id-${index}`,
  stream: 'markSheet-9521%2F01@2017-01-68101',
  revision: index,
  position: `p${index}`,
  metadata: {
    actor: 'anna',
    capacity: 'examiner',
    session: 's',
    recordedAt: at(index),
    ...(index === 1 ? { enteredAt: at(0), queuedMs: 60000 } : {}),
  },
}));

describe('the history of a candidate', () => {
  it('tells every change with the mark before and after, in points, oldest first', () => {
    const told = historyOf('0001', log).map(({ event, type, from, to, reason }) => [
      event,
      type,
      from,
      to,
      reason,
    ]);
    expect(told).toEqual([
      ['id-0', 'MarkSheetAllocated', undefined, undefined, undefined],
      ['id-1', 'MarkEntered', undefined, 7.5, undefined],
      ['id-3', 'MarkCorrected', 7.5, 8, undefined],
      ['id-4', 'ConcernRaised', 8, 8, 'illegible'],
      ['id-5', 'MarksSubmitted', 8, 8, undefined],
    ]);
    expect(historyOf('0001', log)[1]).toMatchObject({
      actor: 'anna',
      recordedAt: at(1),
      enteredAt: at(0),
      queuedMs: 60000,
      position: 'p1',
    });
    expect(historyOf('0009', log)).toEqual([]);
  });
});

describe('a sheet', () => {
  it('shows marks in points and when the present value was saved', () => {
    const { rows, ...sheet } = sheetOf(log, 'anna');
    expect(sheet).toEqual({
      revision: 5,
      component: '9521/01@2017-01',
      centre: '68101',
      maximum: 80,
      halfMarks: true,
    });
    expect(rows).toMatchObject([
      { candidate: '0001', state: 'submitted', mark: 8, savedAt: at(3), revision: 5 },
      { candidate: '0002', state: 'entered', mark: 10, savedAt: at(2), revision: 2 },
    ]);
    expect(sheetOf(log, 'bryn').rows).toEqual([]);
  });
});
