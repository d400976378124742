import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.js';
import { given } from '../testing.js';
import { ANNA, BRYN, NOT_IN_THE_PACKET, allocated, allocation, entered, first, moved, second, submitted, withdrawn } from '../testing/one-sheet.js';
import { candidateOf } from './candidates.js';
import type { Reallocate } from './commands.js';
import { markSheet } from './decide.js';
import type { MarkSheetEvent } from './events.js';

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
    given(markSheet, [])
      .when({ ...command, halfMarks: true })
      .records([allocation({ maximum: 160, halfMarks: true })]);
    given(markSheet, [allocated])
      .when({ ...command, halfMarks: true })
      .records([allocation({ maximum: 160, halfMarks: true, candidates: [] })]);
    given(markSheet, [allocated, entered])
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
      given(markSheet, [])
        .when({ ...command, candidates: [candidate] })
        .refuses({ reason: 'CandidateUnknown', candidate });
    }
    given(markSheet, [allocated, withdrawn])
      .when(command)
      .refuses({ reason: 'CandidateWithdrawn', candidate: '0001' });
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
    given(markSheet, [allocated])
      .when({ ...command, candidates: ['0001'] })
      .records([moved]);
    given(markSheet, [allocated, moved])
      .when({ ...command, candidates: ['0001'] })
      .recordsNothing();
    const outstanding: MarkSheetEvent = { type: 'ScriptNotReceived', data: { ...second, reason: NOT_IN_THE_PACKET } };
    given(markSheet, [allocated, entered, submitted, outstanding])
      .when(command)
      .records([movedTo(['0002', 'outstanding'], ['0003', 'blank'])]);
  });

  it('wants a decision about marks entered and not submitted', () => {
    given(markSheet, [allocated, entered])
      .when(command)
      .refuses({ reason: 'EnteredMarksRemain', candidates: ['0001'] });
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

  it('asked twice, submits and moves once', () => {
    const named = { ...command, candidates: ['0001', '0002'], entered: 'submit' } as const;
    given(markSheet, [allocated, entered])
      .when(named)
      .records([submitted, movedTo(['0002', 'blank'])]);
    given(markSheet, [allocated, entered, submitted, movedTo(['0002', 'blank'])])
      .when(named)
      .recordsNothing();
    given(markSheet, [allocated, entered, submitted])
      .when({ ...named, submission: 's-2' })
      .refuses({ reason: 'MarkLocked', candidate: '0001' });
  });

  it('is for a senior of both, and for candidates of the one', () => {
    given(markSheet, [allocated])
      .when({ ...command, seniorTo: [ANNA] })
      .refuses({ reason: 'NotSenior', person: BRYN });
    given(markSheet, [allocated])
      .when({ ...command, seniorTo: [BRYN] })
      .refuses({ reason: 'NotSenior', person: ANNA });
    given(markSheet, [allocated])
      .when({ ...command, from: 'cari', seniorTo: ['cari', BRYN], candidates: ['0001'] })
      .refuses({ reason: 'NotYourCandidate', candidate: '0001' });
  });

  it('forgets nobody who touched the mark', () => {
    const cleared: MarkSheetEvent = { type: 'MarkCleared', data: { ...first, from: 34 } };
    const again: MarkSheetEvent = {
      type: 'MarkEntered',
      data: { candidate: '0001', examiner: BRYN, mark: 35 },
    };
    const state = fold(markSheet, [allocated, entered, cleared, moved, again]);
    expect(candidateOf(state.candidates, '0001')?.touchedBy).toEqual([ANNA, BRYN]);
  });

  function movedTo(...candidates: readonly (readonly [string, 'blank' | 'outstanding'])[]): MarkSheetEvent {
    const moving = candidates.map(([candidate, state]) => ({ candidate, state }));
    return {
      type: 'MarkSheetReallocated',
      data: { from: ANNA, to: BRYN, candidates: moving, teamRevision: 7 },
    };
  }
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
