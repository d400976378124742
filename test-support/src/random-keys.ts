import { KEYS } from './keys.js';

/** The same keys for the same seed: characters of the grid mostly, then keys, pasted text, and bytes of no meaning. */
export function randomKeys(count: number, seed: number): readonly string[] {
  const random = sequence(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const marks = [...'0123456789', '\r', '\r', '*', '+', '-', '/', 'n', 'N', 'u', 'r', 'e', 'v', '!', 'g', 's', 'H', 'y', 't', 'A'];
  const words = Object.values(KEYS);
  const odd = ['q', ':', '?', 'S', 'é', '漢', '\u0000', '\u001b', '\u001b[', '\u001b[<0;1;1M', '\u001b]52;c;?\u0007', '\u001b[200~12\n34\nx\u001b[201~'];
  return Array.from({ length: count }, () => {
    const which = random();
    return which < 0.7 ? pick(marks) : which < 0.93 ? pick(words) : pick(odd);
  });
}

/** A 32-bit linear congruential generator (Knuth, TAOCP 2, 3.3.4). */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
