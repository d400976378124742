/**
 * A reply as JSON. A long list is written row by row: a single character outside Latin-1, such as the ŷ of a name, makes
 * the text of the whole list wide, and writing that takes three times as long.
 */
export function serialized(payload: unknown): string | Buffer {
  if (!Array.isArray(payload) || payload.length < LONG) return JSON.stringify(payload);
  let buffer = Buffer.allocUnsafe(payload.length * USUAL_ROW_BYTES);
  let end = buffer.write('[', 'latin1');
  payload.forEach((row: unknown, at) => {
    const text = (at === 0 ? '' : ',') + (JSON.stringify(row) ?? 'null');
    const most = end + text.length * MOST_BYTES_A_CHARACTER + 1;
    if (most > buffer.length) buffer = Buffer.concat([buffer.subarray(0, end)], most * 2);
    end += buffer.write(text, end);
  });
  end += buffer.write(']', end, 'latin1');
  return buffer.subarray(0, end);
}

const LONG = 100;
const USUAL_ROW_BYTES = 400;
const MOST_BYTES_A_CHARACTER = 3;
