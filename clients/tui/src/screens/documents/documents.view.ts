import type { Document } from '@portal/contract';
import { bytesText } from '../../components/bytes.js';
import { fieldLine } from '../../components/field.js';
import { clamp, firstVisible } from '../../components/list.js';
import { allAs } from '../../components/paint.js';
import { tableRow, type Column } from '../../components/table.js';
import { dayAndTime } from '../../components/time.js';
import { reasonWords } from '../../platform/documents/reason.js';
import type { MessageId } from '../../platform/i18n/catalogue.js';
import type { Frame, Line, Overlay, Size, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, fit, wrap } from '../../platform/text/width.js';
import { isLost, selectedOf, shownDocuments, type DocumentsState, type Saving } from './documents.state.js';
import { FIXED_ROWS } from './documents.update.js';
import { newDocumentBox } from './new-document.view.js';

const WIDE = 110;
const BAR = 8;

export function viewDocuments(state: DocumentsState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const rows = shownDocuments(state);
  const page = Math.max(1, size.rows - FIXED_ROWS);
  const selected = clamp(state.list.selected, rows.length);
  const first = firstVisible(selected, rows.length, page);
  const columns = columnsFor(size);
  const line = (one: Document, index: number): Line => {
    const isSelected = first + index === selected;
    const text = cut(`${isSelected ? ' ▸' : '  '} ${tableRow(columns, cells(one, size, context))}`, size.columns);
    return isSelected ? allAs(text, size.columns, 'selected') : text;
  };
  const heads = ['kind', 'of', 'form', 'state', 'size', 'pages', ...(size.columns >= WIDE ? ['asked'] : [])].map((name) => t(`documents.column.${name}` as MessageId));
  const list: Line[] = [...rows.slice(first, first + page).map(line), ...emptyLines(state, rows.length, size, context)];
  const lines: Line[] = [
    // What is not known is not none.
    [{ text: ` ${state.documents === undefined ? t('documents.title') : t('documents.heading', { count: rows.length })}`, as: 'heading' }],
    filterLine(state, context),
    [{ text: fit(`   ${tableRow(columns, heads)}`, size.columns), as: 'muted' }],
    ...Array.from({ length: page }, (_, index) => list[index] ?? ''),
    ...aboutSelected(state, size, context),
  ];
  const message = messageOf(state, context);
  const keys = [['enter', t('filter.apply')], ['escape', t('filter.clear')]] as const;
  const overlay = overlayOf(state, size, context);
  return { lines: lines.slice(0, size.rows), ...(message && { message }), ...(state.list.isTyping && { keys }), ...(overlay && { overlay }) };
}

function overlayOf(state: DocumentsState, size: Size, context: ViewContext): Overlay | undefined {
  if (state.isFormOpen) return newDocumentBox(state, size, context);
  return state.saving && savingBox(state.saving, size, context);
}

function columnsFor({ columns }: Size): readonly Column[] {
  const isWide = columns >= WIDE;
  const fixed = [{ columns: isWide ? 20 : 16 }, { columns: 4 }, { columns: isWide ? 24 : 14 }, { columns: 6, align: 'right' as const }, { columns: 5, align: 'right' as const }];
  const asked = isWide ? [{ columns: 14 }] : [];
  const used = [...fixed, ...asked].reduce((sum, one) => sum + one.columns + 2, 0);
  const [kind, ...others] = fixed as [Column, ...Column[]];
  return [kind, { columns: Math.min(50, columns - used - 4) }, ...others, ...asked];
}

function cells(one: Document, size: Size, context: ViewContext): readonly string[] {
  const { t, language } = context;
  const form = one.language ?? one.format ?? '';
  const asked = size.columns >= WIDE ? [dayAndTime(one.requestedAt, language)] : [];
  return [t(`documents.kind.${one.kind}`), of(one), form, stateText(one, context), one.bytes === null ? '' : bytesText(one.bytes), one.pages ? String(one.pages) : '', ...asked];
}

/** What tells it from others of its kind stands where it is not cut. */
const of = ({ component, centre, candidate, receipt }: Document): string =>
  [receipt, component, centre, candidate].filter((part) => part !== undefined).map((part) => sanitise(part)).join(' ');

