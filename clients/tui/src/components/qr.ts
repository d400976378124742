import encodeQR from 'qr';
import type { Line } from '../platform/screen.js';
import { allAs } from './paint.js';

/**
 * A QR code as rows of half blocks, two modules a row: what is light is drawn, so that it reads right on a dark
 * terminal without colours too. Undefined where there is no room: half a code is none.
 */
export function qrLines(text: string, room: { readonly columns: number; readonly rows: number }): readonly Line[] | undefined {
  for (const border of QUIET_MODULES) {
    const modules = encodeQR(text, 'raw', { ecc: 'low', border });
    if (modules.length <= room.columns && Math.ceil(modules.length / 2) <= room.rows) return drawn(modules);
  }
  return undefined;
}

/** Text to the right of a code, row beside row. */
export function besideQr(code: readonly Line[], text: readonly Line[]): readonly Line[] {
  const blank = allAs('', qrColumns(code), 'plain');
  return Array.from({ length: Math.max(code.length, text.length) }, (_, row): Line => {
    const right = text[row] ?? '';
    return [...(code[row] ?? blank), '  ', ...(typeof right === 'string' ? [right] : right)];
  });
}

export const qrColumns = (code: readonly Line[]): number => (code[0]?.[0] as { text: string }).text.length;

/** An address is no sentence: it is cut anywhere, so that it can be copied piece by piece. */
export function inPieces(text: string, columns: number): readonly string[] {
  return text.match(new RegExp(`.{1,${Math.max(1, columns)}}`, 'gu')) ?? [];
}

/** Four are asked for; telephones read it with fewer, and 24 rows have no more. */
const QUIET_MODULES = [2, 1] as const;

function drawn(modules: readonly (readonly boolean[])[]): readonly Line[] {
  const isLight = (row: number, column: number): boolean => modules[row]?.[column] !== true;
  return Array.from({ length: Math.ceil(modules.length / 2) }, (_, row): Line => {
    const cells = modules.map((__, column) => cell(isLight(row * 2, column), isLight(row * 2 + 1, column)));
    return [{ text: cells.join(''), as: 'code' }];
  });
}

const cell = (upper: boolean, lower: boolean): string => (upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ');
