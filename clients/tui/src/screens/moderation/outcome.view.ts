import type { IamisOutcome, IamisSample, Verdict } from '@portal/contract';
import { fieldLine } from '../../components/field.js';
import { tableRow, type Column } from '../../components/table.js';
import type { Translate } from '../../platform/i18n/catalogue.js';
import type { Frame, Line, Overlay, Size, Span, ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut, fit, width, wrap } from '../../platform/text/width.js';
import { movedIn, type OutcomeState } from './outcome.state.js';
import { returnedLines } from './returned.js';
import { flagWords, markWord, methodWord, problemLine, reasonKeys, rhoWord, signed, stageWord, stateWord } from './words.js';

/** Heading, standing, line, flags (two), what moves, an empty row, column heads. */
const HEAD_ROWS = 8;
/** Why it came back, where it did. */
const RETURNED_ROWS = 2;

/** Rows of candidates that fit. */
export const pageOf = ({ outcome }: OutcomeState, { rows }: Size): number =>
  Math.max(1, rows - HEAD_ROWS - (outcome?.returned ? RETURNED_ROWS : 0));

export function viewOutcome(state: OutcomeState, size: Size, context: ViewContext): Frame {
  const { t } = context;
  const { outcome } = state;
  const heading = t('iamis.outcome.heading', { centre: state.centre, name: sanitise(state.name), code: sanitise(state.component.code) });
  const head: Line[] = [[{ text: cut(` ${heading}`, size.columns), as: 'heading' }]];
  const message = messageOf(state, size, context);
  const overlay = state.mode.kind === 'confirm' ? confirmation(state, state.mode.of, size, context) : undefined;
  const lines = outcome === undefined ? head : [...head, ...facts(state, outcome, size, context), ...returnedOf(outcome, size, context), '', ...table(state, outcome, size, context)];
  return { lines: lines.slice(0, size.rows), ...(message && { message }), ...(overlay && { overlay }), ...(state.mode.kind === 'reason' && { keys: reasonKeys(context) }) };
}

function facts({ sample }: OutcomeState, outcome: IamisOutcome, { columns }: Size, context: ViewContext): readonly Line[] {
  const { t } = context;
  // Before it is submitted there is no outcome yet: what would come of it, by the marks so far.
  const soFar = outcome.state === 'reviewing' ? sample : undefined;
  const verdict: Verdict = soFar?.verdict ?? outcome;
  const isDoubtful = verdict.stage === 'order-doubtful';
  const stage: Span = { text: `${isDoubtful ? '! ' : ''}${stageWord(verdict, t)}`, as: isDoubtful ? 'error' : verdict.stage === 'pending' ? 'muted' : 'heading' };
  const standing: Line = [` ${t(soFar === undefined ? 'iamis.outcome.stage' : 'iamis.outcome.so-far')} `, stage, ` ${soFar === undefined ? `· ${stateWord(outcome, t)} ` : ''}· ${t('iamis.outcome.method')} ${methodWord(verdict.method, t)} · ${t('iamis.outcome.tolerance')}${outcome.tolerance}`];
  const line = ` a = ${verdict.a ?? '–'}   b = ${verdict.b ?? '–'}   ρ = ${rhoWord(verdict.rho)}`;
  const flags = verdict.flags.length === 0 ? t('iamis.outcome.no-flags') : t('iamis.outcome.flags', { flags: flagWords(verdict.flags, t).join(' · ') });
  const wrapped = wrap(flags, columns - 2).slice(0, 2);
  const flagLines = [wrapped[0] ?? '', wrapped[1] ?? ''].map((text): Line => [{ text: ` ${text}`, as: verdict.flags.length > 0 ? 'warning' : 'plain' }]);
  return [standing, line, ...flagLines, ` ${soFar === undefined ? movesOf(outcome, t) : remainingOf(soFar, t)}`];
}

function movesOf(outcome: IamisOutcome, t: Translate): string {
  if (outcome.stage === 'pending' || outcome.stage === 'order-doubtful') return t('iamis.outcome.nothing-yet');
  const { moved, of, smallest, largest } = movedIn(outcome);
  return moved === 0 ? t('iamis.outcome.none-move', { of }) : t('iamis.outcome.moved', { moved, of, smallest: signed(smallest), largest: signed(largest) });
}

function remainingOf({ candidates }: IamisSample, t: Translate): string {
  const count = candidates.filter(({ isReceived, moderatorMark }) => isReceived && moderatorMark === null).length;
  return t('iamis.review.remaining', { count });
}

function returnedOf({ returned }: IamisOutcome, { columns }: Size, context: ViewContext): readonly Line[] {
  if (!returned) return [];
  const [first = '', second = ''] = returnedLines(returned, { columns, rows: RETURNED_ROWS }, context);
  return [first, second];
}

const COLUMNS = ['centre', 'candidate', 'centre-mark', 'moderator-mark', 'adjusted', 'change'] as const;

/** As many columns of the table beside each other as the terminal has room for; read down, then across. */
function table(state: OutcomeState, outcome: IamisOutcome, size: Size, { t }: ViewContext): readonly Line[] {
  const columns = COLUMNS.map((name): Column => ({ columns: Math.max(5, width(t(`iamis.outcome.column.${name}`))), ...(name === 'candidate' || name === 'centre' ? {} : { align: 'right' }) }));
  const head = tableRow(columns, COLUMNS.map((name) => t(`iamis.outcome.column.${name}`)));
  const rows = outcome.candidates.slice(state.top, state.top + pageOf(state, size));
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
