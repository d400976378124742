import { boxSize } from '../../components/box.js';
import { DAY_AND_TIME_COLUMNS, dayAndTime } from '../../components/time.js';
import { fieldLine } from '../../components/field.js';
import type { HistoryEntry } from '@portal/contract';
import { timeRemark } from '../../components/entered.js';
import type { Line, Overlay, Size, Span, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { fit, fitRight, wrap } from '../../platform/text/width.js';
import { CONCERNS } from './grid.messages.js';
import { typedForm, type GridState, type Mode } from './grid.state.js';
import { changedHere } from './undoing.js';
import { differs } from './verifying.js';

/** What lies over the grid: previews, lists and questions. */

type Of<Kind extends Mode['kind']> = Extract<Mode, { kind: Kind }>;

export function overlayOf(state: GridState, size: Size, context: ViewContext): Overlay | undefined {
  const { mode } = state;
  const rows = Math.max(3, size.rows - 8);
  switch (mode.kind) {
    case 'first':
      return first(state, mode, context);
    case 'paste':
      return paste(mode, rows, context);
    case 'history':
      return history(mode, rows, context);
    case 'differences':
      return differences(state, mode, rows, context);
    case 'concern':
      return concern(mode, context);
    case 'clear-all':
      return {
        title: context.t('mark-entry.clear-all.title'),
        lines: ['', ...wrap(context.t('mark-entry.clear-all.about', { count: changedHere(state).length }), boxSize(size).columns), ''],
        keys: [['enter', context.t('mark-entry.clear-all.do')], ['escape', context.t('mark-entry.keep')]],
      };
    case 'hand-over':
      return handOver(state, mode, { columns: boxSize(size).columns, rows }, context);
    default:
      return undefined;
  }
}

function first(state: GridState, mode: Of<'first'>, { t }: ViewContext): Overlay {
  return {
    title: t('mark-entry.first.title'),
    lines: [
      '',
      [{ text: spaced(state.centre), as: 'heading' }],
      [{ text: sanitise(state.name).toLocaleUpperCase(), as: 'heading' }],
      '',
      t('mark-entry.first.about'),
      ['', ...(fieldLine(mode.field, { columns: 8, isFocused: true }) as readonly Exclude<Line, string>[number][])],
      '',
    ],
    keys: [['enter', t('mark-entry.first.do')], ['escape', t('mark-entry.first.skip')]],
  };
}

function paste({ items, beyond, top }: Of<'paste'>, rows: number, { t }: ViewContext): Overlay {
  const bad = items.filter((item) => item.why !== undefined).length;
  const shown = items.slice(top, top + rows).map((item): Line => {
    const text = `${item.candidate}  ${fitRight(sanitise(item.text), 8)}  `;
    if (item.why === undefined) return `  ${text}`;
    return [{ text: '! ', as: 'error' }, text, { text: t(item.why.id, item.why.values), as: 'error' }];
  });
  const more = beyond > 0 ? [t('mark-entry.paste.beyond', { count: beyond })] : [];
  return {
    title: t('mark-entry.paste.title', { good: items.length - bad, bad }),
    lines: [...shown, ...more],
    keys: [['enter', t('mark-entry.paste.do', { count: items.length - bad })], ['escape', t('mark-entry.paste.cancel')]],
  };
}

function history({ candidate, entries, top }: Of<'history'>, rows: number, { t, language }: ViewContext): Overlay {
  const shown = (entries ?? []).slice(top, top + Math.floor(rows / 2));
  const lines = shown.flatMap((entry): readonly Line[] => {
    const change = `${value(entry.from)} → ${value(entry.to)}`;
    const what = t(`mark-entry.event.${entry.type}` as never);
    const first = `${fit(dayAndTime(entry.recordedAt, language), DAY_AND_TIME_COLUMNS)} ${fit(change, 11)} ${fit(what, 20)} ${sanitise(entry.actor)}`;
    return [first, ...moreOf(entry, { t, language })];
  });
  const none = entries === undefined ? [t('list.loading')] : entries.length === 0 ? [t('mark-entry.history.none')] : [];
  return { title: t('mark-entry.history.title', { candidate }), lines: [...none, ...lines], keys: [['escape', t('help.close')]] };
}

/** Below it the client's own time, and where the two clocks differ; of an allocation, whom from and to. */
function moreOf(entry: HistoryEntry, { t, language }: Pick<ViewContext, 't' | 'language'>): readonly Line[] {
  const examiners = [entry.fromExaminer, entry.toExaminer].filter((name) => typeof name === 'string').map(sanitise);
  const typed = entry.enteredAt === null ? [] : [t('mark-entry.history.typed', { at: dayAndTime(entry.enteredAt, language) })];
  const remark = timeRemark(entry, t);
  const line: Span[] = [{ text: `   ${[...typed, ...(examiners.length > 0 ? [examiners.join(' → ')] : [])].join(' · ')}`, as: 'muted' }];
  if (typed.length + examiners.length === 0) return [];
  return [remark === undefined ? line : [...line, ' ', { text: remark, as: 'warning' }]];
}

const value = (mark: number | 'ABS' | 'CF' | null): string => (mark === null ? '–' : String(mark));

function differences(state: GridState, { selected }: Of<'differences'>, rows: number, { t }: ViewContext): Overlay {
  const open = state.rows.filter(differs);
  const at = Math.min(selected, open.length - 1);
  const from = Math.max(0, at - rows + 1);
  const lines = open.slice(from, from + rows).map((row, index): Line => {
    const second = row.verification?.kind === 'differs' ? row.verification.second : '';
    const text = t('mark-entry.verify.row', { candidate: row.saved.candidate, first: typedForm(row.saved.mark), second });
    return from + index === at ? [{ text: `▸ ${text}`, as: 'selected' }] : `  ${text}`;
  });
  return {
    title: t('mark-entry.verify.title', { count: open.length }),
    lines: open.length === 0 ? [t('mark-entry.verify.none')] : lines,
    keys: [['1', t('mark-entry.verify.first')], ['2', t('mark-entry.verify.second')], ['escape', t('help.close')]],
  };
}

function concern({ selected }: Of<'concern'>, { t }: ViewContext): Overlay {
  const lines = CONCERNS.map((kind, index): Line => {
    const text = t(`mark-entry.concern.${kind}`);
    return index === selected ? [{ text: `▸ ${text}`, as: 'selected' }] : `  ${text}`;
  });
  return { title: t('mark-entry.concern.title'), lines, keys: [['enter', t('mark-entry.concern.do')], ['escape', t('mark-entry.keep')]] };
}

function handOver({ handOver: all }: GridState, { top }: Of<'hand-over'>, { columns, rows }: Size, { t }: ViewContext): Overlay {
  const lines = all.slice(top, top + rows).map(({ candidate, typed }) => `  ${sanitise(candidate)}  ${sanitise(typed)}`);
  return {
    title: t('mark-entry.hand-over.title'),
    lines: [...wrap(t('mark-entry.hand-over.about'), columns), '', ...lines],
    keys: [['enter', t('mark-entry.hand-over.do')], ['escape', t('mark-entry.keep')]],
  };
}

/** `6 8 1 0 1`: large enough to be seen from the paper. */
export const spaced = (text: string): string => [...text].join(' ');
