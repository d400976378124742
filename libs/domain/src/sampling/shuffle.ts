/**
 * The one shuffle there is. Chance comes from outside, as a seed in the command, and is kept in the event: with
 * the same seed everybody who recomputes a sample gets the same one, in any language and on any machine.
 *
 * The seed's UTF-16 units are hashed to 32 bits by FNV-1a; mulberry32 makes the numbers; Fisher and Yates
 * exchange from the end. Only 32-bit integer arithmetic, and products below 2^53: nothing is rounded.
 */
export function shuffled<Item>(items: readonly Item[], seed: string): readonly Item[] {
  const next = numbersOf(seed);
  const result = items.slice();
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor((next() * (last + 1)) / 2 ** 32);
    const moved = result[last] as Item;
    result[last] = result[other] as Item;
    result[other] = moved;
  }
  return result;
}

/** Whole numbers from 0 up to 2^32, the same ones for the same seed. */
export function numbersOf(seed: string): () => number {
  let state = hashOf(seed);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

function hashOf(seed: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < seed.length; at += 1) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