/** In words or as a bar, and never by colour alone. */
function stateText(one: Document, { t }: Pick<ViewContext, 't'>): string {
  const { state, progress } = one;
  if (isLost(one)) return t('documents.state.lost');
  if (state !== 'rendering') return t(`documents.state.${state}`);
  const full = Math.round((progress * BAR) / 100);
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${progress} %`;
}

/** Six lines about the selected one. */
function aboutSelected(state: DocumentsState, { columns }: Size, context: ViewContext): readonly Line[] {
  const { t, language } = context;
  const one = selectedOf(state);
  if (one === undefined) return [];
  const { readyAt, requestedAt, sha256, manifest, reason } = one;
  const when = [t('documents.asked-at', { when: dayAndTime(requestedAt, language) }), ...(readyAt === null ? [] : [t('documents.ready-at', { when: dayAndTime(readyAt, language) })])];
  const path = state.saved[one.document];
  const way = isLost(one) ? 'lost' : one.state === 'parked' ? 'parked' : 'failed';
  const why: readonly string[] = reason === undefined ? [] : wrap(t(`documents.why-${way}`, { reason: reasonText(reason, context) }), columns - 6).slice(0, 2);
  return [
    '',
    [{ text: ` ${[t(`documents.kind.${one.kind}`), of(one)].join(' · ')}`, as: 'heading' }],
    `   ${when.join(' · ')}`,
    ...(sha256 === null ? [] : [`   SHA-256 ${sanitise(sha256)}`]),
    ...(manifest === undefined ? [] : [cut(`   ${t('documents.sums', { rows: manifest.rows, ...manifest.sumOfMarks })}`, columns)]),
    ...why.map((text, index): Line => [{ text: `   ${index === 0 ? '!' : ' '} ${text}`, as: 'warning' }]),
    ...(path === undefined ? [] : pathLines(t('documents.saved-as', { path: sanitise(path) }), columns)),
  ];
}

/** A reason is a word; what is newer than this client is shown as it is. */
function reasonText(reason: string, { t }: Pick<ViewContext, 't'>): string {
  const words = reasonWords(reason);
  return words === undefined ? sanitise(reason) : t(words);
}

/** A path is never cut: on as many lines as it takes. */
function pathLines(text: string, columns: number): readonly Line[] {
  const room = columns - 4;
  return Array.from({ length: Math.ceil(text.length / room) }, (_, index): Line => [{ text: `   ${text.slice(index * room, (index + 1) * room)}`, as: 'ok' }]);
}

function filterLine({ list }: DocumentsState, { t }: ViewContext): Line {
  if (!list.isTyping && list.filter.text === '') return '';
  const text = ` ${t('filter.prompt', { text: sanitise(list.filter.text) })}`;
  return list.isTyping ? [text, { text: ' ', as: 'selected' }] : text;
}

function emptyLines(state: DocumentsState, count: number, { columns }: Size, { t }: ViewContext): readonly Line[] {
  const text = (words: string): readonly Line[] => wrap(words, columns - 4).map((line) => `   ${line}`);
  if (state.documents === undefined) return state.problem === undefined ? [] : text(t('documents.not-read'));
  if (count > 0) return [];
  if (state.list.filter.text !== '') return [`   ${t('filter.nothing', { text: sanitise(state.list.filter.text) })}`];
  return text(t('documents.none-yet'));
}

function messageOf(state: DocumentsState, { t }: ViewContext): Line | undefined {
  if (state.busy !== undefined && state.saving === undefined) return ` ${t('documents.busy')}`;
  if (state.problem) return [{ text: ` ! ${t(state.problem.id, state.problem.values)}`, as: 'error' }];
  return state.documents === undefined ? ` ${t('list.loading')}` : undefined;
}

function savingBox({ field, problem, document }: Saving, size: Size, { t }: ViewContext): Overlay {
  const columns = Math.min(size.columns - 6, 100);
  const said = problem === undefined ? [] : wrap(`! ${t(problem.id, problem.values)}`, columns);
  return {
    title: t('documents.save.title', { file: sanitise(document.fileName) }),
    lines: [
      '',
      ...wrap(t('documents.save.words'), columns),
      '',
      fieldLine(field, { columns: columns - 1, isFocused: true }),
      '',
      ...said.map((text): Line => [{ text, as: 'error' }]),
      '',
    ],
    keys: [['enter', t('documents.save.do')], ['escape', t('documents.save.leave')]],
  };
}
