import { describe, it } from '@jest/globals';
import { given } from '../testing.js';
import { submission } from './decide.js';
import type { SubmissionEvent } from './events.js';

const whose = { submission: 's-1', component: '9521/01@2017-01', examiner: 'anna' };
const sheets = [{ centre: '68101', candidates: [{ candidate: '0001', revision: 1 }] }];
const start = { type: 'StartSubmission', ...whose, sheets } as const;
const started: SubmissionEvent = { type: 'SubmissionStarted', data: { ...whose, sheets } };
const receipt = { receipt: '7K4M-2Q9D', marks: 1, absent: 0, sheets: 1, late: false, leftOut: [] };
const complete = { type: 'CompleteSubmission', ...receipt } as const;
const completed: SubmissionEvent = { type: 'SubmissionCompleted', data: { ...whose, ...receipt } };

describe('a submission', () => {
  it('starts once, with something in it', () => {
    given(submission, []).when(start).records([started]);
    given(submission, [started]).when(start).recordsNothing();
    given(submission, [])
      .when({ ...start, sheets: [] })
      .refuses({ reason: 'NoMarksToSubmit', leftOut: [] });
  });

  it('has one receipt', () => {
    given(submission, [started]).when(complete).records([completed]);
    given(submission, [started, completed])
      .when({ ...complete, receipt: 'XXXX-XXXX' })
      .recordsNothing();
    given(submission, []).when(complete).refuses({ reason: 'NoMarksToSubmit', leftOut: [] });
  });
});
