/** One press of "submit": what was asked for, and its receipt. The marks themselves are locked by their sheets. */
import type { Decider } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { SubmissionEvent } from './events.js';

type Of<Type extends SubmissionEvent['type']> = Extract<SubmissionEvent, { type: Type }>['data'];

export type SubmissionCommand =
  | ({ readonly type: 'StartSubmission' } & Of<'SubmissionStarted'>)
  | ({ readonly type: 'CompleteSubmission' } & Omit<
      Of<'SubmissionCompleted'>,
      'submission' | 'component' | 'examiner'
    >);

export interface Submission {
  readonly started: Of<'SubmissionStarted'> | undefined;
  readonly completed: Of<'SubmissionCompleted'> | undefined;
}

export type SubmissionRefusal = { readonly reason: 'NoMarksToSubmit'; readonly leftOut: readonly [] };

const NOTHING: SubmissionRefusal = { reason: 'NoMarksToSubmit', leftOut: [] };

/** The first receipt stands: completing again, even with other figures, records nothing. */
export const submission: Decider<SubmissionCommand, SubmissionEvent, Submission, SubmissionRefusal> = {
  initial: { started: undefined, completed: undefined },
  decide(command, { started, completed }) {
    if (command.type === 'StartSubmission') {
      const { type: _, ...data } = command;
      if (started !== undefined) return accept();
      return data.sheets.length === 0 ? refuse(NOTHING) : accept({ type: 'SubmissionStarted', data });
    }
    if (completed !== undefined) return accept();
    if (started === undefined) return refuse(NOTHING);
    const { type: _, ...receipt } = command;
    const { submission: id, component, examiner } = started;
    return accept({ type: 'SubmissionCompleted', data: { submission: id, component, examiner, ...receipt } });
  },
  evolve(state, event) {
    switch (event.type) {
      case 'SubmissionStarted':
        return { ...state, started: event.data };
      case 'SubmissionCompleted':
        return { ...state, completed: event.data };
      default:
        return state;
    }
  },
};
