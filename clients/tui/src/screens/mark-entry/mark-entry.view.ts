import { fieldLine, type Field } from '../../components/field.js';
import { firstVisible } from '../../components/list.js';
import { lineWidth } from '../../components/paint.js';
import { clock, dayAndTime } from '../../components/time.js';
import type { Frame, Line, Size, Span, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, fit, fitRight, width } from '../../platform/text/width.js';
import { rowAt, type Conflict, type GridState, type Mode, type Numbers, type Row } from './grid.state.js';
import { overlayOf, spaced } from './overlays.view.js';
import { cursorLine, FIXED_COLUMNS, MARK_COLUMNS, rowLine, STATE_COLUMNS, type RowLook } from './rows.view.js';
import { totalsOf } from './totals.js';

/** The grid as rows of the terminal: only those that fit are made. */

/** Heading, status, column heads, totals. */
const AROUND = 4;

export function view(state: GridState, size: Size, context: ViewContext): Frame {
  const look: RowLook = {
    nameColumns: Math.max(10, Math.min(40, size.columns - FIXED_COLUMNS)),
    hideNames: state.options.hideNames,
    isBlind: state.isBlind,
    context,
  };
  const banner = state.isFresh ? bannerOf(state, context) : [];
  const page = Math.max(1, size.rows - AROUND - banner.length);
  const overlay = overlayOf(state, size, context);
  const message = messageOf(state, size, context);
  const keys = conflictAt(state) === undefined ? undefined : conflictKeys(context);
  return {
    lines: [heading(state, size, context), status(state, size, context), ...banner, heads(look), ...body(state, page, look), totals(state, size, context)],
    ...(message !== undefined && { message }),
    ...(keys !== undefined && { keys }),
    ...(overlay !== undefined && { overlay }),
  };
}

function heading({ component, centre, name, maximum }: GridState, { columns }: Size, { t, language }: ViewContext): Line {
  const right = t('mark-entry.maximum', { maximum });
  const title = sanitise(component.titles[language] || component.title).toLocaleUpperCase('en-GB');
  const left = ` ${t('mark-entry.centre', { centre, name: sanitise(name) })} · ${sanitise(component.code)} ${title}`;
  const room = columns - [...right].length - 3;
  return [{ text: `${fit(left, room)}  `, as: 'heading' }, { text: right, as: 'key' }];
}

/** Nothing of it may ever be cut off: where it does not fit, more and more of it is said in fewer letters. */
function status(state: GridState, { columns }: Size, context: ViewContext): Line {
  const fits = [0, 1, 2, 3].map((shortness) => statusSpans(state, shortness, context)).find((line) => lineWidth(line) <= columns);
  return fits ?? statusSpans(state, 4, context);
}

function statusSpans(state: GridState, shortness: number, { t, language }: ViewContext): readonly Span[] {
  const { blank, errors, unsaved, total, outstanding } = totalsOf(state.rows);
  const { connection, lastAcknowledgedAt } = state.status;
  const at = lastAcknowledgedAt === undefined ? '–' : clock(Date.parse(lastAcknowledgedAt), language);
  const from = (level: number) => (shortness >= level ? '.short' : '');
  const parts: readonly (Span | undefined)[] = [
    state.isBlind ? { text: t(`mark-entry.verify.on${from(2)}`), as: 'conflict' } : undefined,
    `${Math.min(state.cursor + 1, state.shown.length)}/${state.shown.length}`,
    t('mark-entry.left', { count: blank }),
    outstanding > 0 ? t(`mark-entry.outstanding-count${from(2)}`, { count: outstanding }) : undefined,
    { text: t(`mark-entry.errors${from(3)}`, { count: errors }), as: errors > 0 ? 'error' : 'plain' },
    { text: t(`mark-entry.unsaved${from(3)}`, { count: unsaved }), as: unsaved > 0 ? 'queued' : 'plain' },
    // A sum would give the hidden marks away.
    state.isBlind ? undefined : t('mark-entry.total', { total }),
    { text: t(`mark-entry.line.${connection}`), as: connection === 'online' ? 'ok' : 'warning' },
    t(`mark-entry.acknowledged${from(1)}`, { at }),
  ];
  const between = [' · ', ' · ', ' · ', '  '][shortness] ?? ' ';
  return [' ', ...parts.filter((part) => part !== undefined).flatMap((part, index) => (index === 0 ? [part] : [between, part]))];
}

/** Until the first key: which school's papers should lie on the table. */
function bannerOf({ centre, name }: GridState, { t }: ViewContext): readonly Line[] {
  return ['', [{ text: `   ${t('mark-entry.banner')}  ${spaced(centre)}   ${sanitise(name).toLocaleUpperCase()}`, as: 'heading' }], ''];
}

function heads({ nameColumns, context: { t } }: RowLook): Line {
  const cells = [t('mark-entry.column.candidate'), fit(t('mark-entry.column.name'), nameColumns)];
  const mark = fitRight(t('mark-entry.column.mark'), MARK_COLUMNS);
  const text = `   ${fit(cells[0] as string, 5)} ${cells[1]}  ${mark}  ${fit(t('mark-entry.column.state'), STATE_COLUMNS)}  ${t('mark-entry.column.saved')}`;
  return [{ text, as: 'muted' }];
}

