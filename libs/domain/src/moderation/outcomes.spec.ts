import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.js';
import { given } from '../testing.js';
import { ANNA, approve, at, byAda, byAnna, byPam, CHAD, enter, opened, PAM, reasonOf, reviewed, submit, told, toSubmission, complete } from '../testing/one-moderation.js';
import type { ModerationCommand } from './commands.js';
import { moderation } from './decide.js';
import type { CandidateAt, ModerationEvent } from './events.js';
import { phaseOf } from './state.js';

const settings = { tolerance: 3, method: 'ols', maximum: 60, halfMarks: false } as const;
/** The outcome of four marks, all of them five higher or two: the eleventh event and the tenth. */
const adjusted: ModerationEvent = {
  type: 'OutcomeComputed',
  data: {
    moderator: ANNA,
    stage: 'adjusted',
    method: 'ols',
    settings,
    rho: '1',
    a: '5',
    b: '1',
    flags: ['weak-evidence'],
    adjusted: [15, 25, 35, 45].map((mark, i) => ({ ...at(`000${i + 1}`), mark })),
  },
};
const accepted: ModerationEvent = {
  type: 'OutcomeComputed',
  data: { moderator: ANNA, stage: 'accepted', method: 'ols', settings, rho: '1', flags: [], adjusted: [] },
};
const past = told(...toSubmission(5));
const computedAt = past.length - 2;
const doubtful = told(...opened, ...['38', '24', '33', '22'].map((typed, i) => enter(`000${i + 1}`, typed)), complete, submit);

describe('submitting', () => {
  it('computes the outcome by the settings of now', () => {
    const before = told(...opened, ...reviewed(5), complete);
    const submitted = (outcome: number): ModerationEvent => ({
      type: 'ModerationSubmitted',
      data: { moderator: ANNA, outcome, deadline: '2017-05-15T22:59:00Z', late: false },
    });
    given(moderation, before).when(submit).records([adjusted, submitted(computedAt)]);
    given(moderation, past).when(submit).recordsNothing();
    given(moderation, told(...opened, ...reviewed(2), complete)).when(submit).records([accepted, submitted(computedAt)]);
    given(moderation, before)
      .when({ ...submit, settings: { tolerance: 3, method: 'deming', lambda: '-1' } })
      .refuses({ reason: 'SettingMalformed', field: 'lambda' });
    const deming = told(...opened, ...reviewed(5), complete, { ...submit, settings: { tolerance: 3, method: 'deming' } });
    expect(deming[computedAt]).toMatchObject({ data: { settings: { method: 'deming', lambda: '1' } } });
    expect(phaseOf(fold(moderation, past))).toBe('submitted');
  });
});

describe('approving', () => {
  const approved: ModerationEvent = { type: 'OutcomeApproved', data: { moderator: ANNA, outcome: computedAt, by: PAM } };

  it('names the outcome that was looked at', () => {
    given(moderation, past).when(approve(computedAt)).records([approved]);
    given(moderation, [...past, approved]).when(approve(computedAt)).recordsNothing();
    given(moderation, past).when(approve(3)).refuses({ reason: 'OutcomeChanged', outcome: computedAt });
    given(moderation, told(...opened)).when(approve(3)).refuses({ reason: 'ModerationNotSubmitted' });
    given(moderation, past).when(approve(computedAt, byAnna)).refuses({ reason: 'NotPermitted', role: 'moderator' });
    given(moderation, past)
      .when(approve(computedAt, { actor: ANNA, role: 'principal', approvers: [ANNA, PAM, CHAD] }))
      .refuses({ reason: 'NotIndependent', person: ANNA, others: [PAM, CHAD] });
    given(moderation, past).when(approve(computedAt, { actor: CHAD, role: 'chair' })).records([
      { type: 'OutcomeApproved', data: { moderator: ANNA, outcome: computedAt, by: CHAD } },
    ]);
  });

  it('is not for whoever did no more than take a mark away', () => {
    const move = (to: string): ModerationCommand => ({ type: 'ReallocateModerator', ...byPam, to, entered: 'keep', seniorTo: [ANNA, CHAD], teamRevision: 1 });
    const cleared = enter('0001', 'CLEAR', { actor: CHAD, role: 'principal' });
    const after = told(...opened, ...reviewed(5), move(CHAD), cleared, move(ANNA), enter('0001', '15'), complete, submit);
    given(moderation, after)
      .when(approve(after.length - 2, { actor: CHAD, role: 'chair' }))
      .refuses({ reason: 'NotIndependent', person: CHAD, others: [PAM] });
  });

  it('is for good: nothing that follows moves it', () => {
    const final = [...past, approved];
    const commands: readonly ModerationCommand[] = [
      enter('0001', '1'),
      submit,
      { type: 'ReturnOutcome', ...byPam, reason: reasonOf('t-1') },
      { type: 'ReturnCentreMarks', ...byPam, reason: reasonOf('t-1') },
      { type: 'RequestFurtherSample', ...byPam, seed: 's-2', reason: reasonOf('t-1') },
      { type: 'ChooseOutcome', ...byPam, choice: 'accept', reason: reasonOf('t-1') },
      { type: 'RequestCentreMarkChange', ...byAda, ...at('0001'), typed: '1', reason: reasonOf('t-1') },
      { type: 'ReallocateModerator', ...byPam, to: 'bryn', seniorTo: [ANNA, 'bryn'], teamRevision: 1 },
    ];
    for (const command of commands) {
      given(moderation, final).when(command).refuses({ reason: 'ModerationLocked', state: 'approved' });
    }
    expect(phaseOf(fold(moderation, final))).toBe('approved');
  });
});

