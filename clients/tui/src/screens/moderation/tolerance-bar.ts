/**
 * A difference on a scale: `····──┼─●─····`. The line is what is within the tolerance, dots lie outside; the mark of the
 * moderator is `●` within and `◆` outside, so that the shape says it too. Two tolerances each side, and no further.
 */
export const BAR_CELLS = 13;

export function toleranceBar(difference: number | undefined, tolerance: number): string {
  const half = (BAR_CELLS - 1) / 2;
  const scale = Math.max(1, tolerance) * 2;
  const cell = (points: number): number => half + Math.max(-half, Math.min(half, Math.round((points / scale) * half)));
  const edge = cell(tolerance) - half;
  const cells = Array.from({ length: BAR_CELLS }, (_, index): string => {
    const from = Math.abs(index - half);
    return from === 0 ? '┼' : from <= edge ? '─' : '·';
  });
  if (difference === undefined) return cells.join('');
  const isWithin = Math.abs(difference) <= tolerance;
  // Rounding never shows a mark on the wrong side of the edge.
  const at = isWithin ? clampTo(cell(difference), half, edge) : Math.abs(cell(difference) - half) <= edge ? half + Math.sign(difference) * (edge + 1) : cell(difference);
  cells[at] = isWithin ? '●' : '◆';
  return cells.join('');
}

function clampTo(at: number, half: number, edge: number): number {
  return Math.max(half - edge, Math.min(half + edge, at));
}