function body(state: GridState, page: number, look: RowLook): readonly Line[] {
  const { t } = look.context;
  if (state.isLoading) return filled([` ${t('list.loading')}`], page);
  if (state.shown.length === 0) return filled([` ${t('filter.nothing', { text: sanitise(state.filter) })}`], page);
  const first = firstVisible(Math.min(state.cursor, state.shown.length - 1), state.shown.length, page);
  const lines = state.shown.slice(first, first + page).map((index, offset) => {
    const row = state.rows[index] as NonNullable<ReturnType<typeof rowAt>>;
    return first + offset === state.cursor ? cursorLine(state, row, look) : rowLine(row, look);
  });
  return filled(lines, page);
}

const filled = (lines: readonly Line[], page: number): readonly Line[] =>
  lines.length >= page ? lines : [...lines, ...Array.from({ length: page - lines.length }, () => '')];

/** Below the last row: it takes no marks. */
function totals(state: GridState, { columns }: Size, { t }: ViewContext): Line {
  const { marked, absent, blank, total } = totalsOf(state.rows);
  const isHere = state.cursor >= state.shown.length && !state.isLoading;
  const control = state.controlTotal === '' ? '' : ` · ${t('mark-entry.control', { control: state.controlTotal })}`;
  const hint = isHere && control === '' ? ` · ${t('mark-entry.footer-hint')}` : '';
  const text = `${isHere ? ' ▸ ' : '   '}${t(state.isBlind ? 'mark-entry.totals.blind' : 'mark-entry.totals', { marked, absent, blank, total })}${control}${hint}`;
  return [{ text: fit(cut(text, columns), columns), as: isHere ? 'selected' : 'heading' }];
}

/** A question on the message line; else why the row under the cursor was not taken. */
function messageOf(state: GridState, size: Size, { t, language }: ViewContext): Line | undefined {
  const { mode } = state;
  if (mode.kind === 'lost') return [{ text: ` ! ${t('mark-entry.lost', { typed: mode.typed })}`, as: 'warning' }];
  if ('field' in mode && mode.kind !== 'first') return prompt(mode, t);
  if (state.cell !== undefined) return undefined;
  const row = rowAt(state);
  if (row?.rejected !== undefined) return [{ text: ` ! ${t(row.rejected.why.id, row.rejected.why.values)}`, as: 'error' }];
  if (row?.conflict !== undefined && !state.isBlind) return [{ text: ` # ${bothOf(row, row.conflict, { t, language, columns: size.columns - 3 })}`, as: 'conflict' }];
  return state.problem && [{ text: ` ! ${t(state.problem.id, state.problem.values)}`, as: 'error' }];
}

interface Room extends Pick<ViewContext, 't' | 'language'> {
  readonly columns: number;
}

/** Both values and the time are never cut; the name is, where it must be. */
function bothOf({ saved }: Row, { mine, by, at }: Conflict, { t, language, columns }: Room): string {
  // Something else about the candidate has changed, and nobody has entered a mark.
  if (saved.mark === null && by === '') return t('mark-entry.conflict-blank', { mine });
  const theirs = saved.mark === null ? '–' : String(saved.mark);
  const when = Number.isNaN(Date.parse(at)) ? '' : dayAndTime(at, language);
  const says = (name: string) => t('mark-entry.conflict-both', { mine, theirs, by: name, at: when });
  return says(cut(sanitise(by), columns - width(says(''))));
}

/** Only where the conflict is what the message line is about: not while first marks are hidden. */
function conflictAt(state: GridState): Conflict | undefined {
  const row = rowAt(state);
  return !state.isBlind && state.mode.kind === 'marks' && state.cell === undefined && row?.rejected === undefined ? row?.conflict : undefined;
}

const conflictKeys = ({ t }: ViewContext): NonNullable<Frame['keys']> => [
  ['y', t('mark-entry.conflict.yours')],
  ['t', t('mark-entry.conflict.theirs')],
  ['enter', t('mark-entry.conflict.later')],
  ['escape', t('mark-entry.key.back.short')],
  ['?', t('key.help.short')],
  [':', t('key.palette.short')],
];

type WithField = Extract<Mode, { field: unknown }>;

function prompt(mode: WithField, t: ViewContext['t']): Line {
  if (mode.kind === 'numbers') return promptForNumbers(mode, t);
  const words = t(`mark-entry.ask.${mode.kind === 'first' ? 'go' : mode.kind}`);
  return [` ${words} `, ...fieldSpans(mode.field, 24)];
}

/** The question first: at 80 columns it is never the question that is cut. */
function promptForNumbers({ candidate, refused, field, note }: Numbers, t: ViewContext['t']): Line {
  const asked = candidate ?? refused;
  const id = refused !== undefined ? 'mark-entry.ask.numbers-refused' : asked !== undefined ? 'mark-entry.ask.numbers-mark' : 'mark-entry.ask.numbers';
  const words = t(id, asked === undefined ? undefined : { candidate: asked });
  const beside: readonly Span[] = note === undefined ? [] : [' ', { text: t(note.id, note.values), as: 'warning' }];
  return [` ${words} `, ...fieldSpans(field, 6), ...beside];
}

function fieldSpans(field: Field, columns: number): readonly Span[] {
  return fieldLine(field, { columns, isFocused: true }) as readonly Span[];
}
