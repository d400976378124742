/** What waits for a person, service by service? */
import { COUNTED, counted, countedExaminers, NO_COUNTS } from './counting.js';
import type { View } from './view.js';
import { known } from './view.js';

export interface AllServicesDocument {
  /** Candidates left to mark, over all components. */
  readonly emi: number;
}

/** Key: the account. What was submitted waits no longer and was not left before: submissions move nothing here. */
export const allServices: View<AllServicesDocument> = {
  name: 'all-services',
  version: 1,
  types: COUNTED.filter((type) => type !== 'MarksSubmitted'),
  keys(event) {
    return event.type === 'MarksSubmitted' ? [] : countedExaminers(known(event));
  },
  evolve(account, before, event) {
    const left = before?.emi ?? 0;
    return { emi: counted({ ...NO_COUNTS, left }, known(event), account).left };
  },
};
