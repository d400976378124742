import type { Row } from './grid.state.js';

/** Indexes of the rows whose number or name holds every word. */
export function shownRows(rows: readonly Row[], filter: string): readonly number[] {
  const words = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const indexes: number[] = [];
  rows.forEach(({ saved }, index) => {
    const text = `${saved.candidate} ${saved.name}`.toLocaleLowerCase();
    if (words.every((word) => text.includes(word))) indexes.push(index);
  });
  return indexes;
}
