import { editField, EMPTY_FIELD, type Field } from '../../components/field.js';
import type { Key } from '../../platform/input/key.js';
import type { Services } from '../../platform/screen.js';
import { commit, commitTyped } from './committing.js';
import { shownRows } from './filtering.js';
import { CONCERNS, sheetOf, stay, warn, type Next, type Report } from './grid.messages.js';
import { isLocked, isOutstanding, rowAt, rowOf, valueOf, type GridState, type Mode } from './grid.state.js';
import { to, toCandidate } from './moving.js';
import { take } from './pasting.js';
import { decide, differs } from './verifying.js';

/** Everything that lies over the grid or takes its keys for a moment: questions, lists, number mode. */

type Of<Kind extends Mode['kind']> = Extract<Mode, { kind: Kind }>;

export const MARKS: Mode = { kind: 'marks' };

/** In which of these does a key belong to the mode, and not to the grid? */
export const takesKeys = ({ mode }: GridState): boolean => mode.kind !== 'marks' && mode.kind !== 'verify';

export function updateMode(state: GridState, key: Key, services: Services): Next {
  const { mode } = state;
  if (key.kind === 'key' && key.name === 'escape') return leave(state);
  if ('field' in mode) return inField(state, mode, key, services);
  if (key.kind === 'paste') return stay(state, { type: 'bell' });
  switch (mode.kind) {
    case 'paste':
      return key.name === 'enter' ? take(state, mode.items, services) : scroll(state, mode, mode.items.length, key.name);
    case 'history':
      return scroll(state, mode, mode.entries?.length ?? 0, key.name);
    case 'hand-over':
      return key.name === 'enter' ? leave(state) : scroll(state, mode, state.rows.length, key.name);
    case 'clear-all':
      return key.name === 'enter' ? clearAll(state, services) : stay(state, { type: 'bell' });
    case 'concern':
      return inConcern(state, mode, key.name, services);
    case 'differences':
      return inDifferences(state, mode, key.name, services);
    default:
      return stay(state);
  }
}

function leave(state: GridState): Next {
  const filter = state.mode.kind === 'filter' ? '' : state.filter;
  return stay({ ...refiltered(state, filter), mode: MARKS });
}

function inField(state: GridState, mode: Extract<Mode, { field: Field }>, key: Key, services: Services): Next {
  if (key.kind === 'key' && key.name === 'enter') return enterField(state, mode, services);
  if (key.kind === 'key' && mode.kind === 'numbers' && key.pad && key.name === '*') return enterField(state, { ...mode, field: { text: 'ABS', cursor: 3 } }, services);
  const field = editField(mode.field, key);
  if (field === undefined) return stay(state, { type: 'bell' });
  const next: GridState = { ...state, mode: { ...mode, field } };
  return stay(mode.kind === 'filter' ? refiltered(next, field.text) : next);
}

function enterField(state: GridState, mode: Extract<Mode, { field: Field }>, services: Services): Next {
  const { text } = mode.field;
  switch (mode.kind) {
    case 'first':
      return checkFirst(state, mode);
    case 'go': {
      const found = toCandidate(state, text);
      return found === undefined ? unknownNumber(state, mode, text) : stay({ ...found, mode: MARKS });
    }
    case 'filter':
      return stay({ ...state, mode: MARKS });
    case 'numbers':
      return inNumbers(state, mode, services);
    case 'reason':
      return text.trim() === '' ? stay(state, { type: 'bell' }) : report(state, { kind: 'script', received: false, reason: text.trim() }, services);
    case 'unlisted':
      if (!/^\d{1,8}$/.test(text)) return warn(state, { id: 'mark-entry.unlisted.malformed' });
      return stay({ ...state, mode: MARKS }, { type: 'mark-entry/unlisted', ...sheetOf(state), number: text, commandId: services.newId() });
  }
}

function unknownNumber(state: GridState, mode: Extract<Mode, { field: Field }>, typed: string): Next {
  const next: GridState = { ...state, mode: { ...mode, field: EMPTY_FIELD } };
  return warn(next, { id: 'mark-entry.unknown-candidate', values: { typed } });
}

