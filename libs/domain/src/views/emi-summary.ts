/** What has each examiner still to mark and to submit, component by component? */
import type { Counts } from '../mark-sheet/state.js';
import { sheetOfStream } from '../streams.js';
import { COUNTED, counted, countedExaminers, isNothing, NO_COUNTS } from './counting.js';
import type { View } from './view.js';
import { known } from './view.js';

export interface EmiSummaryDocument extends Counts {
  readonly account: string;
  readonly component: string;
}

/** List `ACCOUNT/` for one examiner's components. */
export const emiSummaryKey = (account: string, component: string): string => `${account}/${component}`;

export const emiSummary: View<EmiSummaryDocument> = {
  name: 'emi-summary',
  version: 1,
  types: COUNTED,
  keys(event) {
    const examiners = countedExaminers(known(event));
    if (examiners.length === 0) return examiners;
    const { component } = sheetOfStream(event.stream);
    return examiners.map((examiner) => emiSummaryKey(examiner, component));
  },
  evolve(key, before, event) {
    const account = before?.account ?? key.slice(0, key.indexOf('/'));
    const component = before?.component ?? key.slice(account.length + 1);
    const counts = counted(before ?? NO_COUNTS, known(event), account);
    return isNothing(counts) ? undefined : { account, component, ...counts };
  },
};
