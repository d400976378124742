import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.js';
import { moderation } from '../moderation/decide.js';
import type { ModerationEvent } from '../moderation/events.js';
import { allocate, approve, close, complete, enter, FOUR, opened, receive, submit, told, toSubmission } from '../testing/one-moderation.js';
import { moderationOutcome, verdictOf } from './moderation-outcome.js';
import { sampleOf } from './moderation-sample.js';
import type { Recorded } from './view.js';

const recorded = (events: readonly ModerationEvent[]): readonly Recorded[] =>
  events.map((event, revision) => ({
    ...event,
    id: `id-${revision}`,
    stream: 'moderation-3000N1@2017-06-68101',
    revision,
    position: '',
    metadata: { recordedAt: `2017-05-01T00:00:${String(revision).padStart(2, '0')}Z` },
  }));

describe('a sample', () => {
  it('shows both marks, when the second was saved, and what a command must quote', () => {
    const sample = sampleOf(recorded(told(...opened, enter('0002', '22'))));
    expect(sample).toMatchObject({ revision: 4, centres: ['68101'], maximum: 60, rule: 'jcq-classic', seed: 's-1', state: 'reviewing', moderator: 'anna' });
    expect(sample.rows.map(({ candidate, centreMark, moderatorMark, savedAt, revision }) => [candidate, centreMark, moderatorMark, savedAt, revision])).toEqual([
      ['0001', 10, undefined, undefined, 3],
      ['0002', 20, 22, '2017-05-01T00:00:04Z', 4],
      ['0003', 30, undefined, undefined, 3],
      ['0004', 40, undefined, undefined, 3],
    ]);
    expect(sampleOf([])).toMatchObject({ revision: -1, rows: [], state: 'awaiting-marks' });
  });

  it('is in points, also where marks are counted in halves', () => {
    const half = { maximum: 40, halfMarks: true };
    const past = told(allocate, receive({ '0001': '10.5', '0002': '7' }, half), close, enter('0001', '11.5'));
    expect(sampleOf(recorded(past))).toMatchObject({ maximum: 40, rows: [{ centreMark: 10.5, moderatorMark: 11.5 }, { centreMark: 7 }] });
  });
});

describe('an outcome', () => {
  const withAbsent = [allocate, receive({ ...FOUR, '0005': 'ABS' }), close] as const;
  const marks = (more: number) => Object.entries(FOUR).map(([number, typed]) => enter(number, String(Number(typed) + more)));
  const adjustedOf = (events: readonly ModerationEvent[]) => moderationOutcome(recorded(events)).rows.map(({ adjusted }) => adjusted);

  it('is pending, computed, and approved', () => {
    expect(moderationOutcome(recorded(told(...opened)))).toMatchObject({ stage: 'pending', outcome: undefined, flags: [] });
    const past = told(...toSubmission(5));
    const outcome = past.length - 2;
    expect(moderationOutcome(recorded(past))).toMatchObject({ stage: 'adjusted', outcome, isApproved: false, method: 'ols', tolerance: 3, a: '5', b: '1', rho: '1' });
    expect(moderationOutcome(recorded(told(...toSubmission(5), approve(outcome))))).toMatchObject({ isApproved: true });
  });

  it('says what stands for everybody, adjusted or not', () => {
    expect(adjustedOf(told(...withAbsent, ...marks(5), complete, submit))).toEqual([15, 25, 35, 45, 'ABS']);
    expect(adjustedOf(told(...withAbsent, ...marks(2), complete, submit))).toEqual([10, 20, 30, 40, 'ABS']);
    expect(adjustedOf(told(...withAbsent))).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it('may be looked at before it is one', () => {
    const settings = { maximum: 60, halfMarks: false, tolerance: 3, method: 'ols' } as const;
    const soFar = fold(moderation, told(...opened, enter('0001', '15'), enter('0002', '25'), enter('0003', '35')));
    expect(verdictOf(soFar, settings)).toMatchObject({ isPending: true, stage: 'adjusted', a: '5' });
    expect(verdictOf(fold(moderation, told(...opened, ...marks(0))), settings)).toMatchObject({ isPending: false, stage: 'accepted' });
  });
});
