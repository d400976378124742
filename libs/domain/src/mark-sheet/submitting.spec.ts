import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.js';
import { given } from '../testing.js';
import { ANNA, BRYN, second, allocated, entered, full, submitted, submission } from '../testing/one-sheet.js';
import type { SubmitMarks } from './commands.js';
import { markSheet } from './decide.js';
import { leftOutOf } from './submitting.js';

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
    given(markSheet, [allocated, entered])
      .when({ ...submit, actor: BRYN })
      .refuses({ reason: 'NoMarksToSubmit', leftOut: [] });
    given(markSheet, [allocated, entered])
      .when({ ...submit, role: 'team-leader' })
      .refuses({ reason: 'NoMarksToSubmit', leftOut: [{ candidate: '0001', why: 'NotYourCandidate' }] });
  });

  it('names unconfirmed zero and full marks, and confirms them with the submission', () => {
    given(markSheet, [allocated, full])
      .when(submit)
      .refuses({ reason: 'MarksUnconfirmed', candidates: ['0002'] });
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
