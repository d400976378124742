/**
 * Each row travels through Ink as three letters that stand for it, because what Ink costs is counted in visible characters.
 * The terminal's side exchanges them for the rows again (`terminal-rows.ts`).
 */
export interface RowHandles {
  readonly handles: (rows: readonly string[]) => readonly string[];
  readonly rows: (handles: readonly string[]) => readonly string[];
}

/** Two halves: when one is full the other begins, so that the frame drawn last can still be read. */
const HALF = 20_000;
/** Plain ASCII, which is measured fastest. */
const handleAt = (index: number) => index.toString(36).padStart(HANDLE_COLUMNS, '0');
export const HANDLE_COLUMNS = 3;

export function createRowHandles(): RowHandles {
  const known = new Map<string, string>();
  const meaning = new Map<string, string>();
  let half = 0;
  const begin = () => {
    half = 1 - half;
    known.clear();
    for (let index = 0; index < HALF; index += 1) meaning.delete(handleAt(half * HALF + index));
  };
  const handle = (row: string) => {
    const found = known.get(row);
    if (found !== undefined) return found;
    const made = handleAt(half * HALF + known.size);
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
