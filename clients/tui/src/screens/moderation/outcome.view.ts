import type { IamisOutcome } from '@portal/contract';
import { fieldLine } from '../../components/field.js';
import { tableRow, type Column } from '../../components/table.js';
import type { Frame, Line, Overlay, Size, Span, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, fit, width, wrap } from '../../platform/text/width.js';
import { movedIn, type OutcomeState } from './outcome.state.js';
import { flagWords, markWord, methodWord, problemLine, signed, stageWord, stateWord } from './words.js';

/** Heading, standing, line, flags (two), what moves, an empty row, column heads. */
export const HEAD_ROWS = 8;

export function viewOutcome(state: OutcomeState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const { outcome } = state;
  const heading = t('iamis.outcome.heading', { centre: state.centre, name: sanitise(state.name), code: sanitise(state.component.code) });
  const head: Line[] = [[{ text: cut(` ${heading}`, size.columns), as: 'heading' }]];
  const message = messageOf(state, size, context);
  const overlay = state.mode.kind === 'confirm' ? confirmation(state, state.mode.of, size, context) : undefined;
  const lines = outcome === undefined ? head : [...head, ...facts(outcome, size, context), '', ...table(state, outcome, size, context)];
  return { lines: lines.slice(0, size.rows), ...(message && { message }), ...(overlay && { overlay }) };
}

function facts(outcome: IamisOutcome, { columns }: Size, context: ViewContext): readonly Line[] {
  const { t } = context;
  const { moved, of, smallest, largest } = movedIn(outcome);
  const isDoubtful = outcome.stage === 'order-doubtful';
  const stage: Span = { text: `${isDoubtful ? '! ' : ''}${stageWord(outcome, t)}`, as: isDoubtful ? 'error' : outcome.stage === 'pending' ? 'muted' : 'heading' };
  const standing: Line = [` ${t('iamis.outcome.stage')} `, stage, ` · ${stateWord(outcome, t)} · ${t('iamis.outcome.method')} ${methodWord(outcome.method, t)} · ${t('iamis.outcome.tolerance')} ${outcome.tolerance}`];
  const line = ` a = ${outcome.a ?? '–'}   b = ${outcome.b ?? '–'}   ρ = ${outcome.rho ?? '–'}`;
  const flags = outcome.flags.length === 0 ? t('iamis.outcome.no-flags') : t('iamis.outcome.flags', { flags: flagWords(outcome.flags, t).join(' · ') });
  const wrapped = wrap(flags, columns - 2).slice(0, 2);
  const flagLines = [wrapped[0] ?? '', wrapped[1] ?? ''].map((text): Line => [{ text: ` ${text}`, as: outcome.flags.length > 0 ? 'warning' : 'plain' }]);
  const moves = outcome.stage === 'pending' || isDoubtful ? t('iamis.outcome.nothing-yet') : t('iamis.outcome.moved', { moved, of, smallest: signed(smallest), largest: signed(largest) });
  return [standing, line, ...flagLines, ` ${moves}`];
}

const COLUMNS = ['centre', 'candidate', 'centre-mark', 'moderator-mark', 'adjusted', 'change'] as const;

/** As many columns of the table beside each other as the terminal has room for; read down, then across. */
function table(state: OutcomeState, outcome: IamisOutcome, size: Size, { t }: ViewContext): readonly Line[] {
  const columns = COLUMNS.map((name): Column => ({ columns: Math.max(5, width(t(`iamis.outcome.column.${name}`))), ...(name === 'candidate' || name === 'centre' ? {} : { align: 'right' }) }));
  const head = tableRow(columns, COLUMNS.map((name) => t(`iamis.outcome.column.${name}`)));
  const rows = outcome.candidates.slice(state.top, state.top + Math.max(1, size.rows - HEAD_ROWS));
  const lines = rows.map(({ centre, candidate, centreMark, moderatorMark, adjusted }): Line => {
    const change = typeof centreMark === 'number' && typeof adjusted === 'number' ? adjusted - centreMark : undefined;
    const cells = [sanitise(centre), sanitise(candidate), markWord(centreMark), moderatorMark === null ? '' : markWord(moderatorMark), adjusted === null ? '' : markWord(adjusted)];
    const text = `   ${tableRow(columns, [...cells, change === undefined ? '' : change === 0 ? '=' : signed(change)])}`;
    return change === undefined || change === 0 ? text : [{ text, as: 'heading' }];
  });
  return [[{ text: fit(`   ${head}`, size.columns), as: 'muted' }], ...lines];
}

function messageOf(state: OutcomeState, { columns }: Size, context: ViewContext): Line | undefined {
  const { t } = context;
  const { mode } = state;
  if (mode.kind === 'reason') {
    const words = t(mode.of === 'outcome' ? 'iamis.ask.return' : 'iamis.ask.return-marks');
    return [` ${words} `, ...(fieldLine(mode.field, { columns: Math.max(10, columns - width(words) - 3), isFocused: true }) as readonly Span[])];
  }
  if (state.asked?.isWaiting === true) return ` ${t('iamis.asking')}`;
  return problemLine(state.problem, context) ?? (state.outcome === undefined ? ` ${t('list.loading')}` : undefined);
}

function confirmation(state: OutcomeState, of: 'submit' | 'approve', size: Size, { t }: ViewContext): Overlay {
  const columns = Math.min(size.columns - 6, 100);
  const values = { centre: state.centre, stage: state.outcome === undefined ? '' : stageWord(state.outcome, t) };
  return {
    title: t(`iamis.confirm.${of}.title`, values),
    lines: ['', ...wrap(t(`iamis.confirm.${of}`, values), columns), ''],
    keys: [['enter', t(`iamis.outcome.key.${of}.short`)], ['escape', t('iamis.leave-it')]],
  };
}
