import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.js';
import { given } from '../testing.js';
import { candidateOf } from './candidates.js';
import type { MarkSheetCommand, Reallocate, SubmitMarks } from './commands.js';
import { markSheet } from './decide.js';
import type { MarkSheetEvent } from './events.js';
import { leftOutOf } from './submitting.js';

const ANNA = 'anna';
const BRYN = 'bryn';
const by = { candidate: '0001', actor: ANNA, role: 'examiner' } as const;
const first = { candidate: '0001', examiner: ANNA } as const;
const second = { candidate: '0002', examiner: ANNA } as const;

const allocated = allocation({});
const entered: MarkSheetEvent = { type: 'MarkEntered', data: { ...first, mark: 34 } };
const full: MarkSheetEvent = { type: 'MarkEntered', data: { ...second, mark: 80, confirmed: false } };
const missing: MarkSheetEvent = { type: 'ScriptNotReceived', data: { ...first, reason: 'not in the packet' } };
const withdrawn: MarkSheetEvent = { type: 'CandidateWithdrawn', data: { ...first, state: 'blank' } };
const submitted = submission([{ candidate: '0001', mark: 34 }]);
const moved: MarkSheetEvent = {
  type: 'MarkSheetReallocated',
  data: { from: ANNA, to: BRYN, candidates: [{ candidate: '0001', state: 'blank' }], teamRevision: 7 },
};

const typing = (typed: string, more: object = {}): MarkSheetCommand => ({ type: 'EnterTyped', ...by, typed, ...more });

describe('allocating', () => {
  const command = {
    type: 'AllocateCandidates',
    component: '9521/01@2017-01',
    centre: '68101',
    examiner: ANNA,
    maximum: 80,
    halfMarks: false,
    candidates: ['0001', '0002', '0003'],
  } as const;

  it('gives candidates to an examiner, each once', () => {
    given(markSheet, [])
      .when({ ...command, candidates: ['0001', '0002', '0003', '0001'] })
      .records([allocated]);
    given(markSheet, [allocated]).when(command).recordsNothing();
    given(markSheet, [allocated])
      .when({ ...command, candidates: ['0003', '0004'] })
      .records([allocation({ candidates: ['0004'] })]);
  });

  it('counts a maximum in half-points where there are half marks', () => {
    given(markSheet, []).when({ ...command, halfMarks: true }).records([allocation({ maximum: 160, halfMarks: true })]);
    given(markSheet, [allocated])
      .when({ ...command, halfMarks: true })
      .refuses({ reason: 'SettingMalformed', field: 'halfMarks' });
  });

  it('refuses a candidate whom somebody else has', () => {
    given(markSheet, [allocated])
      .when({ ...command, examiner: BRYN })
      .refuses({ reason: 'AlreadyAllocated', candidate: '0001', examiner: ANNA });
  });

  it('refuses what is no candidate number, and a candidate who was withdrawn', () => {
    for (const candidate of ['', '1', '00001', '000a', '０００１']) {
      given(markSheet, []).when({ ...command, candidates: [candidate] }).refuses({ reason: 'CandidateUnknown', candidate });
    }
    given(markSheet, [allocated, withdrawn]).when(command).refuses({ reason: 'CandidateWithdrawn', candidate: '0001' });
  });

  it('carries a new maximum to the sheet, never below a mark that stands', () => {
    given(markSheet, [allocated, entered])
      .when({ ...command, maximum: 34 })
      .records([allocation({ maximum: 34, candidates: [] })]);
    given(markSheet, [allocated, entered])
      .when({ ...command, maximum: 33 })
      .refuses({ reason: 'MaximumBelowMark', highest: 34 });
  });
});

