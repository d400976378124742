import type { Counts } from '@portal/domain';

/** What several examiners have together. */
export function total(parts: readonly Counts[]): Counts {
  const sum = (of: keyof Counts): number => parts.reduce((most, part) => most + part[of], 0);
  const [allocated, left, outstanding] = [sum('allocated'), sum('left'), sum('outstanding')];
  return { allocated, left, outstanding, entered: sum('entered'), submitted: sum('submitted') };
}
