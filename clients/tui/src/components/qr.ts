import encodeQR from 'qr';
import type { Line } from '../platform/screen.js';

/**
 * A QR code as rows of half blocks, two modules a row: what is light is drawn, so that it reads right on a dark
 * terminal without colours too. Undefined where there is no room: half a code is none.
 */
export function qrLines(text: string, room: { readonly columns: number; readonly rows: number }): readonly Line[] | undefined {
  const modules = encodeQR(text, 'raw', { ecc: 'low', border: QUIET_MODULES });
  const isLight = (row: number, column: number): boolean => modules[row]?.[column] !== true;
  const columns = modules.length;
  const rows = Math.ceil(modules.length / 2);
  if (columns > room.columns || rows > room.rows) return undefined;
  return Array.from({ length: rows }, (_, row): Line => {
    const cells = Array.from({ length: columns }, (_, column) => cell(isLight(row * 2, column), isLight(row * 2 + 1, column)));
    return [{ text: cells.join(''), as: 'code' }];
  });
}

/** Four are asked for; phones read it with two, and 24 rows have no more. */
const QUIET_MODULES = 2;

const cell = (upper: boolean, lower: boolean): string => (upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ');