describe('entering what was typed', () => {
  it('records a first mark, a correction, an absence, a clearing', () => {
    given(markSheet, [allocated]).when(typing('34')).records([entered]);
    given(markSheet, [allocated, entered])
      .when(typing('43'))
      .records([{ type: 'MarkCorrected', data: { ...first, from: 34, mark: 43 } }]);
    given(markSheet, [allocated]).when(typing('ABS')).records([{ type: 'AbsenceRecorded', data: first }]);
    given(markSheet, [allocated, entered])
      .when(typing('ABS'))
      .records([{ type: 'AbsenceRecorded', data: { ...first, from: 34 } }]);
    given(markSheet, [allocated, entered])
      .when(typing('CLEAR'))
      .records([{ type: 'MarkCleared', data: { ...first, from: 34 } }]);
    given(markSheet, [allocated, { type: 'AbsenceRecorded', data: first }])
      .when(typing('7'))
      .records([{ type: 'MarkCorrected', data: { ...first, from: 'ABS', mark: 7 } }]);
  });

  it('records nothing where it is so already', () => {
    given(markSheet, [allocated, entered]).when(typing('34')).recordsNothing();
    given(markSheet, [allocated]).when(typing('CLEAR')).recordsNothing();
    given(markSheet, [allocated, { type: 'AbsenceRecorded', data: first }]).when(typing('ABS')).recordsNothing();
  });

  it('records zero and full marks unconfirmed until somebody confirms', () => {
    given(markSheet, [allocated])
      .when(typing('0'))
      .records([{ type: 'MarkEntered', data: { ...first, mark: 0, confirmed: false } }]);
    given(markSheet, [allocated])
      .when(typing('80', { confirmed: true }))
      .records([{ type: 'MarkEntered', data: { ...first, mark: 80, confirmed: true } }]);
    given(markSheet, [allocated, full])
      .when(typing('80', { candidate: '0002', confirmed: true }))
      .records([{ type: 'MarkConfirmed', data: { ...second, mark: 80 } }]);
    given(markSheet, [allocated, full]).when(typing('80', { candidate: '0002' })).recordsNothing();
  });

  it('counts in half-points where there are half marks, and says so', () => {
    given(markSheet, [allocation({ maximum: 160, halfMarks: true })])
      .when(typing('7.5'))
      .records([{ type: 'MarkEntered', data: { ...first, mark: 15, unit: 'half' } }]);
  });

  it('refuses what is no mark on this scale', () => {
    given(markSheet, [allocated]).when(typing('85')).refuses({ reason: 'MarkOutOfRange', maximum: 80 });
    given(markSheet, [allocated]).when(typing('7.5')).refuses({ reason: 'MarkNotHalf', typed: '7.5' });
    given(markSheet, [allocated]).when(typing('7.')).refuses({ reason: 'MarkMalformed', typed: '7.' });
    for (const mark of [-1, 81, 1.5, Number.NaN]) {
      given(markSheet, [allocated]).when({ type: 'EnterMark', ...by, mark }).refuses({ reason: 'MarkOutOfRange', maximum: 80 });
    }
  });

  it('refuses whoever is not the examiner of the candidate, before anything else is said', () => {
    const refused = { reason: 'NotYourCandidate', candidate: '0001' } as const;
    given(markSheet, [allocated]).when(typing('999', { actor: BRYN })).refuses(refused);
    given(markSheet, [allocated]).when(typing('34', { role: 'principal' })).refuses(refused);
    given(markSheet, [allocated]).when(typing('34', { candidate: '0009' })).refuses({ reason: 'CandidateUnknown', candidate: '0009' });
    given(markSheet, [allocated, moved]).when(typing('34')).refuses({ reason: 'Reallocated', candidate: '0001', to: BRYN });
  });

  it('refuses a mark that is submitted, outstanding or of a withdrawn candidate', () => {
    given(markSheet, [allocated, entered, submitted]).when(typing('35')).refuses({ reason: 'MarkLocked', candidate: '0001' });
    given(markSheet, [allocated, withdrawn]).when(typing('35')).refuses({ reason: 'CandidateWithdrawn', candidate: '0001' });
    given(markSheet, [allocated, missing])
      .when(typing('35'))
      .refuses({ reason: 'ScriptOutstanding', candidate: '0001', why: 'not in the packet' });
  });

  it('refuses a change by somebody who has not seen the last one to this candidate', () => {
    given(markSheet, [allocated, entered])
      .when(typing('35', { expect: 0 }))
      .refuses({ reason: 'ChangedElsewhere', candidate: '0001', mark: 34, revision: 1 });
    given(markSheet, [allocated, entered]).when(typing('34', { expect: 0 })).recordsNothing();
    const corrected: MarkSheetEvent = { type: 'MarkCorrected', data: { ...first, from: 34, mark: 35 } };
    given(markSheet, [allocated, entered, full]).when(typing('35', { expect: 1 })).records([corrected]);
    const flagged: MarkSheetEvent = { type: 'SampleFlagged', data: first };
    given(markSheet, [allocated, entered, flagged]).when(typing('35', { expect: 1 })).records([corrected]);
  });
});

