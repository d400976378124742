import encodeQR from 'qr';
import type { Line } from '../platform/screen.js';
import { allAs } from './paint.js';

/**
 * A QR code as rows of half blocks, two modules a row: what is light is drawn, so that it reads right on a dark
 * terminal without colours too. Undefined where there is no room: half a code is none.
 */
export function qrLines(text: string, room: { readonly columns: number; readonly rows: number }): readonly Line[] | undefined {
  const bare = encodeQR(text, 'raw', { ecc: 'low', border: 1 }).slice(1, -1).map((row) => row.slice(1, -1));
  for (const { beside, above } of QUIET_MODULES) {
    const rows = Math.ceil((bare.length + 2 * above) / 2);
    if (bare.length + 2 * beside <= room.columns && rows <= room.rows) return drawn(withQuiet(bare, beside, above));
  }
  return undefined;
}

function withQuiet(bare: readonly (readonly boolean[])[], beside: number, above: number): readonly (readonly boolean[])[] {
  const side = Array<boolean>(beside).fill(false);
  const rows = Array.from({ length: above }, () => Array<boolean>(bare.length + 2 * beside).fill(false));
  return [...rows, ...bare.map((row) => [...side, ...row, ...side]), ...rows];
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

/** Four all round are asked for. Telephones read it with fewer, and 24 rows have no more above and below; beside there is room. */
const QUIET_MODULES = [
  { beside: 4, above: 4 }, { beside: 4, above: 2 }, { beside: 4, above: 1 }, { beside: 2, above: 2 }, { beside: 1, above: 1 },
] as const;

function drawn(modules: readonly (readonly boolean[])[]): readonly Line[] {
  const isLight = (row: number, column: number): boolean => modules[row]?.[column] !== true;
  return Array.from({ length: Math.ceil(modules.length / 2) }, (_, row): Line => {
    const cells = modules[0]!.map((__, column) => cell(isLight(row * 2, column), isLight(row * 2 + 1, column)));
    return [{ text: cells.join(''), as: 'code' }];
  });
}

const cell = (upper: boolean, lower: boolean): string => (upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ');
