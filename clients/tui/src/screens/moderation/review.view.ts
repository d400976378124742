import { boxSize } from '../../components/box.js';
import { fieldLine } from '../../components/field.js';
import { firstVisible } from '../../components/list.js';
import { lineWidth, takeColumns } from '../../components/paint.js';
import { dayAndTime } from '../../components/time.js';
import type { Frame, Line, Overlay, Size, Span, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, fit, width } from '../../platform/text/width.js';
import { coefficient, plotRows, type PlotPair } from './plot.js';
import { headLine, rowLine, type RowLook } from './review.rows.js';
import { differenceOf, rowAt, totalsOf, valueOf, WIDE, type ReviewState, type Row } from './review.state.js';
import { returnedLines } from './returned.js';
import { verdictLine } from './verdict.js';
import { markWord, problemLine, reasonKeys } from './words.js';

/** The grid as rows of the terminal, with the plot beside it where there is room. */

const PLOT_COLUMNS = 40;
/** Heading, status, verdict, column heads, footer. */
const AROUND = 5;

export function viewReview(state: ReviewState, size: Size, context: ViewContext): Frame {
  const isWide = size.columns >= WIDE;
  const columns = isWide ? size.columns - PLOT_COLUMNS - 3 : size.columns;
  const look = lookOf(state, columns, context);
  const returned = returnedLines(state.sample?.returned, { columns: size.columns, rows: 1 }, context);
  const page = Math.max(1, size.rows - AROUND - returned.length);
  const rows = body(state, page, look);
  const beside = isWide && state.sample !== undefined ? plot(state, { columns: PLOT_COLUMNS, rows: Math.min(page + 1, 22) }, context) : undefined;
  const grid = [headLine(look), ...rows].map((line, index) => (beside === undefined ? line : besides(line, columns, beside[index] ?? '')));
  const message = messageOf(state, size, context);
  const overlay = !isWide && state.isPlotOpen ? plotOver(state, size, context) : undefined;
  const isReason = state.mode.kind === 'reason';
  const keys = isReason ? reasonKeys(context) : rowAt(state)?.conflict !== undefined && state.cell === undefined ? conflictKeys(context) : undefined;
  return {
    lines: [heading(state, size, context), status(state, size, context), verdictLine(state, size.columns, context), ...returned, ...grid, footer(state, size, context)],
    ...(message && { message }),
    ...(keys && { keys }),
    ...(overlay && { overlay }),
  };
}

function lookOf(state: ReviewState, columns: number, context: ViewContext): RowLook {
  const isPooled = (state.sample?.consortium.length ?? 0) > 1;
  return { columns, tolerance: state.sample?.tolerance ?? 1, isPooled, hideNames: state.hideNames, context };
}

function besides(line: Line, columns: number, right: string): Line {
  return [...takeColumns(line, 0, columns), ' │ ', right];
}

function heading({ component, centre, name, sample }: ReviewState, { columns }: Size, { t, language }: ViewContext): Line {
  const right = sample === undefined ? '' : t('iamis.review.limits', { maximum: sample.maximum, tolerance: sample.tolerance });
  const title = sanitise(component.titles[language] || component.title).toLocaleUpperCase('en-GB');
  const left = ` ${t('mark-entry.centre', { centre, name: sanitise(sample?.name || name) })} · ${sanitise(component.code)} ${title}`;
  return [{ text: `${fit(left, columns - width(right) - 3)}  `, as: 'heading' }, { text: right, as: 'key' }];
}

/** Nothing is known of the sheet, and of its line, until it is read: the frame's own head says whether the Portal is reached. */
function status(state: ReviewState, { columns }: Size, { t }: ViewContext): Line {
  const { remaining, total, errors, unsaved } = totalsOf(state);
  const { connection, sample } = state;
  if (sample === undefined) return '';
  const parts: Span[] = [
    ` ${Math.min(state.cursor + 1, total)}/${total}`,
    ` · ${t('iamis.review.remaining', { count: remaining })}`,
    { text: ` · ${t('mark-entry.errors', { count: errors })}`, as: errors > 0 ? 'error' : 'plain' },
    { text: ` · ${t('mark-entry.unsaved', { count: unsaved })}`, as: unsaved > 0 ? 'queued' : 'plain' },
    { text: ` · ${t(`mark-entry.line.${connection}`)}`, as: connection === 'online' ? 'ok' : 'warning' },
  ];
  const closed: Span[] = sample.state === 'reviewing' ? [] : [{ text: ` · = ${t(`iamis.state.${sample.state}`)}`, as: 'locked' }];
  const rule: Span[] = sample.rule ? [{ text: ` · ${t('iamis.review.rule', { rule: sanitise(sample.rule) })}`, as: 'muted' }] : [];
  const whole = [...parts, ...closed, ...rule];
  return lineWidth(whole) <= columns ? whole : [...parts, ...closed];
}

