import type { IamisSummary } from '@portal/contract';
import { agendaLink } from '../../components/agenda-link.js';
import { componentTitle } from '../../components/component-title.js';
import { clamp, firstVisible } from '../../components/list.js';
import { dayAndTime, seriesIn } from '../../components/time.js';
import type { MessageId, Translate } from '../../platform/i18n/catalogue.js';
import type { Frame, Line, Size, Span, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, fit, fitRight, width, wrap } from '../../platform/text/width.js';
import { whyNotFormula } from './printing.js';
import { BUTTONS, selectedOf, type Button, type SummaryState } from './summary.state.js';
import { capacityWord, problemLine } from './words.js';

/** A table where there is room for all of its columns; else each component stands in a block, every label whole. */

const TABLE_COLUMNS = 125;
const SHORTEST_TITLE = 20;

interface Look {
  readonly size: Size;
  readonly context: ViewContext;
  /** As wide as the longest of them. */
  readonly buttonColumns: number;
  /** Of each count: the longest word of its label, in whatever language. */
  readonly widths: Readonly<Record<Count, number>>;
}

type Count = 'totalCentres' | 'totalSampleCandidates' | 'totalReportsCompleted' | 'totalEntered' | 'totalCfAbs' | 'totalNewMarks';
const BEFORE: readonly Count[] = ['totalCentres', 'totalSampleCandidates', 'totalReportsCompleted'];
const AFTER: readonly Count[] = ['totalEntered', 'totalCfAbs', 'totalNewMarks'];

export function viewSummary(state: SummaryState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const head: Line[] = [heading(state, size, context), ...toolbar(state, size, context), ''];
  const components = state.components ?? [];
  const look = lookOf(components, size, context);
  const isTable = size.columns >= TABLE_COLUMNS && titleColumns(look) >= SHORTEST_TITLE;
  const heads = isTable && components.length > 0 ? tableHeads(look) : [];
  const blocks = components.map((component, index) => (isTable ? tableBlock : stackedBlock)(component, standing(state, index), look));
  const none = state.components?.length === 0 ? [` ${t('iamis.none')}`] : [];
  const lines = [...head, ...heads, ...visible(state, blocks, size.rows - head.length - heads.length), ...none];
  const message = problemLine(state.problem, context) ?? (state.components === undefined ? ` ${t('list.loading')}` : undefined);
  return { lines: lines.slice(0, size.rows), ...(message && { message }) };
}

/** Which unit the buttons act on, where there is a choice. */
function heading(state: SummaryState, { columns }: Size, { t, language }: ViewContext): Line {
  const title = ` ${t('iamis.heading')}`;
  const component = selectedOf(state);
  if (component === undefined || state.components?.length === 1) return [{ text: title, as: 'heading' }];
  const unit = [component.code, seriesIn(component.series, language)].map((part) => sanitise(part)).join(' · ');
  return [{ text: title, as: 'heading' }, fitRight(cut(t('iamis.buttons-for', { unit }), columns - width(title) - 2), columns - width(title) - 1)];
}

/** `kept`: the toolbar has the focus and acts on it. */
type Standing = 'focused' | 'kept' | 'elsewhere';

function standing({ components = [], focus, selected }: SummaryState, index: number): Standing {
  if (index !== clamp(selected, components.length)) return 'elsewhere';
  return focus === 'component' ? 'focused' : 'kept';
}

/** On as many lines as it takes. */
function toolbar(state: SummaryState, { columns }: Size, { t }: ViewContext): readonly Line[] {
  const component = selectedOf(state);
  const role = component === undefined ? '–' : capacityWord(component.capacity.role, t);
  const isOpen = component !== undefined && whyNotFormula(component) === undefined;
  const lines: Span[][] = [[]];
  let used = 0;
  for (const one of BUTTONS) {
    const as = one.startsWith('formula') && !isOpen ? 'muted' : 'link';
    const text = one === 'agenda' ? agendaLink(component === undefined ? [] : [component], t) : t(LABELS[one], { role });
    const shown = button(text, state.focus === one ? 'focused' : 'elsewhere', as);
    const isFull = used + 3 + width(shown.text) > columns;
    if (isFull) lines.push([]);
    lines.at(-1)!.push(lines.at(-1)!.length === 0 ? ' ' : '   ', shown);
    used = (isFull ? 0 : used) + 3 + width(shown.text);
  }
  return lines;
}

const LABELS: Readonly<Record<Exclude<Button, 'agenda'>, MessageId>> = {
  team: 'iamis.view-team',
  formula: 'documents.formula',
  'formula-cy': 'documents.formula-cy',
  print: 'documents.print',
  'work-as': 'iamis.work-as',
};

type ButtonLook = 'link' | 'button' | 'muted';
const SIGNS: Readonly<Record<Standing, string>> = { focused: '▸', kept: '›', elsewhere: ' ' };
function button(text: string, at: Standing, as: ButtonLook): { readonly text: string; readonly as: ButtonLook | 'selected' } {
  return { text: `${SIGNS[at]} ${text}`, as: at === 'focused' ? 'selected' : as };
}

