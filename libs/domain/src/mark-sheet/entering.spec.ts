import { describe, it } from '@jest/globals';
import { given } from '../testing.js';
import { BRYN, NOT_IN_THE_PACKET, allocated, allocation, by, entered, first, full, missing, moved, second, submitted, typing, withdrawn } from '../testing/one-sheet.js';
import type { MarkSheetCommand } from './commands.js';
import { markSheet } from './decide.js';
import type { MarkSheetEvent } from './events.js';

describe('entering what was typed', () => {
  it('records a first mark, a correction, an absence, a clearing', () => {
    given(markSheet, [allocated]).when(typing('34')).records([entered]);
    given(markSheet, [allocated, entered])
      .when(typing('43'))
      .records([{ type: 'MarkCorrected', data: { ...first, from: 34, mark: 43 } }]);
    given(markSheet, [allocated])
      .when(typing('ABS'))
      .records([{ type: 'AbsenceRecorded', data: first }]);
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
    given(markSheet, [allocated, { type: 'AbsenceRecorded', data: first }])
      .when(typing('ABS'))
      .recordsNothing();
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
    given(markSheet, [allocated, full])
      .when(typing('80', { candidate: '0002' }))
      .recordsNothing();
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
      given(markSheet, [allocated])
        .when({ type: 'EnterMark', ...by, mark })
        .refuses({ reason: 'MarkOutOfRange', maximum: 80 });
    }
  });

  it('refuses whoever is not the examiner of the candidate, before anything else is said', () => {
    const refused = { reason: 'NotYourCandidate', candidate: '0001' } as const;
    given(markSheet, [allocated])
      .when(typing('999', { actor: BRYN }))
      .refuses(refused);
    given(markSheet, [allocated])
      .when(typing('34', { role: 'principal' }))
      .refuses(refused);
    given(markSheet, [allocated])
      .when(typing('34', { candidate: '0009' }))
      .refuses({ reason: 'CandidateUnknown', candidate: '0009' });
    given(markSheet, [allocated, moved])
      .when(typing('34'))
      .refuses({ reason: 'Reallocated', candidate: '0001', to: BRYN });
  });

  it('refuses a mark that is submitted, outstanding or of a withdrawn candidate', () => {
    given(markSheet, [allocated, entered, submitted])
      .when(typing('35'))
      .refuses({ reason: 'MarkLocked', candidate: '0001' });
    given(markSheet, [allocated, withdrawn])
      .when(typing('35'))
      .refuses({ reason: 'CandidateWithdrawn', candidate: '0001' });
    given(markSheet, [allocated, missing])
      .when(typing('35'))
      .refuses({ reason: 'ScriptOutstanding', candidate: '0001', why: NOT_IN_THE_PACKET });
  });

  it('refuses a change by somebody who has not seen the last one to this candidate', () => {
    given(markSheet, [allocated, entered])
      .when(typing('35', { expect: 0 }))
      .refuses({ reason: 'ChangedElsewhere', candidate: '0001', mark: 34, revision: 1 });
    given(markSheet, [allocated, entered])
      .when(typing('34', { expect: 0 }))
      .recordsNothing();
    const corrected: MarkSheetEvent = { type: 'MarkCorrected', data: { ...first, from: 34, mark: 35 } };
    given(markSheet, [allocated, entered, full])
      .when(typing('35', { expect: 1 }))
      .records([corrected]);
    const flagged: MarkSheetEvent = { type: 'SampleFlagged', data: first };
    given(markSheet, [allocated, entered, flagged])
      .when(typing('35', { expect: 1 }))
      .records([corrected]);
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
    given(markSheet, [allocated, entered])
      .when(verify('CLEAR'))
      .refuses({ reason: 'MarkMalformed', typed: 'CLEAR' });
  });
});
