import { EMPTY_FIELD } from '../../components/field.js';
import { exported, type Exporting } from '../../platform/documents/exporting.js';
import type { Services } from '../../platform/screen.js';
import { commit } from './committing.js';
import { filtered } from './filtering.js';
import { sheetOf, stay, warn, type Next } from './grid.messages.js';
import { NUMBERS, rowAt, typedForm, type GridState, type Options, type Row } from './grid.state.js';
import type { GridAction } from './mark-entry.keys.js';
import { advance, nextBlank, nextError, to } from './moving.js';
import { report } from './reporting.js';
import { withRow } from './rows.js';
import { totalsOf } from './totals.js';
import { edit, leaveCell } from './typing.js';
import { step } from './undoing.js';
import { endBlind, toggleBlind } from './verifying.js';

/** What each action of the grid does. */
export function act(state: GridState, action: GridAction, services: Services): Next {
  return (ACTIONS[action] as Act)(state, services);
}

type Act = (state: GridState, services: Services) => Next;

const page = ({ size }: Services): number => Math.max(1, size.rows - 6);

const ACTIONS: Readonly<Record<GridAction, Act>> = {
  commit: enter,
  up: (state, services) => leaveCell(state, services, (next) => to(next, next.cursor - 1)),
  down: (state, services) => leaveCell(state, services, (next) => to(next, next.cursor + 1)),
  'page-up': (state, services) => leaveCell(state, services, (next) => to(next, next.cursor - page(services))),
  'page-down': (state, services) => leaveCell(state, services, (next) => to(next, next.cursor + page(services))),
  first: (state, services) => leaveCell(state, services, (next) => to(next, 0)),
  last: (state, services) => leaveCell(state, services, (next) => to(next, next.shown.length - 1)),
  'next-blank': (state) => blank(state, 1),
  'previous-blank': (state) => blank(state, -1),
  'next-error': (state) => stay(nextError(state) ?? state),
  absent: (state, services) => put(state, 'ABS', services),
  repeat: (state, services) => (state.lastTyped === undefined ? stay(state) : put(state, state.lastTyped, services)),
  clear: (state, services) => put(state, 'CLEAR', services),
  edit: (state) => stay(edit(state, rowAt(state) as Row)),
  undo: (state, services) => step(state, 'undo', services),
  redo: (state, services) => step(state, 'redo', services),
  go: (state) => stay({ ...state, mode: { kind: 'go', field: EMPTY_FIELD } }),
  filter: (state) => stay({ ...state, mode: { kind: 'filter', field: { text: state.filter, cursor: [...state.filter].length } } }),
  verify: (state) => toggleBlind(state),
  differences: (state) => stay({ ...state, mode: { kind: 'differences', selected: 0 } }),
  flag: (state, services) => report(state, { kind: 'flag', flagged: !(rowAt(state) as Row).saved.flagged }, services),
  history: (state) => {
    const { candidate } = (rowAt(state) as Row).saved;
    const next: GridState = { ...state, mode: { kind: 'history', candidate, entries: undefined, top: 0 } };
    return stay(next, { type: 'mark-entry/history', ...sheetOf(state), candidate });
  },
  yours,
  theirs,
  numbers: (state) => stay({ ...state, mode: NUMBERS }),
  'auto-advance': (state) => toggle(state, 'autoAdvance'),
  'hide-names': (state) => toggle(state, 'hideNames'),
  'clear-all': (state) => stay({ ...state, mode: { kind: 'clear-all' } }),
  'script-not-received': (state) => stay({ ...state, mode: { kind: 'reason', field: EMPTY_FIELD } }),
  'script-received': (state, services) => report(state, { kind: 'script', received: true }, services),
  concern: (state) => stay({ ...state, mode: { kind: 'concern', selected: 0 } }),
  unlisted: (state) => stay({ ...state, mode: { kind: 'unlisted', field: EMPTY_FIELD } }),
  'hand-over': (state) => stay({ ...state, mode: { kind: 'hand-over', top: 0 } }),
  submit: (state) => stay(state, { type: 'go', to: 'submission', params: { component: state.component } }),
  reload: (state) => stay({ ...state, problem: undefined }, { type: 'mark-entry/reload', ...sheetOf(state) }),
  'export-csv': exportSheet('export-csv'),
  'export-xlsx': exportSheet('export-xlsx'),
  'export-json': exportSheet('export-json'),
  back,
};