describe('verifying', () => {
  const verify = (typed: string, keep?: 'first' | 'second'): MarkSheetCommand => ({
    type: 'VerifyMark',
    ...by,
    typed,
    ...(keep === undefined ? {} : { keep }),
  });

  it('records agreement, and asks for a decision only where the two differ', () => {
    given(markSheet, [allocated, entered])
      .when(verify('34'))
      .records([{ type: 'MarksVerified', data: { ...first, mark: 34, second: 34, kept: 'same' } }]);
    given(markSheet, [allocated, entered])
      .when(verify('43'))
      .refuses({ reason: 'VerificationDiffers', candidate: '0001', first: 34, second: 43 });
    given(markSheet, [allocated, entered])
      .when(verify('43', 'first'))
      .records([{ type: 'MarksVerified', data: { ...first, mark: 34, second: 43, kept: 'first' } }]);
    given(markSheet, [allocated, entered])
      .when(verify('43', 'second'))
      .records([
        { type: 'MarkCorrected', data: { ...first, from: 34, mark: 43 } },
        { type: 'MarksVerified', data: { ...first, mark: 43, second: 43, kept: 'second' } },
      ]);
  });

  it('needs a first entry, and a second that is a mark', () => {
    given(markSheet, [allocated]).when(verify('34')).refuses({ reason: 'MarkNotEntered', candidate: '0001' });
    given(markSheet, [allocated, entered]).when(verify('CLEAR')).refuses({ reason: 'MarkMalformed', typed: 'CLEAR' });
  });
});

describe('submitting', () => {
  const submit: SubmitMarks = {
    type: 'SubmitMarks',
    submission: 's-1',
    actor: ANNA,
    role: 'examiner',
    deadline: '2017-02-12T23:59:00Z',
    late: false,
  };

  it('takes the entered as they stand and locks them', () => {
    given(markSheet, [allocated, entered]).when(submit).records([submitted]);
    given(markSheet, [allocated, entered, submitted]).when(submit).recordsNothing();
  });

  it('refuses where nothing is entered, also to somebody without candidates here', () => {
    given(markSheet, [allocated]).when(submit).refuses({ reason: 'NoMarksToSubmit', leftOut: [] });
    given(markSheet, [allocated, entered]).when({ ...submit, actor: BRYN }).refuses({ reason: 'NoMarksToSubmit', leftOut: [] });
    given(markSheet, [allocated, entered])
      .when({ ...submit, role: 'team-leader' })
      .refuses({ reason: 'NoMarksToSubmit', leftOut: [{ candidate: '0001', why: 'NotYourCandidate' }] });
  });

  it('names unconfirmed zero and full marks, and confirms them with the submission', () => {
    given(markSheet, [allocated, full]).when(submit).refuses({ reason: 'MarksUnconfirmed', candidates: ['0002'] });
    given(markSheet, [allocated, full])
      .when({ ...submit, confirmed: true })
      .records([
        { type: 'MarkConfirmed', data: { ...second, mark: 80 } },
        submission([{ candidate: '0002', mark: 80 }]),
      ]);
  });

  it('leaves out and names what changed since it was seen', () => {
    const seen = [
      { candidate: '0001', revision: 1 },
      { candidate: '0002', revision: 0 },
      { candidate: '0003', revision: 0 },
      { candidate: '0009', revision: 0 },
    ];
    const command = { ...submit, candidates: seen };
    given(markSheet, [allocated, entered, full]).when(command).records([submitted]);
    const leftOut = [
      { candidate: '0002', why: 'ChangedElsewhere' },
      { candidate: '0003', why: 'MarkNotEntered' },
      { candidate: '0009', why: 'CandidateUnknown' },
    ];
    expect(leftOutOf(command, fold(markSheet, [allocated, entered, full]))).toEqual(leftOut);
    expect(leftOutOf(command, fold(markSheet, [allocated, entered, full, submitted]))).toEqual(leftOut);
  });
});

