import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const packaged = createRequire(import.meta.url);

/** DejaVu Sans has every letter of English and Welsh, ŵ and ŷ among them. Read once a process. */
export const FONTS = {
  regular: font('DejaVuSans.ttf'),
  bold: font('DejaVuSans-Bold.ttf'),
} as const;

function font(file: string): Buffer {
  return readFileSync(packaged.resolve(`dejavu-fonts-ttf/ttf/${file}`));
}
