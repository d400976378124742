/** Which sheets has an examiner on a component, and how far is each? */
import type { Counts } from '../mark-sheet/state.js';
import { sheetOfStream } from '../streams.js';
import { COUNTED, counted, countedExaminers, isNothing, NO_COUNTS } from './counting.js';
import type { View } from './view.js';
import { known } from './view.js';

export interface MarkSheetDocument extends Counts {
  readonly component: string;
  readonly account: string;
  readonly centre: string;
}

/** List `COMPONENT/ACCOUNT/` for one examiner's sheets, `COMPONENT/` for everybody's. */
export const markSheetKey = (component: string, account: string, centre: string): string =>
  `${component}/${account}/${centre}`;

export const markSheets: View<MarkSheetDocument> = {
  name: 'mark-sheets',
  version: 1,
  types: COUNTED,
  keys(event) {
    const examiners = countedExaminers(known(event));
    if (examiners.length === 0) return examiners;
    const { component, centre } = sheetOfStream(event.stream);
    return examiners.map((examiner) => markSheetKey(component, examiner, centre));
  },
  evolve(key, before, event) {
    const { component, account, centre } = before ?? parts(key);
    const counts = counted(before ?? NO_COUNTS, known(event), account);
    return isNothing(counts) ? undefined : { component, account, centre, ...counts };
  },
};

/** A component's code may hold slashes; account and centre hold none. */
function parts(key: string): { component: string; account: string; centre: string } {
  const last = key.lastIndexOf('/');
  const middle = key.lastIndexOf('/', last - 1);
  return {
    component: key.slice(0, middle),
    account: key.slice(middle + 1, last),
    centre: key.slice(last + 1),
  };
}