describe('reallocating', () => {
  const command: Reallocate = {
    type: 'Reallocate',
    from: ANNA,
    to: BRYN,
    seniorTo: [ANNA, BRYN],
    teamRevision: 7,
    submission: 's-1',
    deadline: '2017-02-12T23:59:00Z',
    late: false,
  };

  it('moves what is not submitted, whole or by candidate', () => {
    given(markSheet, [allocated]).when({ ...command, candidates: ['0001'] }).records([moved]);
    given(markSheet, [allocated, moved]).when({ ...command, candidates: ['0001'] }).recordsNothing();
    const outstanding: MarkSheetEvent = { type: 'ScriptNotReceived', data: { ...second, reason: 'lost' } };
    given(markSheet, [allocated, entered, submitted, outstanding])
      .when(command)
      .records([movedTo(['0002', 'outstanding'], ['0003', 'blank'])]);
  });

  it('wants a decision about marks entered and not submitted', () => {
    given(markSheet, [allocated, entered]).when(command).refuses({ reason: 'EnteredMarksRemain', candidates: ['0001'] });
    given(markSheet, [allocated, entered])
      .when({ ...command, entered: 'submit' })
      .records([submitted, movedTo(['0002', 'blank'], ['0003', 'blank'])]);
    given(markSheet, [allocated, entered])
      .when({ ...command, entered: 'clear' })
      .records([
        { type: 'MarkCleared', data: { ...first, from: 34 } },
        movedTo(['0001', 'blank'], ['0002', 'blank'], ['0003', 'blank']),
      ]);
  });

  it('is for a senior of both, and for candidates of the one', () => {
    given(markSheet, [allocated]).when({ ...command, seniorTo: [ANNA] }).refuses({ reason: 'NotSenior', person: BRYN });
    given(markSheet, [allocated]).when({ ...command, seniorTo: [BRYN] }).refuses({ reason: 'NotSenior', person: ANNA });
    given(markSheet, [allocated])
      .when({ ...command, from: 'cari', seniorTo: ['cari', BRYN], candidates: ['0001'] })
      .refuses({ reason: 'NotYourCandidate', candidate: '0001' });
  });

  it('forgets nobody who touched the mark', () => {
    const cleared: MarkSheetEvent = { type: 'MarkCleared', data: { ...first, from: 34 } };
    const again: MarkSheetEvent = { type: 'MarkEntered', data: { candidate: '0001', examiner: BRYN, mark: 35 } };
    const state = fold(markSheet, [allocated, entered, cleared, moved, again]);
    expect(candidateOf(state.candidates, '0001')?.touchedBy).toEqual([ANNA, BRYN]);
  });

  function movedTo(...candidates: readonly (readonly [string, 'blank' | 'outstanding'])[]): MarkSheetEvent {
    const moving = candidates.map(([candidate, state]) => ({ candidate, state }));
    return { type: 'MarkSheetReallocated', data: { from: ANNA, to: BRYN, candidates: moving, teamRevision: 7 } };
  }
});

