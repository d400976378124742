import type { IamisCentre } from '@portal/contract';
import { clamp, firstVisible } from '../../components/list.js';
import { allAs } from '../../components/paint.js';
import { tableRow, type Column } from '../../components/table.js';
import type { Frame, Line, Overlay, Size, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { fit, width, wrap } from '../../platform/text/width.js';
import { centreAt, shownCentres, type CentresState, type Move } from './centres.state.js';
import { capacityWord, flagWords, headingOf, problemLine, stageWord, stateWord } from './words.js';

/** Heading, filter, column heads, total and the words about the selected centre. */
export const FIXED_ROWS = 6;
const WIDE = 110;

const COUNTS = ['entered', 'sample', 'remaining'] as const;

export function viewCentres(state: CentresState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const rows = shownCentres(state);
  const page = Math.max(1, size.rows - FIXED_ROWS);
  const selected = clamp(state.list.selected, rows.length);
  const first = firstVisible(selected, rows.length, page);
  const remaining = size.columns >= WIDE ? 'remaining' : 'remaining.short';
  const heads = ['centre', 'name', 'moderator', 'entered', 'sample', remaining, 'report', 'state'].map((name) => t(`iamis.column.${name}` as never));
  const columns = columnsFor(size, heads);
  const line = (one: IamisCentre, index: number): Line => {
    const isSelected = first + index === selected;
    const text = `${isSelected ? ' ▸' : '  '} ${tableRow(columns, cellsOf(one, size, context))}`;
    return isSelected ? allAs(text, size.columns, 'selected') : text;
  };
  const id = state.isApprovals ? 'iamis.approvals.heading' : 'iamis.centres.heading';
  const total = ['', t('iamis.total'), '', ...COUNTS.map((of) => String(rows.reduce((sum, one) => sum + one[of], 0))), `${rows.filter(({ reportCompleted }) => reportCompleted).length}`];
  const lines: Line[] = [
    [{ text: headingOf(id, state.component, size, context), as: 'heading' }],
    filterLine(state, context),
    [{ text: fit(`   ${tableRow(columns, heads)}`, size.columns), as: 'muted' }],
    ...rows.slice(first, first + page).map(line),
    ...emptyLines(state, rows.length, context),
    [{ text: `   ${tableRow(columns, total)}`, as: 'heading' }],
    ...aboutSelected(state, size, context),
  ];
  const message = messageOf(state, context);
  const overlay = state.move && overlayOf(state.move, size, context);
  const keys = [['enter', t('filter.apply')], ['escape', t('filter.clear')]] as const;
  return { lines: lines.slice(0, size.rows), ...(message && { message }), ...(overlay && { overlay }), ...(state.list.isTyping && { keys }) };
}

/** A count is as wide as its head, in whatever language. */
function columnsFor(size: Size, heads: readonly string[]): readonly Column[] {
  const isWide = size.columns >= WIDE;
  const counts = heads.slice(3, 7).map((head): Column => ({ columns: Math.max(4, width(head)), align: 'right' }));
  const state = isWide ? 30 : 11;
  const gaps = 3 + 2 * (counts.length + 3) + 1;
  const room = size.columns - gaps - 6 - counts.reduce((sum, { columns }) => sum + columns, 0) - state;
  const name = isWide ? Math.min(44, Math.floor(room * 0.6)) : room - 10;
  return [{ columns: 6 }, { columns: name }, { columns: isWide ? Math.min(30, room - name) : 10 }, ...counts, { columns: state }];
}

function cellsOf(one: IamisCentre, size: Size, { t }: ViewContext): readonly string[] {
  const report = t(one.reportCompleted ? 'iamis.report.yes' : 'iamis.report.no');
  const moderator = one.moderator === '' ? t('iamis.nobody') : sanitise(one.moderatorName || one.moderator);
  return [sanitise(one.centre), sanitise(one.name), moderator, ...COUNTS.map((of) => String(one[of])), report, standing(one, size, { t })];
}

/** Where it is; once there is an outcome and room, which one; `!` where somebody should still look. */
function standing(one: IamisCentre, size: Size, { t }: Pick<ViewContext, 't'>): string {
  const isOutcome = size.columns >= WIDE && (one.state === 'submitted' || one.state === 'approved');
  const words = isOutcome ? `${stateWord(one, t)}, ${stageWord({ stage: one.outcome }, t)}` : stateWord(one, t);
  return one.state !== 'approved' && (one.flags.length > 0 || one.late) ? `! ${words}` : words;
}

/** What a narrow column could only begin to say stands whole below the list. */
function aboutSelected(state: CentresState, size: Size, { t }: ViewContext): readonly Line[] {
  const one = centreAt(state);
  if (one === undefined) return [];
  const consortium = one.consortium.length > 1 ? [t('iamis.consortium', { centres: one.consortium.map(sanitise).join(', ') })] : [];
  const outcome = one.outcome === 'pending' ? [] : [stageWord({ stage: one.outcome }, t)];
  const late = one.late ? [t('iamis.late')] : [];
  const moderator = one.moderator === '' ? t('iamis.nobody') : sanitise(one.moderatorName || one.moderator);
  const parts = [sanitise(one.name), moderator, stateWord(one, t), ...outcome, ...flagWords(one.flags, t), ...late, ...consortium];
  return wrap(parts.join(' · '), size.columns - 4).slice(0, 2).map((text): Line => [{ text: `   ${text}`, as: one.flags.length > 0 ? 'warning' : 'muted' }]);
}

function filterLine({ list }: CentresState, { t }: ViewContext): Line {
  if (!list.isTyping && list.filter.text === '') return '';
  const text = ` ${t('filter.prompt', { text: sanitise(list.filter.text) })}`;
  return list.isTyping ? [text, { text: ' ', as: 'selected' }] : text;
}

function emptyLines(state: CentresState, count: number, { t }: ViewContext): readonly Line[] {
  if (state.centres === undefined || count > 0) return [];
  if (state.list.filter.text !== '') return [`   ${t('filter.nothing', { text: sanitise(state.list.filter.text) })}`];
  return [`   ${t(state.isApprovals ? 'iamis.approvals.none' : 'iamis.centres.none')}`];
}

function messageOf(state: CentresState, context: ViewContext): Line | undefined {
  const { t } = context;
  if (state.asked?.isWaiting === true) return ` ${t('iamis.asking')}`;
  return problemLine(state.problem, context) ?? (state.centres === undefined ? ` ${t('list.loading')}` : undefined);
}

function overlayOf(move: Move, size: Size, { t }: ViewContext): Overlay {
  const keep = ['escape', t('iamis.leave-it')] as const;
  const columns = Math.min(size.columns - 6, 100);
  if (move.kind === 'loading') return { title: t('iamis.move.title', { centre: move.centre.centre }), lines: ['', t('list.loading'), ''], keys: [keep] };
  if (move.kind === 'entered') {
    const lines = ['', ...wrap(t('iamis.move.entered'), columns), '', `1  ${t('iamis.move.keep')}`, `2  ${t('iamis.move.clear')}`, ''];
    return { title: t('iamis.move.title', { centre: move.at.centre }), lines, keys: [['1', t('iamis.move.keep.short')], ['2', t('iamis.move.clear.short')], keep] };
  }
  const rows = Math.max(1, size.rows - 6);
  const first = firstVisible(move.selected, move.moderators.length, rows);
  const lines = move.moderators.slice(first, first + rows).map(({ person, displayName, role }, index): Line => {
    const text = `${sanitise(displayName)} · ${capacityWord(role, t)} · ${sanitise(person)}`;
    return first + index === move.selected ? [{ text: `▸ ${text}`, as: 'selected' }] : `  ${text}`;
  });
  return { title: t('iamis.move.title', { centre: move.centre.centre }), lines: lines.length > 0 ? lines : [t('iamis.move.nobody')], keys: [['enter', t('iamis.move.do')], keep] };
}
