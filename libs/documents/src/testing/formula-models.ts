/** Formula sheets as a unit of any size would give them; the outcome is the domain's own. */
import { outcomeOf, type AdjustmentSettings, type Moderated } from '@portal/domain';
import type { CohortShown, ComponentShown, FormulaModel, Language, OutcomeShown, Source } from '../models.js';

export const UNIT: ComponentShown = {
  component: '3000N1@2017-06',
  code: '3000N1',
  qualification: 'GCSE',
  series: 'June 2017',
  titles: { en: 'Welsh Language Unit 1 - Oracy', cy: 'Welsh Language Uned 1 - Llafar' },
  maximum: 60,
  halfMarks: false,
};

export const SOURCE: Source = {
  position: '00000000000000012345',
  at: '2017-06-30T14:03:07.250Z',
  hash: '5f9c2d7b1e0a4c8836bd52f7a9e41d0c7788aa5511223344556677889900ffee',
};

export const ADJUSTED = { maximum: 60, halfMarks: false, tolerance: 3, method: 'ols' } as const satisfies AdjustmentSettings;

/** Candidates spread over the marks, every fifth sampled; the moderator takes some off the higher marks. */
export function cohortOf(size: number, settings: AdjustmentSettings = ADJUSTED, centre = '68101'): CohortShown {
  const cohort: readonly Moderated[] = Array.from({ length: size }, (_, n) => moderatedAt(n, size));
  const { stage, method, a, b, rho, flags, adjusted } = outcomeOf(cohort, settings);
  const marks = new Map(adjusted.map(({ key, mark }) => [key, mark]));
  const outcome: OutcomeShown = {
    stage, method, tolerance: settings.tolerance, flags, isApproved: false,
    ...(a !== undefined && { a }), ...(b !== undefined && { b }), ...(rho !== undefined && { rho }),
    line: a === undefined || b === undefined ? [] : [0, 60].map((x) => ({ x, y: numberOf(a) + numberOf(b) * x })),
  };
  return {
    centres: [{ centre, name: 'Ysgol Gyfun Rhos Ŵen a’r Tŷ' }],
    state: 'submitted',
    rule: 'jcq-classic',
    outcome,
    rows: cohort.map(({ key, centreMark, moderatorMark }) => ({
      centre,
      candidate: key,
      centreMark,
      ...(moderatorMark !== undefined && { moderatorMark }),
      isSampled: moderatorMark !== undefined,
      after: marks.get(key) ?? centreMark,
    })),
  };
}

export function formulaModel(sizes: readonly number[], language: Language = 'en'): FormulaModel {
  return {
    kind: 'formula',
    language,
    component: UNIT,
    source: SOURCE,
    usual: { rule: 'jcq-classic', tolerance: 3, method: 'ols' },
    cohorts: sizes.map((size, n) => cohortOf(size, ADJUSTED, String(68_101 + n))),
  };
}

function moderatedAt(n: number, size: number): Moderated {
  const key = String(n + 1).padStart(4, '0');
  if (n % 41 === 17) return { key, centreMark: 'ABS' };
  if (n % 53 === 31) return { key, centreMark: 'CF' };
  const centreMark = Math.round((60 * n) / Math.max(1, size - 1));
  const sampled = n % Math.max(1, Math.floor(size / 12)) === 0;
  return sampled ? { key, centreMark, moderatorMark: Math.max(0, centreMark - Math.round(centreMark / 9) + (n % 3) - 1) } : { key, centreMark };
}

function numberOf(text: string): number {
  const [over, under = '1'] = text.split('/');
  return Number(over) / Number(under);
}
