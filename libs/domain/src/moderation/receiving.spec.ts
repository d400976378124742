import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.js';
import { given } from '../testing.js';
import { allocate, ANNA, at, BRYN, byAda, byAnna, byPam, CENTRE, close, COMPONENT, enter, FOUR, opened, PAM, reasonOf, receive, reviewed, told } from '../testing/one-moderation.js';
import { candidateAt } from './candidates.js';
import { moderation } from './decide.js';
import type { ModerationEvent } from './events.js';
import { phaseOf, standingOf } from './state.js';

const nothing = { sample: 0, reports: 0, remaining: 0, entered: 0, cfAbs: 0 };

describe('allocating', () => {
  it('gives a centre to a moderator, before its marks have come or after', () => {
    const allocated = (standing: object): ModerationEvent => ({
      type: 'ModeratorAllocated',
      data: { component: COMPONENT, centres: [CENTRE], moderator: ANNA, standing: { centres: 1, ...nothing, ...standing } },
    });
    given(moderation, []).when(allocate).records([allocated({})]);
    given(moderation, told(allocate)).when(allocate).recordsNothing();
    given(moderation, told(receive(FOUR), close)).when(allocate).records([allocated({ sample: 4, remaining: 4, entered: 4 })]);
    given(moderation, told(allocate)).when({ ...allocate, moderator: BRYN }).refuses({ reason: 'AlreadyModerated', moderator: ANNA });
    given(moderation, told(allocate)).when({ ...allocate, centres: [CENTRE, '68102'] }).refuses({ reason: 'SettingMalformed', field: 'centres' });
    given(moderation, []).when({ ...allocate, centres: ['1'] }).refuses({ reason: 'CentreUnknown', centre: '1' });
    given(moderation, []).when({ ...allocate, ...byPam }).refuses({ reason: 'NotPermitted', role: 'principal' });
  });

  it('moves it by a senior of both, who says what becomes of marks not submitted', () => {
    const move = { type: 'ReallocateModerator', ...byPam, to: BRYN, seniorTo: [ANNA, BRYN], teamRevision: 7 } as const;
    const standing = { ...nothing, centres: 1, sample: 4, entered: 4 };
    const moved = (remaining: number): ModerationEvent => ({
      type: 'ModeratorReallocated',
      data: { from: ANNA, to: BRYN, standing: { ...standing, remaining }, teamRevision: 7 },
    });
    given(moderation, told(...opened)).when(move).records([moved(4)]);
    given(moderation, [...told(...opened), moved(4)]).when(move).recordsNothing();
    given(moderation, told(...opened)).when({ ...move, seniorTo: [ANNA] }).refuses({ reason: 'NotSenior', person: BRYN });
    // One's own centre may be given away, and a junior's taken over.
    given(moderation, told(...opened)).when({ ...move, actor: ANNA, role: 'principal', seniorTo: [BRYN] }).records([moved(4)]);
    given(moderation, told(...opened)).when({ ...move, actor: BRYN, role: 'principal', seniorTo: [ANNA] }).records([moved(4)]);
    given(moderation, told(receive(FOUR))).when(move).refuses({ reason: 'NobodyAllocated' });
    const marked = told(...opened, enter('0001', '12'));
    given(moderation, marked).when(move).refuses({ reason: 'EnteredMarksRemain', candidates: ['68101/0001'] });
    given(moderation, marked).when({ ...move, entered: 'keep' }).records([moved(3)]);
    given(moderation, marked)
      .when({ ...move, entered: 'clear' })
      .records([{ type: 'ModeratorMarkCleared', data: { ...at('0001'), moderator: ANNA, from: 12 } }, moved(4)]);
    given(moderation, [...marked, moved(3)])
      .when(enter('0002', '20'))
      .refuses({ reason: 'Reallocated', candidate: '0002', to: BRYN });
  });
});