function body(state: ReviewState, page: number, look: RowLook): readonly Line[] {
  const { t } = look.context;
  if (state.sample === undefined) return filled([` ${t('list.loading')}`], page);
  if (state.rows.length === 0) return filled([` ${t('iamis.review.none')}`], page);
  const first = firstVisible(Math.min(state.cursor, state.rows.length - 1), state.rows.length, page);
  const lines = state.rows.slice(first, first + page).map((row, offset) => {
    const isHere = first + offset === state.cursor;
    return rowLine(row, look, isHere ? { cell: state.cell } : undefined);
  });
  return filled(lines, page);
}

const filled = (lines: readonly Line[], page: number): readonly Line[] =>
  lines.length >= page ? lines : [...lines, ...Array.from({ length: page - lines.length }, () => '')];

/** Below the last row: it takes no marks. */
function footer(state: ReviewState, { columns }: Size, { t }: ViewContext): Line {
  const { total, marked, remaining, outside } = totalsOf(state);
  if (state.sample === undefined) return '';
  const isHere = state.cursor >= state.rows.length;
  const hint = isHere ? ` · ${t(remaining > 0 ? 'iamis.review.hint.blank' : 'iamis.review.hint.report')}` : '';
  const text = `${isHere ? ' ▸ ' : '   '}${t('iamis.review.totals', { total, marked, remaining, outside })}${hint}`;
  return [{ text: fit(cut(text, columns), columns), as: isHere ? 'selected' : 'heading' }];
}

/** A question on the message line; else why the row under the cursor was not taken. */
function messageOf(state: ReviewState, { columns }: Size, context: ViewContext): Line | undefined {
  const { t } = context;
  const { mode } = state;
  if (mode.kind === 'reason') {
    const words = t(`iamis.ask.${mode.of}`, { candidate: rowAt(state)?.saved.candidate ?? '' });
    const field = fieldLine(mode.field, { columns: Math.max(10, columns - width(words) - 3), isFocused: true }) as readonly Span[];
    return [` ${words} `, ...field];
  }
  if (state.asked?.isWaiting === true) return ` ${t('iamis.asking')}`;
  if (state.cell !== undefined) return undefined;
  const row = rowAt(state);
  if (row?.rejected !== undefined) return [{ text: ` ! ${t(row.rejected.why.id, row.rejected.why.values)}`, as: 'error' }];
  if (row?.conflict !== undefined) {
    return [{ text: ` # ${bothOf(row, row.conflict, context)}`, as: 'conflict' }];
  }
  if (row?.saved.isReceived === false) return [{ text: ` ? ${t('iamis.not-received', { reason: sanitise(row.saved.reason ?? '') })}`, as: 'warning' }];
  return problemLine(state.problem, context);
}

function bothOf({ saved }: Row, { mine, by, at }: NonNullable<Row['conflict']>, { t, language }: ViewContext): string {
  const theirs = markWord(saved.moderatorMark);
  if (by === '' || Number.isNaN(Date.parse(at))) return t('iamis.conflict-both', { mine, theirs });
  return t('mark-entry.conflict-both', { mine, theirs, by: sanitise(by), at: dayAndTime(at, language) });
}

const conflictKeys = ({ t }: ViewContext): NonNullable<Frame['keys']> => [
  ['y', t('mark-entry.conflict.yours')],
  ['t', t('mark-entry.conflict.theirs')],
  ['enter', t('mark-entry.conflict.later')],
  ['escape', t('key.back.short')],
];

function plot(state: ReviewState, size: Size, { t }: ViewContext): readonly string[] {
  const { verdict: latest, sample } = state;
  const [a, b] = [coefficient(latest?.a ?? null), coefficient(latest?.b ?? null)];
  const line = a === undefined || b === undefined ? undefined : { a, b };
  const tolerance = sample?.tolerance ?? 0;
  const pairs = state.rows.flatMap((row) => pairOf(row, tolerance));
  const rows = plotRows({ pairs, maximum: sample?.maximum ?? 1, line }, { columns: size.columns, rows: Math.max(2, size.rows - 3) });
  const legend = t(line === undefined ? 'iamis.plot.legend' : 'iamis.plot.legend-line');
  return [t('iamis.plot.up'), ...rows, fit(t('iamis.plot.across'), size.columns), legend];
}

function pairOf(row: Row, tolerance: number): readonly PlotPair[] {
  const difference = differenceOf(row);
  if (difference === undefined) return [];
  return [{ x: Number(row.saved.centreMark), y: Number(valueOf(row)), isWithin: Math.abs(difference) <= tolerance }];
}

function plotOver(state: ReviewState, size: Size, context: ViewContext): Overlay {
  const { columns, rows } = boxSize(size);
  return { title: context.t('iamis.plot.title'), lines: plot(state, { columns, rows }, context), keys: [['p', context.t('help.close')], ['escape', context.t('help.close')]] };
}