/** As many whole blocks as fit, the selected among them. */
function visible(state: SummaryState, blocks: readonly (readonly Line[])[], rows: number): readonly Line[] {
  const height = Math.max(1, ...blocks.map((lines) => lines.length));
  const page = Math.max(1, Math.floor(rows / height));
  const first = firstVisible(state.selected, blocks.length, page);
  return blocks.slice(first, first + page).flat();
}

function due({ deadline }: IamisSummary, { t, language, now }: ViewContext): { readonly text: string; readonly as: 'warning' | 'muted' } {
  const hasPassed = Date.parse(deadline) < now;
  const text = t(hasPassed ? 'emi.deadline-passed' : 'emi.deadline', { when: dayAndTime(deadline, language) });
  return { text, as: hasPassed ? 'warning' : 'muted' };
}

const figure = (count: number): string => count.toLocaleString('en-GB');
const review = (component: IamisSummary, t: Translate): string => t('iamis.review-marks', { count: component.reviewRemaining });
const label = (count: Count, t: Translate): string => t(`iamis.count.${count}` as MessageId);

function stackedBlock(component: IamisSummary, at: Standing, { size, context }: Look): readonly Line[] {
  const { t } = context;
  const labels = [...BEFORE, ...AFTER].map((count) => label(count, t));
  const room = Math.max(...labels.map(width));
  const pair = (count: Count): string => `${fit(label(count, t), room)} ${fitRight(figure(component[count]), 7)}`;
  const isBeside = 2 * (room + 8) + 7 <= size.columns;
  const counts = isBeside
    ? BEFORE.map((count, index) => `   ${pair(count)}    ${pair(AFTER[index]!)}`)
    : [...BEFORE, ...AFTER].map((count) => `   ${pair(count)}`);
  const deadline = due(component, context);
  const title = wrap(componentTitle(component, context), size.columns - 2);
  const oneLine = title.length === 1 && width(title[0]!) + width(deadline.text) + 4 <= size.columns;
  const heading: Line[] = oneLine
    ? [[{ text: ` ${fit(title[0]!, size.columns - width(deadline.text) - 3)}`, as: 'heading' }, deadline]]
    : [...title.map((text): Line => [{ text: ` ${text}`, as: 'heading' }]), ['   ', deadline]];
  return [...heading, ...counts, ['   ', button(review(component, t), at, 'button')], ''];
}

/** So that the English labels stand on two lines. */
const USUAL: Readonly<Record<Count, number>> = {
  totalCentres: 8,
  totalSampleCandidates: 12,
  totalReportsCompleted: 13,
  totalEntered: 7,
  totalCfAbs: 6,
  totalNewMarks: 10,
};

function lookOf(components: readonly IamisSummary[], size: Size, context: ViewContext): Look {
  const { t } = context;
  const widths = Object.fromEntries(
    [...BEFORE, ...AFTER].map((count) => [count, Math.max(USUAL[count], ...label(count, t).split(' ').map(width))]),
  ) as Look['widths'];
  return { size, context, widths, buttonColumns: Math.max(0, ...components.map((one) => width(review(one, t)) + 2)) };
}

function tableHeads(look: Look): readonly Line[] {
  const { t } = look.context;
  const title = titleColumns(look);
  const cells = [...BEFORE.map((count) => label(count, t)), '', ...AFTER.map((count) => label(count, t))];
  const of = (count: Count): number => look.widths[count];
  const widths = [...BEFORE.map(of), look.buttonColumns, ...AFTER.map(of)];
  const wrapped = cells.map((text, index) => wrap(text, widths[index]!));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row): Line => {
    const texts = wrapped.map((lines, index) => `  ${fit(lines[row] ?? '', widths[index]!)}`);
    return [{ text: ` ${' '.repeat(title)}${texts.join('')}`, as: 'muted' }];
  });
}

/** Two spaces before each of the seven. */
function titleColumns({ size, buttonColumns, widths }: Look): number {
  return size.columns - Object.values(widths).reduce((sum, one) => sum + one, buttonColumns) - 2 * 7 - 2;
}

function tableBlock(component: IamisSummary, at: Standing, look: Look): readonly Line[] {
  const { context } = look;
  const { t } = context;
  const columns = titleColumns(look);
  const title = wrap(componentTitle(component, context), columns);
  const counts = (all: readonly Count[]): string => all.map((count) => `  ${fit(figure(component[count]), look.widths[count])}`).join('');
  const shown = button(review(component, t), at, 'button');
  const first: Span[] = [
    { text: ` ${fit(title[0] ?? '', columns)}`, as: 'heading' },
    counts(BEFORE),
    '  ',
    { ...shown, text: fit(shown.text, look.buttonColumns) },
    counts(AFTER),
  ];
  const rest = title.slice(1).map((text): Line => [{ text: ` ${cut(text, columns)}`, as: 'heading' }]);
  const deadline = due(component, context);
  return [first, ...rest, [' ', deadline], ''];
}
