import { describe, expect, it } from '@jest/globals';
import type { ModerationEvent } from '../moderation/events.js';
import { allocate, approve, at, byAda, byPam, close, complete, enter, FOUR, opened, reasonOf, receive, reviewed, submit, told, toSubmission } from '../testing/one-moderation.js';
import { centreMarkChanges } from './centre-mark-changes.js';
import { moderationHistoryOf } from './moderation-history.js';
import { returnedIn } from './moderation-returned.js';
import type { Recorded } from './view.js';

const recorded = (events: readonly ModerationEvent[]): readonly Recorded[] =>
  events.map((event, revision) => ({
    ...event,
    id: `id-${revision}`,
    stream: 'moderation-3000N1@2017-06-68101',
    revision,
    position: String(revision),
    metadata: { actor: 'anna', capacity: 'moderator', session: 's', recordedAt: `2017-05-01T00:00:${String(revision).padStart(2, '0')}Z` },
  }));

const wanted = (candidate: string, typed: string, text: string) =>
  ({ type: 'RequestCentreMarkChange', ...byAda, ...at(candidate), typed, reason: reasonOf(text) }) as const;

describe('the history of a moderated candidate', () => {
  const said = (candidate: string, events: readonly ModerationEvent[]) =>
    moderationHistoryOf(at(candidate), recorded(events)).map(({ type, from, to }) => [type, from, to]);

  it('tells what happened to them, and to their centre', () => {
    const past = told(...opened, enter('0001', '16'), enter('0002', '25'), enter('0001', 'CLEAR'), ...reviewed(5), complete, submit);
    expect(said('0001', [...past, ...told(...toSubmission(5), approve(told(...toSubmission(5)).length - 2)).slice(-1)])).toEqual([
      ['ModeratorAllocated', undefined, undefined],
      ['CentreMarksReceived', undefined, 10],
      ['CentreMarksSubmitted', undefined, undefined],
      ['SampleDrawn', undefined, undefined],
      ['ModeratorMarkEntered', undefined, 16],
      ['ModeratorMarkCleared', 16, undefined],
      ['ModeratorMarkEntered', undefined, 15],
      ['OutcomeComputed', 10, 15],
      ['ModerationSubmitted', undefined, undefined],
      ['OutcomeApproved', undefined, undefined],
    ]);
  });

  it('says who has the centre, why, and nothing of others', () => {
    const past = told(allocate, receive({ ...FOUR, '0005': 'ABS' }), close, wanted('0005', '12', 'c-1'));
    const [allocated] = moderationHistoryOf(at('0005'), recorded(past));
    expect(allocated).toMatchObject({ event: 'id-0', actor: 'anna', position: '0', toExaminer: 'anna', reason: undefined });
    expect(moderationHistoryOf(at('0005'), recorded(past)).at(-1)).toMatchObject({ type: 'CentreMarkChangeRequested', to: 12, reason: { text: 'c-1' } });
    expect(said('0005', past).map(([type]) => type)).not.toContain('SampleDrawn');
    expect(said('0004', past).map(([type]) => type)).not.toContain('CentreMarkChangeRequested');
  });

  it('is in points, also where marks are counted in halves', () => {
    const past = told(allocate, receive({ '0001': '10.5', '0002': '7' }, { maximum: 40, halfMarks: true }), close, enter('0001', '11.5'));
    expect(said('0001', past)).toEqual(expect.arrayContaining([['CentreMarksReceived', undefined, 10.5], ['ModeratorMarkEntered', undefined, 11.5]]));
  });
});

describe('changes of a centre’s marks', () => {
  it('are listed with what stood when they were asked for', () => {
    const asked = told(...opened, wanted('0001', '12', 'c-1'), wanted('0009', 'CF', 'c-2'), wanted('0001', '14', 'c-3'));
    const [first, late] = [asked.length - 3, asked.length - 2];
    const past = told(
      ...opened, wanted('0001', '12', 'c-1'), wanted('0009', 'CF', 'c-2'), wanted('0001', '14', 'c-3'),
      { type: 'ApproveCentreMarkChange', ...byPam, change: first },
      { type: 'RefuseCentreMarkChange', ...byPam, change: late, reason: reasonOf('c-4') },
      wanted('0001', 'ABS', 'c-5'),
    );
    expect(centreMarkChanges(recorded(past)).map(({ candidate, kind, from, to, state, by }) => [candidate, kind, from, to, state, by])).toEqual([
      ['0001', 'amendment', 10, 12, 'approved', 'ada'],
      ['0009', 'late', undefined, 'CF', 'refused', 'ada'],
      ['0001', 'amendment', 10, 14, 'requested', 'ada'],
      ['0001', 'amendment', 12, 'ABS', 'requested', 'ada'],
    ]);
    expect(centreMarkChanges(recorded(past))[0]).toMatchObject({ change: first, centre: '68101', reason: { text: 'c-1' } });
  });

  it('that a return has made void are not', () => {
    const past = told(...opened, wanted('0001', '12', 'c-1'), { type: 'ReturnCentreMarks', ...byPam, reason: reasonOf('c-2') });
    expect(centreMarkChanges(recorded(past))).toEqual([]);
  });
});

describe('what was given back', () => {
  const [outcome, marks] = ['outcome', 'marks'].map(reasonOf) as [ReturnType<typeof reasonOf>, ReturnType<typeof reasonOf>];
  const returned = { type: 'OutcomeReturned', data: { moderator: 'ada', outcome: 1, reason: outcome } } as const;
  const voided = { type: 'CentreMarksReturned', data: { moderator: 'ada', reason: marks, voided: { sample: 0, reports: 0, remaining: 0 } } } as const;
  const submitted = { type: 'ModerationSubmitted', data: { moderator: 'ada', outcome: 1, late: false } } as const;
  const closed = { type: 'CentreMarksSubmitted', data: { moderator: 'ada', entered: 0, cfAbs: 0 } } as const;

  it('is the last of it, until something is submitted', () => {
    const said = (...events: readonly ModerationEvent[]) => returnedIn(recorded(events));
    expect(said(submitted)).toBeUndefined();
    expect(said(submitted, returned)).toEqual({ reason: outcome, actor: 'anna', at: '2017-05-01T00:00:01Z' });
    expect(said(submitted, returned, voided)).toEqual({ reason: marks, actor: 'anna', at: '2017-05-01T00:00:02Z' });
    expect([said(returned, submitted), said(returned, voided, closed)]).toEqual([undefined, undefined]);
  });
});
