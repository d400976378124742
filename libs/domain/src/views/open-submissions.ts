/** Which submissions were started and have no receipt yet? */
import type { View } from './view.js';
import { known } from './view.js';

export interface OpenSubmissionDocument {
  readonly submission: string;
}

/** Key: the submission. There is hardly ever one, but after a crash. */
export const openSubmissions: View<OpenSubmissionDocument> = {
  name: 'open-submissions',
  version: 1,
  types: ['SubmissionStarted', 'SubmissionCompleted'],
  keys(event) {
    const happened = known(event);
    const concerns = happened.type === 'SubmissionStarted' || happened.type === 'SubmissionCompleted';
    return concerns ? [happened.data.submission] : [];
  },
  evolve(submission, before, event) {
    if (event.type === 'SubmissionStarted') return { submission };
    return event.type === 'SubmissionCompleted' ? undefined : before;
  },
};
