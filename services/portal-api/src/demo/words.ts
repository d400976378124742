/** Names made up from word lists: nothing here is a person or a school. */
const GIVEN = 'Aled Anwen Bethan Bryn Carys Catrin Dafydd Dylan Eirlys Elin Ffion Geraint Gethin Gwen Huw Ifan Lowri Mair Megan Nia Owain Rhys Sara Siân Tomos'.split(
  ' ',
);
const FAMILY = 'Bevan Bowen Davies Ellis Evans Griffiths Harries Hughes Jenkins Jones Lewis Llwyd Morgan Morris Owen Parry Powell Price Prosser Pugh Rees Roberts Thomas Vaughan Williams'.split(
  ' ',
);
const KIND = ['Ysgol', 'Ysgol Uwchradd', 'Ysgol Gyfun'];
const PLACE = ['Bryn', 'Cwm', 'Dôl', 'Glan', 'Llwyn', 'Maes', 'Nant', 'Pant', 'Rhos', 'Tŷ'];
const TREE = ['Afallen', 'Bedwen', 'Celyn', 'Derwen', 'Eirin', 'Gwernen', 'Helyg', 'Onnen', 'Pinwydd', 'Ywen'];

/** Made-up names from a seeded sequence (a 32-bit linear congruential generator; Knuth, TAOCP 2, 3.3.4). */
export function words(seed: number) {
  let state = seed;
  const pick = (list: readonly string[]): string => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return list[Math.floor((state / 2 ** 32) * list.length)] as string;
  };
  return {
    person: (): string => `${pick(GIVEN)} ${pick(FAMILY)}`,
    /** A whole number from 0 and below `end`. */
    number: (end: number): number => Number(pick(Array.from({ length: end }, (_, at) => String(at)))),
    school: (): string => `${pick(KIND)} ${pick(PLACE)} ${pick(TREE)}`,
  };
}

export type Words = ReturnType<typeof words>;
