/** How well two sorts of answers can be told apart by the time that they took. */

/** The share of pairs in which the first took longer: 0.5 tells nothing, 0 and 1 tell everything. */
export function separation(these: readonly number[], those: readonly number[]): number {
  const pairs = these.length * those.length;
  const wins = these.reduce((sum, one) => sum + those.filter((other) => one > other).length, 0);
  const ties = these.reduce((sum, one) => sum + those.filter((other) => one === other).length, 0);
  return (wins + ties / 2) / pairs;
}

/** What chance alone seldom exceeds (three and a half standard deviations), and a little that no stranger can use. */
export const byChance = (size: number): number => 0.02 + 3.5 * Math.sqrt((2 * size + 1) / (12 * size * size));

/** Those that can be told apart, in words. */
export function toldApart(taken: Readonly<Record<string, readonly number[]>>): readonly string[] {
  const kinds = Object.entries(taken);
  return kinds.flatMap(([name, these], index) =>
    kinds.slice(index + 1).flatMap(([other, those]) => {
      const share = separation(these, those);
      const isApart = Math.abs(share - 0.5) > Math.min(0.49, byChance(Math.min(these.length, those.length)));
      return isApart ? [`${name} and ${other}: ${share.toFixed(3)}`] : [];
    }));
}
