import { EMPTY_FIELD } from '../../components/field.js';
import type { Key } from '../../platform/input/key.js';
import type { Services } from '../../platform/screen.js';
import { updateField } from './fields.js';
import { filtered } from './filtering.js';
import { CONCERNS, sheetOf, stay, warn, type Next } from './grid.messages.js';
import { MARKS, type GridState, type Mode, type Row } from './grid.state.js';
import { updateNumbers } from './number-mode.js';
import { take } from './pasting.js';
import { report } from './reporting.js';
import { mapRows } from './rows.js';
import { clearAll } from './undoing.js';
import { decide, differs } from './verifying.js';

/** Everything that lies over the grid or takes its keys for a moment: questions, previews and lists. */

type Of<Kind extends Mode['kind']> = Extract<Mode, { kind: Kind }>;

/** In which of these does a key belong to the mode, and not to the grid? */
export const takesKeys = ({ mode }: GridState): boolean => mode.kind !== 'marks';

export function updateMode(state: GridState, key: Key, services: Services): Next {
  const { mode } = state;
  if (key.kind === 'key' && key.name === 'escape') return leave(state);
  if (mode.kind === 'numbers') return updateNumbers(state, mode, key, services);
  if (mode.kind !== 'marks' && 'field' in mode) return updateField(state, mode, key, services);
  if (key.kind === 'paste') return stay(state, { type: 'bell' });
  switch (mode.kind) {
    case 'lost':
      return whileLost(state, mode, key.name);
    case 'paste':
      return key.name === 'enter' ? take(state, mode.items, services) : scroll(state, mode, mode.items.length, key.name);
    case 'history':
      return key.name === 'enter' ? leave(state) : scroll(state, mode, mode.entries?.length ?? 0, key.name);
    case 'hand-over':
      return key.name === 'enter' ? handedOver(state) : scroll(state, mode, state.handOver.length, key.name);
    case 'clear-all':
      return key.name === 'enter' ? clearAll({ ...state, mode: MARKS }, services) : stay(state, { type: 'bell' });
    case 'concern':
      return inConcern(state, mode, key.name, services);
    case 'differences':
      return inDifferences(state, mode, key.name, services);
    default:
      return stay(state);
  }
}

function leave(state: GridState): Next {
  return stay({ ...(state.mode.kind === 'filter' ? filtered(state, '') : state), mode: MARKS });
}

/** Digits typed now belong to a number that is not here: they must not become another candidate's mark. */
function whileLost(state: GridState, { typed }: Of<'lost'>, key: string): Next {
  if (!['/', 'g', '-', 'backspace'].includes(key)) return warn(state, { id: 'mark-entry.lost', values: { typed } });
  return stay({ ...state, mode: { kind: 'go', field: EMPTY_FIELD } });
}

function scroll(state: GridState, mode: Of<'paste' | 'history' | 'hand-over'>, count: number, key: string): Next {
  const by = ({ up: -1, k: -1, down: 1, j: 1, pageup: -10, pagedown: 10 } as Record<string, number>)[key];
  if (by === undefined) return stay(state, { type: 'bell' });
  return stay({ ...state, mode: { ...mode, top: Math.max(0, Math.min(mode.top + by, Math.max(0, count - 1))) } });
}

function inConcern(state: GridState, mode: Of<'concern'>, key: string, services: Services): Next {
  if (key === 'enter') return report(state, { kind: 'concern', concern: CONCERNS[mode.selected] ?? 'other' }, services);
  const by = upOrDown(key);
  if (by === 0) return stay(state, { type: 'bell' });
  return stay({ ...state, mode: { kind: 'concern', selected: Math.max(0, Math.min(mode.selected + by, CONCERNS.length - 1)) } });
}

function inDifferences(state: GridState, mode: Of<'differences'>, key: string, services: Services): Next {
  const open = state.rows.filter(differs);
  const chosen = open[Math.min(mode.selected, open.length - 1)];
  if (chosen === undefined || key === 'enter') return leave(state);
  if (key === '1' || key === '2') return decide(state, chosen.saved.candidate, key === '1' ? 'first' : 'second', services);
  const by = upOrDown(key);
  if (by === 0) return stay(state, { type: 'bell' });
  return stay({ ...state, mode: { kind: 'differences', selected: Math.max(0, Math.min(mode.selected + by, open.length - 1)) } });
}

const upOrDown = (key: string): -1 | 0 | 1 => (key === 'up' || key === 'k' ? -1 : key === 'down' || key === 'j' ? 1 : 0);

/** Somebody else has the list now: the journal need not keep it any longer. */
function handedOver(state: GridState): Next {
  const commandIds = state.handOver.map(({ commandId }) => commandId);
  const isHanded = (row: Row) => row.refusedIds.some((id) => commandIds.includes(id));
  const next = mapRows(state, (row) => (isHanded(row) ? { ...row, refusedIds: [], rejected: undefined } : row));
  const dealtWith = [...state.dealtWith, ...commandIds];
  return stay({ ...next, mode: MARKS, handOver: [], dealtWith }, { type: 'mark-entry/dismiss', ...sheetOf(state), commandIds });
}
