/**
 * Each row travels through Ink as a single character that stands for it, because what Ink costs is counted in visible
 * characters. The terminal's side exchanges the characters for the rows again (`terminal-rows.ts`).
 */
export interface RowHandles {
  readonly handles: (rows: readonly string[]) => readonly string[];
  readonly rows: (handles: readonly string[]) => readonly string[];
}

/** Private use characters: no row ever contains one. */
const FIRST = 0xe000;
/** Two halves: when one is full the other begins, so that the frame drawn last can still be read. */
const HALF = 3000;

export function createRowHandles(): RowHandles {
  const known = new Map<string, string>();
  const meaning = new Map<string, string>();
  let half = 0;
  const begin = () => {
    half = 1 - half;
    known.clear();
    for (let index = 0; index < HALF; index += 1) meaning.delete(String.fromCharCode(FIRST + half * HALF + index));
  };
  const handle = (row: string) => {
    const found = known.get(row);
    if (found !== undefined) return found;
    const made = String.fromCharCode(FIRST + half * HALF + known.size);
    known.set(row, made);
    meaning.set(made, row);
    return made;
  };
  return {
    handles: (rows) => {
      if (known.size + rows.length > HALF) begin();
      return rows.map(handle);
    },
    rows: (handles) => handles.map((one) => meaning.get(one) ?? ''),
  };
}
