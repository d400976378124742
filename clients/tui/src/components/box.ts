import type { Line, Overlay, Size } from '../platform/screen.js';
import { cut, width } from '../platform/text/width.js';
import { takeColumns } from './paint.js';

/** Lays a box over the rows below it, in the middle. Nothing below it is lost: the rows are only covered. */
export function overlaid(below: readonly Line[], overlay: Overlay, size: Size): readonly Line[] {
  const inner = Math.min(size.columns - 6, 100);
  const rows = boxed(overlay, inner, size.rows - 2);
  const top = Math.max(0, Math.floor((size.rows - rows.length) / 2));
  const left = Math.floor((size.columns - inner - 4) / 2);
  const right = left + inner + 4;
  return Array.from({ length: size.rows }, (_, index) => {
    const row = rows[index - top];
    const line = below[index] ?? '';
    if (row === undefined) return line;
    // A margin too narrow to read anything in would only show stray letters.
    if (left < READABLE_COLUMNS) return [' '.repeat(left), ...row, ' '.repeat(size.columns - right)];
    return [...takeColumns(line, 0, left), ...row, ...takeColumns(line, right, size.columns)];
  });
}

function boxed(overlay: Overlay, inner: number, height: number): (readonly (string | { text: string; as: 'heading' })[])[] {
  const title = ` ${cut(overlay.title, inner - 4)} `;
  const rule = '─'.repeat(Math.max(0, inner + 1 - width(title)));
  const lines = overlay.lines.slice(0, Math.max(1, height - 2));
  return [
    ['┌─', { text: title, as: 'heading' as const }, `${rule}┐`],
    ...lines.map((line) => ['│ ', ...takeColumns(line, 0, inner), ' │'] as never),
    [`└${'─'.repeat(inner + 2)}┘`],
  ];
}

const READABLE_COLUMNS = 8;

/** Room for lines inside a box. */
export function boxSize(size: Size): Size {
  return { columns: Math.min(size.columns - 6, 100), rows: size.rows - 4 };
}
