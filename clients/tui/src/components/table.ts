import { fit, fitRight } from '../platform/text/width.js';

export interface Column {
  readonly columns: number;
  readonly align?: 'right';
}

/** One row of a table: cells in their columns, two spaces between. */
export function tableRow(columns: readonly Column[], cells: readonly string[]): string {
  return columns
    .map((column, index) => (column.align === 'right' ? fitRight : fit)(cells[index] ?? '', column.columns))
    .join('  ');
}