describe("the centre's marks", () => {
  const received = (candidates: readonly object[], more: object = {}): ModerationEvent =>
    ({
      type: 'CentreMarksReceived',
      data: { component: COMPONENT, centres: [CENTRE], centre: CENTRE, maximum: 60, halfMarks: false, candidates, ...more },
    }) as ModerationEvent;

  it('are received, and corrected until they are submitted', () => {
    const first = received([{ candidate: '0001', mark: 10 }, { candidate: '0002', mark: 'ABS' }]);
    given(moderation, []).when(receive({ '0001': '10', '0002': 'ABS' })).records([first]);
    given(moderation, [first]).when(receive({ '0002': 'ABS', '0001': '10' })).recordsNothing();
    given(moderation, [first])
      .when(receive({ '0002': 'CF', '0003': '0' }))
      .records([received([{ candidate: '0002', mark: 'CF', from: 'ABS' }, { candidate: '0003', mark: 0 }])]);
    given(moderation, [first])
      .when(receive({}, { rows: [{ candidate: '0001', typed: '10', teachingGroup: '11B' }] }))
      .records([received([{ candidate: '0001', mark: 10, from: 10, teachingGroup: '11B' }])]);
    given(moderation, told(receive(FOUR), close)).when(receive({ '0001': '11' })).refuses({ reason: 'CentreMarksLocked' });
    given(moderation, told(receive(FOUR), close)).when(receive(FOUR)).recordsNothing();
  });

  it('are refused row by row, and then none is taken', () => {
    const rows = [
      { candidate: '0001', typed: '10' },
      { candidate: '1', typed: '10' },
      { candidate: '0001', typed: '11' },
      { candidate: '0002', typed: '61' },
      { candidate: '0003', typed: '10.5' },
      { candidate: '0004', typed: 'CLEAR' },
      { candidate: '0005', typed: '5', teachingGroup: 'Mrs Jones of 11B' },
    ];
    given(moderation, [])
      .when(receive({}, { rows }))
      .refuses({
        reason: 'RowsRefused',
        rows: [
          { row: 1, candidate: '1', field: 'CandidateNo', why: 'CandidateUnknown' },
          { row: 2, candidate: '0001', field: 'CandidateNo', why: 'CandidateRepeated' },
          { row: 3, candidate: '0002', field: 'Mark', why: 'MarkOutOfRange' },
          { row: 4, candidate: '0003', field: 'Mark', why: 'MarkNotHalf' },
          { row: 5, candidate: '0004', field: 'Mark', why: 'MarkMalformed' },
          { row: 6, candidate: '0005', field: 'TeachingGroup', why: 'SettingMalformed' },
        ],
      });
  });

  it('are counted in half-points where there are half marks', () => {
    const half = { maximum: 120, halfMarks: true, unit: 'half' };
    given(moderation, [])
      .when(receive({ '0001': '10.5' }, { halfMarks: true }))
      .records([received([{ candidate: '0001', mark: 21 }], half)]);
    const past = told(receive({ '0001': '10.5' }, { halfMarks: true }));
    given(moderation, past).when(receive({ '0001': '10' })).refuses({ reason: 'SettingMalformed', field: 'halfMarks' });
    given(moderation, past).when(receive({}, { halfMarks: true, maximum: 10 })).refuses({ reason: 'MaximumBelowMark', highest: 10.5 });
    given(moderation, past).when(receive({}, { halfMarks: true, maximum: 50 })).records([received([], { ...half, maximum: 100 })]);
    given(moderation, []).when(receive({}, { centre: '68109' })).refuses({ reason: 'CentreUnknown', centre: '68109' });
  });

  it('are closed with their sample in the same decision', () => {
    given(moderation, told(receive({ ...FOUR, '0005': 'ABS' })))
      .when(close)
      .records([
        { type: 'CentreMarksSubmitted', data: { entered: 5, cfAbs: 1 } },
        { type: 'SampleDrawn', data: { rule: 'jcq-classic', seed: 's-1', candidates: ['0001', '0002', '0003', '0004'].map(at) } },
      ]);
    given(moderation, told(receive(FOUR), close)).when({ ...close, seed: 's-2' }).recordsNothing();
    given(moderation, told(allocate)).when(close).refuses({ reason: 'CentreMarksMissing', centres: [CENTRE] });
  });

  it('of a consortium are one cohort, and wait for each of its centres', () => {
    const both = { centres: [CENTRE, '68102'] };
    const one = told(receive(FOUR, both));
    given(moderation, one).when(close).refuses({ reason: 'CentreMarksMissing', centres: ['68102'] });
    const rows = Array.from({ length: 30 }, (_, i) => ({ candidate: String(i).padStart(4, '0'), typed: String(11 + i) }));
    const past = told(receive(FOUR, both), receive({}, { ...both, centre: '68102', rows }), close);
    const drawn = (past.at(-1) as Extract<ModerationEvent, { type: 'SampleDrawn' }>).data.candidates;
    expect(drawn).toHaveLength(10);
    expect(new Set(drawn.map(({ centre }) => centre)).size).toBe(2);
    expect(drawn).toContainEqual(at('0001'));
    expect(drawn).toContainEqual({ centre: '68102', candidate: '0029' });
  });

  it('without anybody to look at close as they are, and open again for a late mark', () => {
    const past = told(allocate, receive({ '0001': 'ABS', '0002': 'CF' }), close);
    expect(past.at(-1)?.type).toBe('ModerationClosed');
    expect(phaseOf(fold(moderation, past))).toBe('nothing-to-moderate');
    const ask = { type: 'RequestCentreMarkChange', ...byAda, ...at('0003'), typed: '17', reason: reasonOf('t-1') } as const;
    const after = told(allocate, receive({ '0001': 'ABS', '0002': 'CF' }), close, ask, { type: 'ApproveCentreMarkChange', ...byPam, change: 4 });
    expect(after.slice(-2).map(({ type }) => type)).toEqual(['LateCentreMarkReceived', 'FurtherSampleDrawn']);
    const state = fold(moderation, after);
    expect(phaseOf(state)).toBe('reviewing');
    expect(standingOf(state)).toMatchObject({ sample: 1, remaining: 1, entered: 3, cfAbs: 2 });
  });

  it('returned are open again, and sample, marks and report are void', () => {
    const back = { type: 'ReturnCentreMarks', ...byPam, reason: reasonOf('t-1') } as const;
    const past = told(...opened, ...reviewed(0).slice(0, 3));
    const returned: ModerationEvent = {
      type: 'CentreMarksReturned',
      data: { moderator: ANNA, reason: back.reason, voided: { sample: 4, reports: 0, remaining: 1 } },
    };
    given(moderation, past).when(back).records([returned]);
    given(moderation, [...past, returned]).when(back).recordsNothing();
    given(moderation, told(receive(FOUR))).when(back).refuses({ reason: 'CentreMarksOpen' });
    given(moderation, past).when({ ...back, ...byAnna }).refuses({ reason: 'NotPermitted', role: 'moderator' });
    const state = fold(moderation, [...past, returned]);
    expect(phaseOf(state)).toBe('receiving');
    expect(standingOf(state)).toEqual({ ...nothing, centres: 1, entered: 4 });
    expect(candidateAt(state.candidates, at('0001'))).toMatchObject({ mark: 10, isSampled: false, moderatorMark: undefined });
    expect(state.involved).toEqual([ANNA]);
    given(moderation, [...past, returned])
      .when(approveNothing)
      .refuses({ reason: 'ModerationNotSubmitted' });
  });
});

const approveNothing = { type: 'ApproveOutcome', actor: PAM, role: 'principal', outcome: 1, approvers: [] } as const;
