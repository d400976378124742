/** Which receipts has a person for what they submitted? */
import type { SubmissionEvent } from '../submission/events.js';
import type { View } from './view.js';
import { known } from './view.js';

type Completed = Extract<SubmissionEvent, { type: 'SubmissionCompleted' }>['data'];

export interface ReceiptEntry extends Omit<Completed, 'component' | 'examiner'> {
  readonly position: string;
  /** ISO instant. */
  readonly recordedAt: string;
}

export interface ReceiptsDocument {
  readonly component: string;
  /** Oldest first. */
  readonly receipts: readonly ReceiptEntry[];
}

export const receiptsKey = (account: string, component: string): string => `${account}/${component}`;

export const receipts: View<ReceiptsDocument> = {
  name: 'receipts',
  version: 2,
  types: ['SubmissionCompleted'],
  keys(event) {
    const happened = known(event);
    return happened.type === 'SubmissionCompleted' ? [receiptsKey(happened.data.examiner, happened.data.component)] : [];
  },
  evolve(_, before, event) {
    const happened = known(event);
    if (happened.type !== 'SubmissionCompleted') return before;
    const { examiner: _examiner, component, ...receipt } = happened.data;
    const { recordedAt } = event.metadata as { readonly recordedAt?: string };
    const entry = { ...receipt, position: event.position, recordedAt: recordedAt ?? '' };
    return { component, receipts: [...(before?.receipts ?? []), entry] };
  },
};