/** Of this centre; what is not sent yet is not in it. */
function exportSheet(action: Exporting): Act {
  return (state, services) => stay(state, exported(action, { ...state.component, centre: state.centre }, services));
}

function enter(state: GridState, services: Services): Next {
  if (rowAt(state) === undefined) return onFooter(state);
  return leaveCell(state, services, advance);
}

/** The footer takes no marks: a control total is compared, and Enter alone opens the next sheet. */
function onFooter(state: GridState): Next {
  if (state.controlTotal !== '' && !state.controlChecked) {
    if (state.isBlind) return warn(state, { id: 'mark-entry.why.blind' });
    const { total } = totalsOf(state.rows);
    const checked = { ...state, controlChecked: true };
    const values = { control: state.controlTotal, total };
    if (Number(state.controlTotal) === total) return stay(checked, { type: 'say', sentence: { id: 'mark-entry.control.agrees', values }, as: 'ok' });
    return warn(checked, { id: 'mark-entry.control.differs', values });
  }
  const at = state.sheets.findIndex(({ centre }) => centre === state.centre);
  const next = state.sheets[at + 1];
  if (next === undefined) return warn(state, { id: 'mark-entry.last-sheet' });
  const { component, sheets } = state;
  const params = { component, centre: next.centre, name: next.name, sheets, isNext: true };
  return stay(state, { type: 'mark-entry/close', ...sheetOf(state) }, { type: 'replace', to: 'mark-entry', params });
}

function blank(state: GridState, direction: 1 | -1): Next {
  const next = nextBlank(state, direction);
  return next === undefined ? warn(state, { id: 'mark-entry.no-blank' }) : stay(next);
}

function put(state: GridState, typed: string, services: Services): Next {
  const row = rowAt(state) as Row;
  const cell = { text: typed === 'CLEAR' ? '' : typed, expect: row.saved.revision, isEdit: true };
  return leaveCell({ ...state, cell }, services, advance);
}

function yours(state: GridState, services: Services): Next {
  const index = state.shown[state.cursor] as number;
  const { conflict } = state.rows[index] as Row;
  return conflict === undefined ? stay(state) : commit(state, [{ index, typed: conflict.mine }], services);
}

/** What is saved stands; what was typed is given up. */
function theirs(state: GridState): Next {
  const index = state.shown[state.cursor] as number;
  const { saved, refusedIds } = state.rows[index] as Row;
  const next = { ...withRow(state, index, { conflict: undefined, refusedIds: [] }), dealtWith: [...state.dealtWith, ...refusedIds] };
  return stay(next, { type: 'mark-entry/dismiss', ...sheetOf(state), commandIds: refusedIds }, {
    type: 'say',
    sentence: { id: 'mark-entry.theirs-taken', values: { candidate: saved.candidate, mark: saved.mark === null ? '–' : typedForm(saved.mark) } },
  });
}

function toggle(state: GridState, option: keyof Options): Next {
  const options = { ...state.options, [option]: !state.options[option] };
  const id = `mark-entry.option.${option}.${options[option] ? 'on' : 'off'}` as const;
  return stay({ ...state, options }, { type: 'say', sentence: { id } });
}

/** Esc first gives up what is being typed, then the mode, then a filter, and only then the page. */
function back(state: GridState): Next {
  if (state.cell !== undefined) return stay({ ...state, cell: undefined });
  if (state.isBlind) return endBlind(state);
  if (state.filter !== '') return stay(filtered(state, ''));
  return stay(state, { type: 'mark-entry/close', ...sheetOf(state) }, { type: 'back' });
}