describe('scripts', () => {
  const about = (type: 'FlagSample' | 'UnflagSample' | 'ReportScriptReceived'): MarkSheetCommand => ({ type, ...by });

  it('are flagged as sample and unflagged, also once submitted', () => {
    const flagged: MarkSheetEvent = { type: 'SampleFlagged', data: first };
    given(markSheet, [allocated, entered, submitted]).when(about('FlagSample')).records([flagged]);
    given(markSheet, [allocated, flagged]).when(about('FlagSample')).recordsNothing();
    given(markSheet, [allocated, flagged]).when(about('UnflagSample')).records([{ type: 'SampleUnflagged', data: first }]);
    given(markSheet, [allocated]).when(about('UnflagSample')).recordsNothing();
  });

  it('are outstanding until they come; a mark or another reason is not overwritten', () => {
    const report = { type: 'ReportScriptNotReceived', ...by, reason: 'not in the packet' } as const;
    given(markSheet, [allocated]).when(report).records([missing]);
    given(markSheet, [allocated, missing]).when(report).recordsNothing();
    given(markSheet, [allocated, missing])
      .when({ ...report, reason: 'wrong packet' })
      .refuses({ reason: 'ScriptOutstanding', candidate: '0001', why: 'not in the packet' });
    given(markSheet, [allocated, entered]).when(report).refuses({ reason: 'EnteredMarksRemain', candidates: ['0001'] });
    given(markSheet, [allocated, missing]).when(about('ReportScriptReceived')).records([{ type: 'ScriptReceived', data: first }]);
    given(markSheet, [allocated]).when(about('ReportScriptReceived')).recordsNothing();
  });

  it('without a candidate on the list are reported by who marks here', () => {
    const report = { type: 'ReportUnlistedScript', number: '0099', actor: ANNA, role: 'examiner' } as const;
    const reported: MarkSheetEvent = { type: 'UnlistedScriptReported', data: { number: '0099' } };
    given(markSheet, [allocated]).when(report).records([reported]);
    given(markSheet, [allocated, reported]).when(report).recordsNothing();
    given(markSheet, [allocated]).when({ ...report, actor: BRYN }).refuses({ reason: 'NotYourCandidate', candidate: '0099' });
    given(markSheet, [allocated])
      .when({ ...report, number: '0001' })
      .refuses({ reason: 'AlreadyAllocated', candidate: '0001', examiner: ANNA });
  });

  it('may raise a concern, each kind once', () => {
    const raise = { type: 'RaiseConcern', ...by, kind: 'illegible' } as const;
    const raised: MarkSheetEvent = { type: 'ConcernRaised', data: { ...first, kind: 'illegible' } };
    given(markSheet, [allocated]).when(raise).records([raised]);
    given(markSheet, [allocated, raised]).when(raise).recordsNothing();
  });
});

describe('withdrawing', () => {
  it('takes the candidate out of the allocated in the state it had', () => {
    const command = { type: 'WithdrawCandidate', candidate: '0001' } as const;
    given(markSheet, [allocated]).when(command).records([withdrawn]);
    given(markSheet, [allocated, withdrawn]).when(command).recordsNothing();
    given(markSheet, [allocated, entered])
      .when(command)
      .records([{ type: 'CandidateWithdrawn', data: { ...first, state: 'entered' } }]);
    given(markSheet, [allocated])
      .when({ ...command, candidate: '0009' })
      .refuses({ reason: 'CandidateUnknown', candidate: '0009' });
  });
});

function allocation(more: { maximum?: number; halfMarks?: boolean; candidates?: readonly string[] }): MarkSheetEvent {
  const candidates = ['0001', '0002', '0003'];
  const scale = { maximum: 80, halfMarks: false };
  const data = { component: '9521/01@2017-01', centre: '68101', examiner: ANNA, ...scale, candidates, ...more };
  return { type: 'MarkSheetAllocated', data };
}

function submission(candidates: readonly { candidate: string; mark: number | 'ABS' }[]): MarkSheetEvent {
  const data = { submission: 's-1', examiner: ANNA, candidates, deadline: '2017-02-12T23:59:00Z', late: false };
  return { type: 'MarksSubmitted', data };
}