/** Opened by Enter at the end of another sheet: a mark still coming from there must not land here. */
function checkFirst(state: GridState, { field }: Of<'first'>): Next {
  if (field.text === '') return stay({ ...state, mode: MARKS, isFresh: false });
  const found = toCandidate(state, field.text);
  if (found === undefined) return unknownNumber(state, { kind: 'first', field }, field.text);
  return stay({ ...found, mode: MARKS, isFresh: false });
}

function inNumbers(state: GridState, mode: Of<'numbers'>, services: Services): Next {
  const { candidate, field } = mode;
  if (candidate === undefined) {
    const found = toCandidate(state, field.text);
    if (found === undefined) return unknownNumber(state, mode, field.text);
    const number = rowAt(found)?.saved.candidate;
    return stay({ ...found, mode: { kind: 'numbers', candidate: number, field: EMPTY_FIELD } });
  }
  if (field.text === '') return stay(state, { type: 'bell' });
  const next = commitTyped(state, { index: rowOf(state, candidate), typed: field.text }, services);
  return { state: { ...next.state, mode: { kind: 'numbers', candidate: undefined, field: EMPTY_FIELD } }, effects: next.effects };
}

function scroll(state: GridState, mode: Of<'paste' | 'history' | 'hand-over'>, count: number, key: string): Next {
  const by = ({ up: -1, k: -1, down: 1, j: 1, pageup: -10, pagedown: 10 } as Record<string, number>)[key];
  if (by === undefined) return key === 'enter' && mode.kind === 'history' ? leave(state) : stay(state, { type: 'bell' });
  return stay({ ...state, mode: { ...mode, top: Math.max(0, Math.min(mode.top + by, Math.max(0, count - 1))) } });
}

function inConcern(state: GridState, mode: Of<'concern'>, key: string, services: Services): Next {
  if (key === 'enter') return report(state, { kind: 'concern', concern: CONCERNS[mode.selected] ?? 'other' }, services);
  const by = key === 'up' || key === 'k' ? -1 : key === 'down' || key === 'j' ? 1 : 0;
  if (by === 0) return stay(state, { type: 'bell' });
  return stay({ ...state, mode: { kind: 'concern', selected: Math.max(0, Math.min(mode.selected + by, CONCERNS.length - 1)) } });
}

function inDifferences(state: GridState, mode: Of<'differences'>, key: string, services: Services): Next {
  const open = state.rows.filter(differs);
  const chosen = open[Math.min(mode.selected, open.length - 1)];
  if (chosen === undefined || key === 'enter') return leave(state);
  if (key === '1' || key === '2') return decide(state, chosen.saved.candidate, key === '1' ? 'first' : 'second', services);
  const by = key === 'up' || key === 'k' ? -1 : key === 'down' || key === 'j' ? 1 : 0;
  if (by === 0) return stay(state, { type: 'bell' });
  return stay({ ...state, mode: { kind: 'differences', selected: Math.max(0, Math.min(mode.selected + by, open.length - 1)) } });
}

/** Flag, script or concern of the candidate under the cursor. */
export function report(state: GridState, what: Report, services: Services): Next {
  const row = rowAt(state);
  if (row === undefined) return stay(state, { type: 'bell' });
  const { candidate } = row.saved;
  const effect = { type: 'mark-entry/report', ...sheetOf(state), candidate, report: what, commandId: services.newId() } as const;
  return stay({ ...state, mode: MARKS }, effect);
}

/** Everything entered since the sheet was opened, as one step of undo; what is locked stays. */
function clearAll(state: GridState, services: Services): Next {
  const entries = [...state.before].flatMap(([candidate, mark]) => {
    const index = rowOf(state, candidate);
    const row = state.rows[index];
    if (row === undefined || isLocked(row) || isOutstanding(row)) return [];
    const typed = mark === null ? 'CLEAR' : String(mark);
    return valueOf(row) === typed ? [] : [{ index, typed }];
  });
  const next = commit({ ...state, mode: MARKS }, entries, services);
  const sentence = { id: 'mark-entry.cleared', values: { count: entries.length } } as const;
  return { state: { ...next.state, before: new Map() }, effects: [...next.effects, { type: 'say', sentence }] };
}

export function refiltered(state: GridState, filter: string): GridState {
  if (filter === state.filter) return state;
  const index = state.shown[state.cursor];
  const shown = shownRows(state.rows, filter);
  const at = index === undefined ? -1 : shown.indexOf(index);
  return to({ ...state, filter, shown }, at < 0 ? 0 : at);
}
