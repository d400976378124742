import type { EmiSummary, SheetSummary } from '@portal/contract';
import { clamp, EMPTY_LIST, firstVisible, LIST_KEYS, matches, moveList, typeFilter, type ListAction, type ListState } from '../../components/list.js';
import { componentTitle } from '../../components/component-title.js';
import { allAs } from '../../components/paint.js';
import { tableRow } from '../../components/table.js';
import {
  lookUp,
  type CommonEffect, type CommonMessage, type Frame, type KeyBinding, type Line, type Screen, type Sentence, type Services,
  type Size, type Update, type ViewContext,
} from '../../platform/screen.js';
import { askDocument } from '../../platform/documents/ask.js';
import { exported, exportKeys, isExporting, whyNotExported, type Exporting } from '../../platform/documents/exporting.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, fit, width } from '../../platform/text/width.js';

/** The mark sheets (centres) of one component with their counts; Enter opens the grid. */

export interface SheetsState {
  readonly component: EmiSummary;
  readonly sheets: readonly SheetSummary[] | undefined;
  readonly list: ListState;
  readonly problem: Sentence | undefined;
}

export type SheetsMessage =
  | { readonly type: 'loaded'; readonly sheets: readonly SheetSummary[] }
  | { readonly type: 'refused'; readonly sentence: Sentence };
export interface SheetsEffect {
  readonly type: 'sheets/load';
  readonly component: string;
}

type Action = ListAction | Exporting | 'open' | 'document' | 'print' | 'documents' | 'submit' | 'back' | 'reload';
type Next = Update<SheetsState, SheetsEffect | CommonEffect>;

const KEYS: readonly KeyBinding<SheetsState, Action>[] = [
  { action: 'open', keys: ['enter', 'right', 'l'], description: 'key.open', footer: 1 },
  {
    action: 'submit',
    keys: ['s'],
    description: 'sheets.key.submit',
    footer: 2,
    whyNot: (state) => (total(state, 'entered') > 0 ? undefined : 'emi.nothing-entered'),
  },
  ...(LIST_KEYS as readonly KeyBinding<SheetsState, ListAction>[]),
  { action: 'document', keys: ['d'], description: 'documents.key.mark-sheet', footer: 4, whyNot: needsSheet },
  ...exportKeys<SheetsState>(({ component }) => whyNotExported(component), 3),
  { action: 'print', keys: ['p'], description: 'documents.key.print-mark-sheet', footer: 101, whyNot: needsSheet },
  { action: 'documents', keys: ['D'], description: 'documents.key.list', footer: 102 },
  { action: 'reload', keys: ['f5'], description: 'key.reload' },
  { action: 'back', keys: ['escape', 'left', 'h'], description: 'key.back', footer: 9 },
];

export const sheetsScreen: Screen<SheetsState, SheetsMessage, SheetsEffect, { readonly component: EmiSummary }> = {
  name: 'sheets',
  init: ({ component }) => load({ component, sheets: undefined, list: EMPTY_LIST, problem: undefined }),
  update,
  view,
  keys: KEYS,
  title: (state, { t }) => `${t('sheets.title')} ${state.component.code}`,
  takesText: (state) => state.list.isTyping,
};

/** Lines above and below the rows of the table. */
const FIXED_ROWS = 6;

function update(state: SheetsState, message: SheetsMessage | CommonMessage, services: Services): Next {
  switch (message.type) {
    case 'loaded':
      return stay({ ...state, sheets: message.sheets, problem: undefined });
    case 'refused':
      return stay({ ...state, problem: message.sentence });
    case 'resumed':
    case 'changed':
      return load(state);
    case 'action':
      return act(state, message.action as Action, services);
    case 'key': {
      if (state.list.isTyping) return stay({ ...state, list: typeFilter(state.list, message.key) });
      const looked = lookUp(KEYS, state, message.key);
      if (looked === undefined) return stay(state);
      if ('action' in looked) return act(state, looked.action, services);
      return { state, effects: [{ type: 'bell' }, { type: 'say', sentence: { id: looked.whyNot }, as: 'warning' }] };
    }
    default:
      return stay(state);
  }
}

function act(state: SheetsState, action: Action, services: Services): Next {
  const rows = shownSheets(state);
  const list = moveList(state.list, action, rows.length, Math.max(1, services.size.rows - FIXED_ROWS));
  if (list !== undefined) return stay({ ...state, list });
  if (action === 'reload') return load(state);
  // What was filtered is shown again before the page is left.
  if (action === 'back' && state.list.filter.text !== '') return stay({ ...state, list: EMPTY_LIST });
  if (action === 'back') return { state, effects: [{ type: 'back' }] };
  if (action === 'submit') return { state, effects: [{ type: 'go', to: 'submission', params: { component: state.component } }] };
  if (isExporting(action)) return { state, effects: [exported(action, state.component, services)] };
  if (action === 'documents') return { state, effects: [{ type: 'go', to: 'documents', params: {} }] };
  const sheet = selectedOf(state);
  if (sheet === undefined) return stay(state);
  if (action === 'document' || action === 'print') {
    const wanted = { kind: 'mark-sheet', component: state.component.component, centre: sheet.centre } as const;
    return { state, effects: [askDocument(wanted, services, { isToPrint: action === 'print' })] };
  }
  const params = { component: state.component, centre: sheet.centre, name: sheet.name, sheets: state.sheets };
  return { state, effects: [{ type: 'go', to: 'mark-entry', params }] };
}

