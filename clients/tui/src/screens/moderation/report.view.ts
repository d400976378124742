import { areaLines } from '../../components/area.js';
import { lineWidth } from '../../components/paint.js';
import type { Frame, Line, Size, Span, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut } from '../../platform/text/width.js';
import { FIELDS, isChanged, LONGEST, type ReportState } from './report.state.js';
import { returnedLines } from './returned.js';
import { problemLine } from './words.js';

/** The bar before a field, and the margin after it. */
export const AREA_INSET = 5;

export function viewReport(state: ReportState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const heading = t('iamis.report.heading', { centre: state.centre, name: sanitise(state.name), code: sanitise(state.component.code) });
  const head: Line[] = [[{ text: cut(` ${heading}`, size.columns), as: 'heading' }], about(state, context), ...returnedLines(state.sample?.returned, { columns: size.columns, rows: 2 }, context)];
  const message = messageOf(state, context);
  if (state.saved === undefined) return { lines: head, ...(message && { message }) };
  const heights = heightsOf(state, size.rows - head.length, size.columns);
  const fields = FIELDS.flatMap((field, index) => fieldLines(state, { field, index, rows: heights[index]! }, size, context));
  return { lines: [...head, ...fields].slice(0, size.rows), ...(message && { message }) };
}

function about(state: ReportState, { t }: ViewContext): Line {
  const { saved } = state;
  if (saved === undefined) return '';
  const standing: Span = saved.isCompleted
    ? { text: `✓ ${t('iamis.report.is-completed')}`, as: 'ok' }
    : isChanged(state)
      ? { text: t('iamis.report.is-changed'), as: 'queued' }
      : { text: t('iamis.report.is-draft'), as: 'muted' };
  return [` ${t('iamis.report.language', { language: t(`iamis.report.language.${state.language}`) })} · `, standing];
}

/** Each field has its heading and two rows at least; what is left goes to the one that is written. */
function heightsOf(state: ReportState, rows: number, columns: number): readonly number[] {
  const room = rows - 2 * FIELDS.length;
  const wanted = FIELDS.map((field) => areaLines(state.areas[field], { columns: columns - AREA_INSET, rows: 100 }, false).length);
  const least = Math.max(1, Math.floor(room / FIELDS.length / 2));
  const heights = FIELDS.map(() => least);
  const order = [state.focus, ...FIELDS.map((_, index) => index).filter((index) => index !== state.focus)];
  let left = room - least * FIELDS.length;
  for (const index of order) {
    const more = Math.max(0, Math.min(left, Math.max(wanted[index]!, index === state.focus ? 3 : 1) - heights[index]!));
    heights[index] = heights[index]! + more;
    left -= more;
  }
  return heights;
}

interface Shown {
  readonly field: (typeof FIELDS)[number];
  readonly index: number;
  readonly rows: number;
}

function fieldLines(state: ReportState, { field, index, rows }: Shown, size: Size, { t }: ViewContext): readonly Line[] {
  const isFocused = index === state.focus && state.saved?.isCompleted !== true;
  const area = state.areas[field];
  const count = isFocused ? t('iamis.report.length', { length: area.text.length, longest: LONGEST }) : '';
  const label = `${index === state.focus ? '▸' : ' '} ${t(`iamis.report.field.${field}`)}`;
  const gap = ' '.repeat(Math.max(2, size.columns - lineWidth(label) - count.length - 3));
  const lines = areaLines(area, { columns: size.columns - AREA_INSET, rows }, isFocused);
  const bar: Span = { text: isFocused ? ' ┃ ' : ' │ ', as: isFocused ? 'key' : 'muted' };
  const texts = Array.from({ length: rows }, (_, row): Line => {
    const line = lines[row] ?? '';
    return [bar, ...(typeof line === 'string' ? [line] : line)];
  });
  return [[{ text: ` ${label}`, as: 'heading' }, { text: `${gap}${count}`, as: 'muted' }], ...texts, ''];
}

function messageOf(state: ReportState, context: ViewContext): Line | undefined {
  const { t } = context;
  if (state.asked?.isWaiting === true) return ` ${t('iamis.asking')}`;
  return problemLine(state.problem, context) ?? (state.saved === undefined ? ` ${t('list.loading')}` : undefined);
}
