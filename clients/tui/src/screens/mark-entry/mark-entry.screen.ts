import type { Screen } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import type { GridEffect, GridMessage } from './grid.messages.js';
import type { GridState, Params } from './grid.state.js';
import { GRID_KEYS } from './mark-entry.keys.js';
import { init, update } from './mark-entry.update.js';
import { view } from './mark-entry.view.js';
import { totalsOf } from './totals.js';

/** The mark grid of one examiner at one centre. */
export const markEntryScreen: Screen<GridState, GridMessage, GridEffect, Params> = {
  name: 'mark-entry',
  init,
  update,
  view,
  keys: GRID_KEYS,
  title: ({ component, centre }) => `${sanitise(component.code)} ${sanitise(centre)}`,
  isLongWork: true,
  takesText: ({ mode }) => 'field' in mode,
  unsaved: ({ rows }) => {
    const { errors } = totalsOf(rows);
    return errors === 0 ? undefined : { id: 'mark-entry.unsaved-errors', values: { count: errors } };
  },
};
