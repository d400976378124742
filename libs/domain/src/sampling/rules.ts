/** How large a sample is, by the size of the cohort: the two tables of the boards' joint instructions. */

export type SampleRule = 'jcq-classic' | 'jcq-2026';

export const SAMPLE_RULES: readonly SampleRule[] = ['jcq-classic', 'jcq-2026'];

export function isSampleRule(text: string): text is SampleRule {
  return SAMPLE_RULES.some((rule) => rule === text);
}

/** `cohort`: candidates with a new mark, zeros among them. Up to the first bound everybody is looked at. */
export function sampleSize(rule: SampleRule, cohort: number): number {
  const { everybodyUpTo, to100, to200, above } = TABLES[rule];
  if (cohort <= everybodyUpTo) return cohort;
  if (cohort <= 100) return to100;
  return cohort <= 200 ? to200 : above;
}

const TABLES = {
  'jcq-classic': { everybodyUpTo: 10, to100: 10, to200: 15, above: 20 },
  'jcq-2026': { everybodyUpTo: 15, to100: 15, to200: 20, above: 25 },
} as const satisfies Readonly<Record<SampleRule, object>>;