function shownSheets(state: SheetsState): readonly SheetSummary[] {
  return (state.sheets ?? []).filter(({ centre, name }) => matches(state.list, `${centre} ${name}`));
}

function selectedOf(state: SheetsState): SheetSummary | undefined {
  const rows = shownSheets(state);
  return rows[clamp(state.list.selected, rows.length)];
}

function needsSheet(state: SheetsState): string | undefined {
  if (state.sheets === undefined) return 'why.loading';
  return selectedOf(state) === undefined ? 'iamis.why.no-centre' : undefined;
}

function total(state: SheetsState, of: 'allocated' | 'left' | 'outstanding' | 'entered' | 'submitted'): number {
  return (state.sheets ?? []).reduce((sum, sheet) => sum + sheet[of], 0);
}

function load(state: SheetsState): Next {
  return { state, effects: [{ type: 'sheets/load', component: state.component.component }] };
}

function stay(state: SheetsState): Next {
  return { state, effects: [] };
}

const COUNTS = ['allocated', 'left', 'outstanding', 'entered', 'submitted'] as const;

function columnsFor(size: Size) {
  const counts = [6, 6, 7, 8, 9].map((columns) => ({ columns, align: 'right' as const }));
  const used = 7 + 2 + counts.reduce((sum, { columns }) => sum + columns + 2, 0) + 4;
  return [{ columns: 7 }, { columns: Math.min(60, size.columns - used) }, ...counts];
}

function view(state: SheetsState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const columns = columnsFor(size);
  const rows = shownSheets(state);
  const page = Math.max(1, size.rows - FIXED_ROWS);
  const selected = clamp(state.list.selected, rows.length);
  const first = firstVisible(selected, rows.length, page);
  const line = ({ centre, name, ...counts }: SheetSummary, index: number): Line => {
    const cells = [sanitise(centre), sanitise(name), ...COUNTS.map((of) => String(counts[of]))];
    const isSelected = first + index === selected;
    const text = `${isSelected ? ' ▸' : '  '} ${tableRow(columns, cells)}`;
    return isSelected ? allAs(text, size.columns, 'selected') : text;
  };
  const head = tableRow(columns, [t('sheets.column.centre'), t('sheets.column.name'), ...COUNTS.map((of) => t(`sheets.column.${of}`))]);
  const lines: Line[] = [
    [{ text: cut(` ${t('sheets.heading', { component: componentTitle(state.component, context) })}`, size.columns), as: 'heading' }],
    filterLine(state, context),
    [{ text: fit(`   ${head}`, size.columns), as: 'muted' }],
    ...rows.slice(first, first + page).map(line),
    ...emptyLines(state, rows.length, context),
    [{ text: `   ${tableRow(columns, [t('sheets.total'), '', ...COUNTS.map((of) => String(total(state, of)))])}`, as: 'heading' }],
    ...wholeName(rows[selected], columns[1]!.columns, size),
  ];
  const message = messageOf(state, context);
  const keys = [['enter', t('filter.apply')], ['escape', t('filter.clear')]] as const;
  return { lines, ...(message && { message }), ...(state.list.isTyping && { keys }) };
}

/** What the column could only begin to say. */
function wholeName(sheet: SheetSummary | undefined, room: number, size: Size): readonly Line[] {
  const name = sanitise(sheet?.name ?? '');
  return sheet === undefined || width(name) <= room ? [] : [[{ text: cut(`   ${sanitise(sheet.centre)} ${name}`, size.columns), as: 'muted' }]];
}

function filterLine({ list }: SheetsState, { t }: ViewContext): Line {
  if (!list.isTyping && list.filter.text === '') return '';
  const text = ` ${t('filter.prompt', { text: sanitise(list.filter.text) })}`;
  return list.isTyping ? [text, { text: ' ', as: 'selected' }] : text;
}

function emptyLines(state: SheetsState, count: number, { t }: ViewContext): readonly Line[] {
  if (state.sheets === undefined || count > 0) return [];
  if (state.sheets.length === 0) return [`   ${t('sheets.none')}`];
  return [`   ${t('filter.nothing', { text: sanitise(state.list.filter.text) })}`];
}

function messageOf(state: SheetsState, { t }: ViewContext): Line | undefined {
  if (state.problem) return [{ text: ` ! ${t(state.problem.id, state.problem.values)}`, as: 'error' }];
  return state.sheets === undefined ? ` ${t('list.loading')}` : undefined;
}
