/** One way to measure: ours and the peer in the same run, alternating, so that a busy machine is busy for both. */

export interface Figure {
  readonly name: string;
  /** Median of all runs. */
  readonly figure: number;
  readonly unit: string;
  /** The peer's median in the same run, or the limit. */
  readonly reference: number;
  /** figure ÷ reference. */
  readonly ratio: number;
  /** What the ratio must reach, such as `≥ 0.5`; `reported` where nothing is asked. */
  readonly goal: string;
  readonly met: boolean;
  /** Lowest and highest of the runs. */
  readonly spread: readonly [number, number];
  readonly referenceSpread: readonly [number, number];
}

export interface Benchmark {
  /** Word on the command line; one benchmark may have several figures. */
  readonly name: string;
  readonly run: () => Promise<readonly Figure[]>;
}

export type Goal = { readonly atLeast: number } | { readonly atMost: number } | 'reported';

export interface Comparison {
  readonly name: string;
  readonly unit: string;
  readonly goal: Goal;
  /** One run, in `unit`. */
  readonly ours: () => Promise<number> | number;
  readonly peer: () => Promise<number> | number;
  /** Odd, at least 3. */
  readonly runs?: number;
}

/** Both once unmeasured to warm up, then in turn, the first of each pair changing. */
export async function compare({ name, unit, goal, ours, peer, runs = 5 }: Comparison): Promise<Figure> {
  const figures: number[] = [];
  const references: number[] = [];
  await ours();
  await peer();
  for (let run = 0; run < runs; run++) {
    if (run % 2 === 0) figures.push(await ours());
    references.push(await peer());
    if (run % 2 === 1) figures.push(await ours());
  }
  return toFigure({ name, unit, goal }, figures, references);
}

/** Against a fixed limit instead of a peer: the goal is to stay within it. */
export async function limit(
  {
    name,
    unit,
    atMost,
    runs = 3,
  }: { readonly name: string; readonly unit: string; readonly atMost: number; readonly runs?: number },
  measure: () => Promise<number> | number,
): Promise<Figure> {
  const figures: number[] = [];
  for (let run = 0; run < runs; run++) figures.push(await measure());
  return toFigure({ name, unit, goal: { atMost: 1 } }, figures, [atMost]);
}

/** From runs already made; `references` of a limit is the limit alone. */
export function toFigure(
  { name, unit, goal }: { readonly name: string; readonly unit: string; readonly goal: Goal },
  figures: readonly number[],
  references: readonly number[],
): Figure {
  const figure = median(figures);
  const reference = median(references);
  const ratio = figure / reference;
  return {
    name,
    figure: round(figure),
    unit,
    reference: round(reference),
    ratio: round(ratio),
    goal: goalText(goal),
    met: isMet(goal, ratio),
    spread: spreadOf(figures),
    referenceSpread: spreadOf(references),
  };
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** `fraction` from 0 to 1; the lower of two neighbours. */
export function percentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * fraction)] ?? Number.NaN;
}

/** Milliseconds since some moment, with fractions. */
export const nowMs = (): number => performance.now();

/** For a person: one line for each figure. */
export function describeFigure(figure: Figure): string {
  const { name, unit, ratio, goal, met, spread, referenceSpread } = figure;
  const range = ([low, high]: readonly [number, number]): string => (low === high ? '' : ` (${low}–${high})`);
  return (
    `${goal === 'reported' ? '·' : met ? '✓' : '✗'} ${name}: ${figure.figure} ${unit}${range(spread)}, ` +
    `reference ${figure.reference}${range(referenceSpread)}, ratio ${ratio}, goal ${goal}`
  );
}

function goalText(goal: Goal): string {
  if (goal === 'reported') return goal;
  return 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;
}

function isMet(goal: Goal, ratio: number): boolean {
  if (goal === 'reported') return true;
  return 'atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost;
}

const spreadOf = (values: readonly number[]): readonly [number, number] => [
  round(Math.min(...values)),
  round(Math.max(...values)),
];

/** Four significant digits say all that a noisy machine can say. */
const round = (value: number): number => Number(value.toPrecision(4));
