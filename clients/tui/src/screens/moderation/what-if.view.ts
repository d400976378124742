import type { Comparison } from '@portal/contract';
import { fieldLine } from '../../components/field.js';
import { firstVisible } from '../../components/list.js';
import { allAs } from '../../components/paint.js';
import { tableRow, type Column } from '../../components/table.js';
import type { Frame, Line, Size, Span, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, fit, width, wrap } from '../../platform/text/width.js';
import { anchorsText, type Option, type WhatIfState } from './what-if.state.js';
import { flagWords, methodWord, problemLine, reasonWord, signed, stageWord } from './words.js';

/** Heading, explanation, column heads, and below the table the chosen option in words. */
const FIXED_ROWS = 9;
const HEADS = ['option', 'tolerance', 'stage', 'moved', 'smallest', 'largest', 'mean', 'residual', 'order'] as const;

export function viewWhatIf(state: WhatIfState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const columns = columnsFor(size);
  const page = Math.max(1, size.rows - FIXED_ROWS);
  const first = firstVisible(state.selected, state.options.length, page);
  const rows = state.options.slice(first, first + page).map((option, offset): Line => {
    const index = first + offset;
    const isSelected = index === state.selected;
    const text = `${isSelected ? ' ▸' : '  '} ${tableRow(columns, cells(option, state.comparisons?.[index], state, context))}`;
    return isSelected ? allAs(text, size.columns, 'selected') : text;
  });
  const heading = t('iamis.what-if.heading', { centre: state.centre, name: sanitise(state.name), code: sanitise(state.component.code) });
  const heads = HEADS.map((name) => t(`iamis.what-if.column.${name}`));
  const lines: Line[] = [
    [{ text: cut(` ${heading}`, size.columns), as: 'heading' }],
    [{ text: cut(` ${t('iamis.what-if.about')}`, size.columns), as: 'muted' }],
    '',
    [{ text: fit(`   ${tableRow(columns, heads)}`, size.columns), as: 'muted' }],
    ...rows,
    '',
    ...details(state, size, context),
  ];
  const message = messageOf(state, size, context);
  return { lines: lines.slice(0, size.rows), ...(message && { message }) };
}

function columnsFor(size: Size): readonly Column[] {
  const right = (columns: number): Column => ({ columns, align: 'right' });
  const isWide = size.columns >= 110;
  const [stage, residual] = isWide ? [12, 12] : [8, 9];
  const used = 3 + 2 * (HEADS.length - 1) + 3 + stage + 7 + 4 + 4 + 5 + residual + 5;
  return [{ columns: Math.min(40, size.columns - used - 1) }, right(3), { columns: stage }, right(7), right(4), right(4), right(5), right(residual), { columns: 5 }];
}

function cells(option: Option, comparison: Comparison | undefined, { tolerance }: WhatIfState, { t }: ViewContext): readonly string[] {
  const name = option.anchors === undefined ? methodWord(option.method, t) : `${methodWord(option.method, t)} ${anchorsText(option.anchors)}`;
  if (comparison === undefined) return [name, String(option.tolerance ?? tolerance), '…'];
  if (comparison.unsuitable !== null) return [name, String(comparison.tolerance), `× ${t('iamis.what-if.unsuitable')}`];
  const { moved, of, smallest, largest, mean, residual, largestResidual, orderKept } = comparison;
  return [
    name,
    String(comparison.tolerance),
    t(`iamis.stage.short.${comparison.stage}`),
    `${moved}/${of}`,
    signed(smallest),
    signed(largest),
    signed(rounded(mean)),
    `${rounded(residual)} (${rounded(largestResidual)})`,
    t(orderKept ? 'iamis.what-if.kept' : 'iamis.what-if.not-kept'),
  ];
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** What no column has room for: the line, the flags, or why it cannot be done. */
function details(state: WhatIfState, { columns }: Size, { t }: ViewContext): readonly Line[] {
  const [option, comparison] = [state.options[state.selected]!, state.comparisons?.[state.selected]];
  const name = `${methodWord(option.method, t)}${option.anchors === undefined ? '' : ` ${anchorsText(option.anchors)}`}`;
  if (comparison === undefined) return [` ${name}`];
  if (comparison.unsuitable !== null) return [[{ text: cut(` × ${name}: ${reasonWord(comparison.unsuitable, t)}`, columns), as: 'warning' }]];
  const line = comparison.a === null || comparison.b === null ? '' : ` · a = ${comparison.a}  b = ${comparison.b}`;
  const rho = comparison.rho === null ? '' : ` · ρ = ${comparison.rho}`;
  const first = cut(` ${name}: ${stageWord(comparison, t)}${line}${rho}`, columns);
  const flags = comparison.flags.length === 0 ? [] : wrap(t('iamis.outcome.flags', { flags: flagWords(comparison.flags, t).join(' · ') }), columns - 2);
  return [first, ...flags.slice(0, 2).map((text): Line => [{ text: ` ${text}`, as: 'warning' }])];
}

function messageOf(state: WhatIfState, { columns }: Size, context: ViewContext): Line | undefined {
  const { t } = context;
  const { mode } = state;
  if (mode.kind !== 'looking') {
    const words = t(`iamis.what-if.ask.${mode.kind}`);
    return [` ${words} `, ...(fieldLine(mode.field, { columns: Math.max(10, columns - width(words) - 3), isFocused: true }) as readonly Span[])];
  }
  if (state.asked?.isWaiting === true) return ` ${t('iamis.asking')}`;
  return problemLine(state.problem, context) ?? (state.comparisons === undefined ? ` ${t('iamis.what-if.reckoning')}` : undefined);
}
