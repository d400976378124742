/** The floor that any drawing of a screen stands on, written by hand: each line that changed, from its first change on. */
export function lineDiff(before: readonly string[], after: readonly string[]): string {
  let out = '';
  for (let row = 0; row < after.length; row++) {
    const [old, now] = [before[row] ?? '', after[row] as string];
    if (old === now) continue;
    let column = 0;
    while (column < old.length && old[column] === now[column]) column += 1;
    out += `\u001b[${row + 1};${column + 1}H${now.slice(column)}${now.length < old.length ? '\u001b[K' : ''}`;
  }
  return out;
}
