import { tableRow } from '../../components/table.js';
import { dayAndTime } from '../../components/time.js';
import type { MessageId } from '../../platform/i18n/catalogue.js';
import { translator } from '../../platform/i18n/translate.js';
import type { Frame, Line, Overlay, Size, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, fit, width, wrap } from '../../platform/text/width.js';
import { receiptLines } from './receipt.js';
import { summarise, type SubmissionState, type Summary } from './submission.state.js';

export function viewSubmission(state: SubmissionState, size: Size, context: ViewContext): Frame {
  const all = pageLines(state, size, context);
  const top = Math.min(state.top, Math.max(0, all.length - size.rows));
  const message = messageOf(state, context);
  return {
    lines: all.slice(top, top + size.rows),
    ...(message && { message }),
    ...(state.page === 'confirm' && { overlay: confirmation(state, size, context) }),
  };
}

export function titleOfSubmission(state: SubmissionState, { t }: ViewContext): string {
  return t(state.page === 'receipt' ? 'submission.title.receipt' : 'submission.title');
}

const ANY_SIZE: Size = { columns: 80, rows: 20 };
const ANY_CONTEXT: ViewContext = { t: translator('en'), language: 'en', now: 0 };

/** The whole page, however long; how many lines there are does not depend on language or size. */
export function pageLines(state: SubmissionState, size = ANY_SIZE, context = ANY_CONTEXT): readonly Line[] {
  if (state.page === 'receipt' && state.receipt) return receiptPage(state, size, context);
  const { t, language } = context;
  const { component } = state;
  const name = `${sanitise(component.title)} (${sanitise(component.code)})`;
  const heading: Line = [{ text: cut(` ${t('submission.heading', { component: name })}`, size.columns), as: 'heading' }];
  if (state.page === 'waiting' || state.sheets.length === 0) return [heading];
  const isLate = Date.parse(component.deadline) < context.now;
  const late: Line[] = isLate ? [[{ text: ` ${t('submission.late', { when: dayAndTime(component.deadline, language) })}`, as: 'warning' }]] : [''];
  const summary = summarise(state.sheets);
  return [heading, '', ...figures(state, summary, context), ...late, ...notTaken(state, context), ...unconfirmed(summary, context), ...sheetTable(summary, size, context)];
}

function figures(state: SubmissionState, summary: Summary, { t }: ViewContext): readonly Line[] {
  const rows: readonly (readonly [MessageId, number])[] = [
    ['submission.marks', summary.marks],
    ['submission.absent', summary.absent],
    ['submission.total', summary.total],
    ['submission.sheets', summary.sheets.length],
    ['submission.left', state.left],
  ];
  return rows.map(([id, count]) => [` ${fit(t(id), 28)}`, { text: String(count).padStart(8), as: 'heading' }]);
}

function notTaken({ notTaken: all }: SubmissionState, { t }: ViewContext): readonly Line[] {
  if (all.length === 0) return [];
  const rows = all.map(({ centre, candidate, typed }) => `   ${sanitise(centre)}  ${sanitise(candidate)}  ${sanitise(typed)}`);
  return [[{ text: ` ! ${t('submission.not-taken', { count: all.length })}`, as: 'error' }], ...rows, ''];
}

function unconfirmed(summary: Summary, { t }: ViewContext): readonly Line[] {
  if (summary.unconfirmed.length === 0) return [];
  const rows = summary.unconfirmed.map(({ centre, candidate, mark }) =>
    `   ${t('submission.unconfirmed-row', { centre, candidate, mark: String(mark), what: mark === 0 ? 'zero' : 'full' })}`);
  return [[{ text: ` ${t('submission.unconfirmed')}`, as: 'warning' }], ...rows, ''];
}

function sheetTable(summary: Summary, size: Size, { t }: ViewContext): readonly Line[] {
  const right = { columns: 7, align: 'right' as const };
  const columns = [{ columns: 7 }, { columns: Math.min(60, size.columns - 45) }, right, right, right];
  const head = (['centre', 'name', 'marks', 'absent', 'total'] as const).map((name) => t(`submission.column.${name}`));
  return [
    [{ text: `   ${tableRow(columns, head)}`, as: 'muted' }],
    ...summary.sheets.map(({ centre, name, marks, absent, total }) =>
      `   ${tableRow(columns, [sanitise(centre), sanitise(name), String(marks), String(absent), String(total)])}`),
  ];
}

function receiptPage(state: SubmissionState, size: Size, context: ViewContext): readonly Line[] {
  const { t } = context;
  const heading: Line = [{ text: ` ✓ ${t('submission.receipt.heading')}`, as: 'ok' }];
  const lines = receiptLines(state.receipt!, context).map((line): Line => ` ${cut(line, size.columns - 2)}`);
  return ['', heading, ...savedLines(state, size, context), '', ...lines, '', ...wrap(t('submission.locked'), 76).map((line) => ` ${line}`)];
}

/** A path that the message line would cut stands whole under the heading, on as many lines as it takes. */
function savedLines({ saved }: SubmissionState, { columns }: Size, { t }: ViewContext): readonly Line[] {
  const text = saved === undefined ? '' : t(saved.id, saved.values);
  if (width(text) + 1 <= columns) return [];
  const room = columns - 4;
  return Array.from({ length: Math.ceil(text.length / room) }, (_, index) => `   ${sanitise(text).slice(index * room, (index + 1) * room)}`);
}

function messageOf(state: SubmissionState, { t }: ViewContext): Line | undefined {
  const { page, problem, saved, queued: count } = state;
  if (saved) return ` ${t(saved.id, saved.values)}`;
  if (problem) return [{ text: ` ! ${t(problem.id, problem.values)}`, as: 'error' }];
  if (page === 'sending') return ` ${t('submission.sending')}`;
  if (page !== 'waiting') return undefined;
  return state.isOffline ? [{ text: ` ${t('submission.offline', { count })}`, as: 'warning' }] : ` ${t('submission.waiting', { count })}`;
}

function confirmation(state: SubmissionState, size: Size, { t }: ViewContext): Overlay {
  const { marks, absent, unconfirmed: open } = summarise(state.sheets);
  const columns = Math.min(size.columns - 6, 100);
  const texts = [
    ...(open.length > 0 ? [t('submission.confirm.unconfirmed', { count: open.length })] : []),
    ...(state.notTaken.length > 0 ? [t('submission.not-taken', { count: state.notTaken.length })] : []),
    t('submission.locked'),
  ];
  return {
    title: t('submission.confirm.title', { marks, absent }),
    lines: ['', ...texts.flatMap((text) => [...wrap(text, columns), ''])],
    keys: [['enter', t('submission.confirm.yes')], ['escape', t('submission.confirm.no')]],
  };
}