describe('choosing again', () => {
  it('starts from the settings of the submission, whatever an earlier choice said', () => {
    const wide = { type: 'ChooseOutcome', ...byPam, choice: 'constant', tolerance: 9, reason: reasonOf('t-1') } as const;
    const again = { type: 'ChooseOutcome', ...byPam, choice: 'ols', reason: reasonOf('t-2') } as const;
    const after = told(...toSubmission(5), wide, again);
    expect(after.slice(-4)).toMatchObject([
      { type: 'OutcomeChosen', data: { settings: { tolerance: 9 } } },
      { type: 'OutcomeComputed', data: { stage: 'accepted', settings: { tolerance: 9 } } },
      { type: 'OutcomeChosen', data: { settings } },
      { type: 'OutcomeComputed', data: { stage: 'adjusted', settings, a: '5', b: '1' } },
    ]);
  });
});

describe('returning', () => {
  it('opens marks and report again', () => {
    const back = { type: 'ReturnOutcome', ...byPam, reason: reasonOf('t-1') } as const;
    const returned: ModerationEvent = {
      type: 'OutcomeReturned',
      data: { moderator: ANNA, outcome: computedAt, reason: back.reason },
    };
    given(moderation, past).when(back).records([returned]);
    given(moderation, [...past, returned]).when(back).recordsNothing();
    given(moderation, [...past, returned]).when(approve(computedAt)).refuses({ reason: 'ModerationNotSubmitted' });
    given(moderation, [...past, returned]).when(enter('0001', '11')).records([
      { type: 'ModeratorMarkCorrected', data: { ...at('0001'), moderator: ANNA, from: 15, mark: 11 } },
    ]);
    given(moderation, told(...opened)).when(back).refuses({ reason: 'ModerationNotSubmitted' });
  });
});

describe('an order in doubt', () => {
  const choose = (choice: string, more: object = {}): ModerationCommand =>
    ({ type: 'ChooseOutcome', ...byPam, choice, reason: reasonOf('t-1'), ...more }) as ModerationCommand;

  it('waits for the principal', () => {
    const flags = ['low-rho', 'slope-not-positive', 'weak-evidence'] as const;
    expect(doubtful.at(-2)).toMatchObject({ data: { stage: 'order-doubtful', flags, adjusted: [] } });
    given(moderation, doubtful).when(approve(computedAt)).refuses({ reason: 'OutcomeUndecided', flags });
  });

  it.each<[string, object, object]>([
    ['accept', {}, { stage: 'accepted', method: 'accept', adjusted: [] }],
    ['use-moderator-marks', {}, { stage: 'adjusted', method: 'use-moderator-marks' }],
    ['constant', {}, { stage: 'adjusted', method: 'constant', a: '17/4', b: '1' }],
    ['piecewise', { anchors: [{ at: 10, difference: 3 }], tolerance: 2 }, { method: 'piecewise', settings: { tolerance: 2 } }],
  ])('is decided as %s, with a reason, and then approved', (choice, more, computed) => {
    const decided = told(...opened, ...['38', '24', '33', '22'].map((typed, i) => enter(`000${i + 1}`, typed)), complete, submit, choose(choice, more));
    const [chosen, outcome] = decided.slice(-2);
    expect(chosen).toMatchObject({ type: 'OutcomeChosen', data: { outcome: computedAt, choice, by: PAM, reason: reasonOf('t-1') } });
    expect(outcome).toMatchObject({ type: 'OutcomeComputed', data: computed });
    given(moderation, decided).when(choose(choice, more)).recordsNothing();
    given(moderation, decided).when(approve(computedAt)).refuses({ reason: 'OutcomeChanged', outcome: decided.length - 1 });
    given(moderation, decided).when(approve(decided.length - 1)).records([
      { type: 'OutcomeApproved', data: { moderator: ANNA, outcome: decided.length - 1, by: PAM } },
    ]);
  });

  it('is not fitted by a line that falls, nor by settings that are none', () => {
    given(moderation, doubtful).when(choose('ols')).refuses({ reason: 'MethodUnsuitable', method: 'ols', why: 'slope-not-positive' });
    given(moderation, doubtful).when(choose('piecewise')).refuses({ reason: 'MethodUnsuitable', method: 'piecewise', why: 'no-anchors' });
    given(moderation, doubtful).when(choose('constant', { tolerance: 0 })).refuses({ reason: 'SettingMalformed', field: 'tolerance' });
    given(moderation, told(...opened)).when(choose('ols')).refuses({ reason: 'ModerationNotSubmitted' });
  });
});

