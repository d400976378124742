import { describe, expect, it } from '@jest/globals';
import decodeQR from 'qr/decode.js';
import { plainText } from './paint.js';
import { inPieces } from '../platform/text/width.js';
import { besideQr, qrLines } from './qr.js';

const URI = 'otpauth://totp/Appointee%20Portal:user7@wjec-appointees.co.uk?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** What a camera would see: each half of a cell a square of `SCALE` pixels, light where it is drawn. */
function read(rows: readonly string[]): string {
  const SCALE = 4;
  const halves = rows.flatMap((row) => [[...row].map((cell) => cell === '█' || cell === '▀'), [...row].map((cell) => cell === '█' || cell === '▄')]);
  const width = halves[0]!.length * SCALE;
  const height = halves.length * SCALE;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
    data.fill(halves[Math.floor(y / SCALE)]![Math.floor(x / SCALE)] ? 255 : 0, (y * width + x) * 3, (y * width + x) * 3 + 3);
  }
  return decodeQR({ width, height, data });
}

describe('a QR code in the terminal', () => {
  it.each([21, 20])('reads as what it says, in %i rows', (rows) => {
    const lines = qrLines(URI, { columns: 46, rows })!;
    expect(lines.length).toBeLessThanOrEqual(rows);
    expect(read(lines.map(plainText))).toBe(URI);
  });

  it('has its quiet margin: four modules beside it in 24 rows, and all round where there is room', () => {
    const small = qrLines(URI, { columns: 46, rows: 20 })!.map(plainText);
    for (const row of small) expect([row.slice(0, 4), row.slice(-4)].every((end) => /^[█▀]{4}$/.test(end))).toBe(true);
    const large = qrLines(URI, { columns: 80, rows: 40 })!.map(plainText);
    expect([large[0], large[1], large.at(-1)].every((row) => /^[█▀]+$/.test(row!))).toBe(true);
    expect(read(large)).toBe(URI);
  });

  it('is left out where a row or a column is missing', () => {
    expect(qrLines(URI, { columns: 46, rows: 19 })).toBeUndefined();
    expect(qrLines(URI, { columns: 38, rows: 40 })).toBeUndefined();
  });

  it('is no code any more with some of its rows exchanged', () => {
    const [first, ...others] = qrLines(URI, { columns: 46, rows: 20 })!.map(plainText);
    expect(() => read([...others, first!].toReversed())).toThrow();
  });

  it('has text beside it, row by row, and addresses in pieces', () => {
    const beside = besideQr(qrLines(URI, { columns: 46, rows: 20 })!, ['one', [{ text: 'two', as: 'link' }]]).map(plainText);
    expect(beside[0]).toMatch(/ {2}one$/);
    expect(beside[1]).toMatch(/ {2}two$/);
    expect(inPieces('abcdefg', 3)).toEqual(['abc', 'def', 'g']);
  });
});
