/** What a choice would do to a whole cohort, in figures that can stand side by side: for a principal who has to choose. */
import type { Choice, Moderated, Outcome, Unsuitable } from './outcome.js';
import { chosenOutcome } from './outcome.js';
import type { AdjustmentSettings } from './settings.js';

/** Points and signs as people read them; decimals are rounded to four places. */
export interface Figures {
  /** Why the choice cannot be carried out; all figures are then zero. */
  readonly unsuitable: Unsuitable | null;
  /** Whose mark would be another, of those with a new mark. */
  readonly moved: number;
  readonly of: number;
  /** Among the moved, signed: the adjusted mark less the centre's. */
  readonly smallest: number;
  readonly largest: number;
  readonly mean: number;
  /** Of the sample: the moderator's mark less the adjusted one; root mean square, and the largest without its sign. */
  readonly residual: number;
  readonly largestResidual: number;
  /** False where two candidates would change places, or two who are equal would part. */
  readonly orderKept: boolean;
}

export interface Compared extends Figures {
  readonly outcome: Outcome | undefined;
}

export function comparisonOf(cohort: readonly Moderated[], settings: AdjustmentSettings, choice: Choice): Compared {
  const marked = cohort.flatMap((one) => (typeof one.centreMark === 'number' ? [{ ...one, centreMark: one.centreMark }] : []));
  const outcome = chosenOutcome(cohort, settings, choice);
  if ('unsuitable' in outcome) return { ...NO_FIGURES, of: marked.length, unsuitable: outcome.unsuitable, outcome: undefined };
  const adjusted = new Map(outcome.adjusted.map(({ key, mark }) => [key, mark]));
  const rows = marked.map((one) => ({ ...one, after: adjusted.get(one.key) ?? one.centreMark }));
  const points = (marks: number): number => rounded(settings.halfMarks ? marks / 2 : marks);
  const moves = rows.map(({ centreMark, after }) => after - centreMark).filter((by) => by !== 0);
  const residuals = rows.flatMap(({ moderatorMark, after }) => (moderatorMark === undefined ? [] : [moderatorMark - after]));
  return {
    outcome,
    unsuitable: null,
    moved: moves.length,
    of: rows.length,
    smallest: points(extreme(moves, (a, b) => a < b)),
    largest: points(extreme(moves, (a, b) => a > b)),
    mean: points(mean(moves)),
    residual: points(Math.sqrt(mean(residuals.map((one) => one * one)))),
    largestResidual: points(extreme(residuals.map(Math.abs), (a, b) => a > b)),
    orderKept: isOrderKept(rows),
  };
}

const NO_FIGURES = { moved: 0, of: 0, smallest: 0, largest: 0, mean: 0, residual: 0, largestResidual: 0, orderKept: true } as const;

interface Row {
  readonly centreMark: number;
  readonly after: number;
}

/** In the order of the centre's marks: the equal stay equal, and nobody falls behind somebody who was below. */
function isOrderKept(rows: readonly Row[]): boolean {
  const after = new Map<number, number>();
  for (const { centreMark, after: mark } of rows) {
    if ((after.get(centreMark) ?? mark) !== mark) return false;
    after.set(centreMark, mark);
  }
  const inOrder = [...after].sort(([a], [b]) => a - b).map(([, mark]) => mark);
  return inOrder.every((mark, at) => at === 0 || mark >= (inOrder[at - 1] as number));
}

function extreme(values: readonly number[], isMore: (a: number, b: number) => boolean): number {
  return values.reduce<number | undefined>((most, one) => (most === undefined || isMore(one, most) ? one : most), undefined) ?? 0;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
