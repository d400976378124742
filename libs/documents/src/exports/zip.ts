/** A ZIP archive says when each of its files was written; the same rows must give the same bytes at any time of day. */
export function withoutTimes(archive: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(archive);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - END_LENGTH;
  if (view.getUint32(end, true) !== END) throw new Error('no ZIP archive without a comment');
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== ENTRY) throw new Error('an entry of the ZIP directory is not where it should be');
    view.setUint32(at + 12, FIRST_OF_1980, true);
    view.setUint32(view.getUint32(at + 42, true) + 10, FIRST_OF_1980, true);
    at += ENTRY_LENGTH + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return bytes;
}

const END = 0x06054b50;
const END_LENGTH = 22;
const ENTRY = 0x02014b50;
const ENTRY_LENGTH = 46;
/** Time in the lower half, date in the upper: the earliest there is. */
const FIRST_OF_1980 = 0x00210000;
