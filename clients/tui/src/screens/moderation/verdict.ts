import { lineWidth } from '../../components/paint.js';
import type { Line, Span, ViewContext } from '../../platform/screen.js';
import { totalsOf, type ReviewState } from './review.state.js';
import { flagWords, methodWord, rhoWord, stageWord } from './words.js';

/**
 * How the centre stands by the marks so far, as the service last said; it decides nothing. In one line: where that has no
 * room for all of it, the end of it is left out whole.
 */
export function verdictLine(state: ReviewState, columns: number, context: ViewContext): Line {
  const parts = verdictParts(state, context);
  for (let count = parts.length; count > 1; count -= 1) {
    const line = [' ', ...parts.slice(0, count).flat()];
    if (lineWidth(line) <= columns) return line;
  }
  return [' ', ...(parts[0] ?? [])];
}

function verdictParts(state: ReviewState, { t }: ViewContext): readonly (readonly Span[])[] {
  const { verdict, sample } = state;
  if (verdict === undefined || sample === undefined) return [];
  const { marked, outside, remaining } = totalsOf(state);
  const flags = verdict.flags.filter((flag) => !DOUBTS.includes(flag) && flag !== 'weak-evidence');
  const isDoubtful = verdict.flags.some((flag) => ORDER.includes(flag)) || verdict.stage === 'order-doubtful';
  const first: Span =
    marked === 0
      ? { text: t('iamis.verdict.nothing'), as: 'muted' }
      : outside === 0
        ? { text: `✓ ${t(remaining > 0 ? 'iamis.verdict.within-so-far' : 'iamis.verdict.within')}`, as: 'ok' }
        : { text: `◆ ${t('iamis.verdict.outside', { outside, marked })}`, as: 'warning' };
  // Within the tolerance the order means nothing: all marks stand.
  const order: Span[] = marked > 0 && outside > 0 && isDoubtful ? [' · ', { text: `! ${orderWords(verdict.flags, { t })}`, as: 'error' }] : [];
  const weak: Span[] = outside > 0 && verdict.flags.includes('weak-evidence') ? [' · ', { text: `! ${t('iamis.flag.weak-evidence')}`, as: 'warning' }] : [];
  const rho: Span[] = verdict.rho === null ? [] : [` · ρ ${rhoWord(verdict.rho)}`];
  const line: Span[] = verdict.a === null || verdict.b === null ? [] : [` · ${methodWord(verdict.method, t)}: ${verdict.a} + ${verdict.b}·x`];
  const stage: Span[] = verdict.stage === 'pending' || order.length > 0 ? [] : [` · ${stageWord(verdict, t)}`];
  const others: Span[] = flags.length === 0 ? [] : [` · ${flagWords(flags, t).join(' · ')}`];
  return [[first], order, weak, stage, others, rho, line];
}

const ORDER = ['low-rho', 'slope-not-positive'];
const DOUBTS = [...ORDER, 'too-few-pairs', 'no-variance', 'no-anchors'];

function orderWords(flags: readonly string[], { t }: Pick<ViewContext, 't'>): string {
  if (flags.some((flag) => ORDER.includes(flag))) return t('iamis.verdict.order-doubtful');
  return flagWords(flags.filter((flag) => DOUBTS.includes(flag)), t).join(' · ') || t('iamis.verdict.order-doubtful');
}
