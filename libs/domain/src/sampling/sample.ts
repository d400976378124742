/**
 * Which candidates a moderator looks at. Highest and lowest are always among them, the rest lie evenly over the
 * rank order; equal marks stand in the order of a seeded shuffle, so the order of the input means nothing.
 *
 * A zero is a new mark and counts for the size, but says nothing about a centre's marking: "lowest" is the lowest
 * mark above zero, and zeros are drawn only where the others do not fill the sample, or the component wants them.
 */
import type { SampleRule } from './rules.js';
import { sampleSize } from './rules.js';
import { shuffled } from './shuffle.js';

/** A candidate with a new mark. ABS and CF are never eligible. */
export interface Eligible {
  readonly key: string;
  readonly mark: number;
  /** The teaching group (of a centre, in a consortium). */
  readonly group: string;
}

export interface Draw {
  readonly rule: SampleRule;
  readonly seed: string;
  /** Zeros are drawn like any mark. */
  readonly withZeros?: boolean;
}

/** In the order of their keys. */
export function drawSample<Item extends Eligible>(cohort: readonly Item[], draw: Draw): readonly Item[] {
  const size = sampleSize(draw.rule, cohort.length);
  const ranked = drawable(inRankOrder(cohort, draw.seed), size, draw.withZeros === true);
  if (size >= ranked.length) return inKeyOrder(ranked);
  const picked = covering(ranked, evenly(ranked.length, size));
  return inKeyOrder(picked.map((at) => ranked[at] as Item));
}

/** `size` more of those not `taken`, evenly over their rank order; all of them where there are no more. */
export function drawFurther<Item extends Eligible>(
  cohort: readonly Item[],
  taken: ReadonlySet<string>,
  { size, seed, withZeros }: { readonly size: number; readonly seed: string; readonly withZeros?: boolean },
): readonly Item[] {
  const left = inRankOrder(
    cohort.filter(({ key }) => !taken.has(key)),
    seed,
  );
  const ranked = drawable(left, size, withZeros === true);
  if (size >= ranked.length) return inKeyOrder(ranked);
  const middles = Array.from({ length: size }, (_, i) => Math.floor(((2 * i + 1) * ranked.length) / (2 * size)));
  return inKeyOrder(middles.map((at) => ranked[at] as Item));
}

/** Of those not `taken` the one whose mark is nearest to `mark`, in the seed's order where several are. */
export function nearest<Item extends Eligible>(
  cohort: readonly Item[],
  taken: ReadonlySet<string>,
  { mark, seed, withZeros }: { readonly mark: number; readonly seed: string; readonly withZeros?: boolean },
): Item | undefined {
  const left = cohort.filter(({ key }) => !taken.has(key));
  const ranked = drawable(inRankOrder(left, seed), 1, withZeros === true);
  let found: Item | undefined;
  for (const one of ranked) {
    if (found === undefined || Math.abs(one.mark - mark) < Math.abs(found.mark - mark)) found = one;
  }
  return found;
}

/** Highest first. */
function inRankOrder<Item extends Eligible>(cohort: readonly Item[], seed: string): readonly Item[] {
  return shuffled(inKeyOrder(cohort), seed).toSorted((a, b) => b.mark - a.mark);
}

/** Without zeros, or with just as many as are needed for the size. */
function drawable<Item extends Eligible>(
  ranked: readonly Item[],
  size: number,
  withZeros: boolean,
): readonly Item[] {
  if (withZeros) return ranked;
  const above = ranked.filter(({ mark }) => mark > 0).length;
  return ranked.slice(0, Math.max(above, size));
}

/** `size` places among `length`, first and last among them, each as near as can be to its even share. */
function evenly(length: number, size: number): readonly number[] {
  const steps = size - 1;
  return Array.from({ length: size }, (_, i) => Math.floor((2 * i * (length - 1) + steps) / (2 * steps)));
}

/**
 * Each group that has nobody takes the nearest place of a group that has two; first and last stay. A group goes
 * without only where every other place is the only one of its group.
 */
function covering(ranked: readonly Eligible[], picked: readonly number[]): readonly number[] {
  const chosen = new Set(picked);
  const groupAt = (at: number): string => (ranked[at] as Eligible).group;
  const missing = new Set(ranked.map(({ group }) => group));
  for (const at of chosen) missing.delete(groupAt(at));
  for (const group of [...missing].sort()) {
    const members = [...ranked.keys()].filter((at) => groupAt(at) === group);
    const swap = nearestSwap(spare(chosen, groupAt, ranked.length - 1), members);
    if (swap === undefined) break;
    chosen.delete(swap.out);
    chosen.add(swap.in);
  }
  return [...chosen];
}

/** Places that may be given up: not the ends, and not the only one of a group. */
function spare(chosen: ReadonlySet<number>, groupAt: (at: number) => string, last: number): readonly number[] {
  const counts = new Map<string, number>();
  for (const at of chosen) counts.set(groupAt(at), (counts.get(groupAt(at)) ?? 0) + 1);
  const many = [...chosen].filter((at) => at !== 0 && at !== last && (counts.get(groupAt(at)) ?? 0) > 1);
  return many.sort((a, b) => a - b);
}

function nearestSwap(
  places: readonly number[],
  members: readonly number[],
): { readonly out: number; readonly in: number } | undefined {
  let found: { readonly out: number; readonly in: number } | undefined;
  for (const place of places) {
    for (const member of members) {
      const isNearer = found === undefined || Math.abs(place - member) < Math.abs(found.out - found.in);
      if (isNearer) found = { out: place, in: member };
    }
  }
  return found;
}

function inKeyOrder<Item extends Eligible>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
}
