/**
 * Centre marks to the right, moderator marks upwards, in braille cells of two by four dots: `·`-fine for the lines, a sign
 * for each candidate. Pure: the same marks, the same rows of characters.
 */

export interface PlotPair {
  readonly x: number;
  readonly y: number;
  readonly isWithin: boolean;
}

export interface Plot {
  readonly pairs: readonly PlotPair[];
  readonly maximum: number;
  /** The fitted line; without one only that of equal marks is drawn. */
  readonly line: { readonly a: number; readonly b: number } | undefined;
}

export interface PlotSize {
  readonly columns: number;
  readonly rows: number;
}

export function plotRows({ pairs, maximum, line }: Plot, size: PlotSize): readonly string[] {
  const dots = { across: size.columns * 2, up: size.rows * 4 };
  const lit = Array.from({ length: size.rows }, () => new Array<number>(size.columns).fill(0));
  const light = (across: number, up: number): void => {
    if (across < 0 || across >= dots.across || up < 0 || up >= dots.up) return;
    const row = size.rows - 1 - Math.floor(up / 4);
    const column = Math.floor(across / 2);
    lit[row]![column]! |= DOTS[across % 2]![up % 4]!;
  };
  const upAt = (mark: number): number => Math.round((mark / maximum) * (dots.up - 1));
  for (let across = 0; across < dots.across; across += 1) {
    const mark = (across / (dots.across - 1)) * maximum;
    // Equal marks: every fourth dot. The fitted line: all of them.
    if (across % 4 === 0) light(across, upAt(mark));
    if (line !== undefined) light(across, upAt(line.a + line.b * mark));
  }
  const cells = lit.map((row) => row.map((bits) => (bits === 0 ? ' ' : String.fromCodePoint(BRAILLE + bits))));
  // Those outside the tolerance last: they are never hidden behind another.
  for (const { x, y, isWithin } of pairs.toSorted((a, b) => Number(b.isWithin) - Number(a.isWithin))) {
    const column = Math.min(size.columns - 1, Math.floor(((x / maximum) * (dots.across - 1)) / 2));
    const row = size.rows - 1 - Math.floor(upAt(Math.max(0, Math.min(maximum, y))) / 4);
    cells[row]![column] = isWithin ? '●' : '◆';
  }
  return cells.map((row) => row.join(''));
}

/** `-1122/2425`, `0.25` or `5`; for a picture the nearest number will do. Undefined where the text is none of these. */
export function coefficient(text: string | null): number | undefined {
  const [, over, under = '1'] = /^(-?\d+(?:\.\d+)?)(?:\/(\d+))?$/.exec(text ?? '') ?? [];
  const value = over === undefined ? Number.NaN : Number(over) / Number(under);
  return Number.isFinite(value) ? value : undefined;
}

const BRAILLE = 0x2800;
/** By column, from the bottom up. */
const DOTS = [[0x40, 0x04, 0x02, 0x01], [0x80, 0x20, 0x10, 0x08]] as const;