describe('a single mark of the centre', () => {
  const ask = (candidate: string, typed: string, more: object = {}): ModerationCommand => ({
    type: 'RequestCentreMarkChange',
    ...byAnna,
    ...at(candidate),
    typed,
    reason: reasonOf(`t-${candidate}`),
    ...more,
  });
  const allow = (change: number): ModerationCommand => ({ type: 'ApproveCentreMarkChange', ...byPam, change });
  const asked = (at0: CandidateAt, more: object): ModerationEvent =>
    ({ type: 'CentreMarkChangeRequested', data: { ...at0, reason: reasonOf(`t-${at0.candidate}`), by: ANNA, ...more } }) as ModerationEvent;

  it('is changed by one who asks and another who approves', () => {
    given(moderation, past).when(ask('0002', '22')).records([asked(at('0002'), { kind: 'amendment', mark: 22 })]);
    const requested = told(...toSubmission(5), ask('0002', '22'));
    const change = requested.length - 1;
    given(moderation, requested).when({ type: 'ApproveCentreMarkChange', actor: ANNA, role: 'principal', change }).refuses({
      reason: 'NotIndependent',
      person: ANNA,
      others: [],
    });
    const after = told(...toSubmission(5), ask('0002', '22'), allow(change));
    expect(after.slice(-2)).toMatchObject([
      { type: 'CentreMarkAmended', data: { ...at('0002'), from: 20, to: 22, change, moderator: ANNA } },
      { type: 'OutcomeComputed', data: { stage: 'adjusted', a: '95/23', b: '70/69' } },
    ]);
    given(moderation, after).when(allow(change)).recordsNothing();
    given(moderation, after).when(approve(computedAt)).refuses({ reason: 'OutcomeChanged', outcome: after.length - 1 });
    given(moderation, past).when(allow(99)).refuses({ reason: 'ChangeUnknown', change: 99 });
    given(moderation, told(...opened)).when(ask('0002', '20')).recordsNothing();
  });

  it('may be refused', () => {
    const requested = told(...toSubmission(5), ask('0002', '22'));
    const refuse = { type: 'RefuseCentreMarkChange', ...byPam, change: requested.length - 1, reason: reasonOf('t-9') } as const;
    const refused: ModerationEvent = { type: 'CentreMarkChangeRefused', data: { change: refuse.change, reason: refuse.reason } };
    given(moderation, requested).when(refuse).records([refused]);
    given(moderation, [...requested, refused]).when(refuse).recordsNothing();
    given(moderation, [...requested, refused]).when(allow(refuse.change)).refuses({
      reason: 'ChangeSettled',
      change: refuse.change,
      as: 'refused',
    });
  });

  it('that comes late leaves the sample, but a new highest or lowest joins it', () => {
    const late = (typed: string): readonly string[] => {
      const requested = [...toSubmission(5), ask('0007', typed)];
      return told(...requested, allow(told(...requested).length - 1)).slice(-2).map(({ type }) => type);
    };
    expect(late('25')).toEqual(['LateCentreMarkReceived', 'OutcomeComputed']);
    expect(late('41')).toEqual(['LateCentreMarkReceived', 'FurtherSampleDrawn']);
    expect(late('9')).toEqual(['LateCentreMarkReceived', 'FurtherSampleDrawn']);
    expect(late('0')).toEqual(['LateCentreMarkReceived', 'OutcomeComputed']);
    expect(late('ABS')).toEqual(['LateCentreMarkReceived', 'OutcomeComputed']);
    given(moderation, past).when(ask('7', '9')).refuses({ reason: 'CandidateUnknown', candidate: '7' });
    given(moderation, past).when(ask('0007', '61')).refuses({ reason: 'MarkOutOfRange', maximum: 60 });
  });
});
