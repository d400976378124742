import type { Services } from '../../platform/screen.js';
import { sheetOf, stay, type Next, type Report } from './grid.messages.js';
import { MARKS, rowAt, type GridState } from './grid.state.js';

/** Flag, script or concern of the candidate under the cursor. */
export function report(state: GridState, what: Report, services: Services): Next {
  const row = rowAt(state);
  if (row === undefined) return stay(state, { type: 'bell' });
  const { candidate } = row.saved;
  const effect = { type: 'mark-entry/report', ...sheetOf(state), candidate, report: what, commandId: services.newId() } as const;
  return stay({ ...state, mode: MARKS }, effect);
}
