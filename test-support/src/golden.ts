import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { built } from './temporary.js';

/**
 * Whole screens, written down. `PORTAL_GOLDEN=write npm test -- road` writes them anew: read the difference before it is
 * committed, because from then on it is what people see.
 */
export interface Golden {
  /** What was written down under this name; what is shown now, where it is being written. */
  readonly expected: (name: string, shown: string) => string;
}

const HEADING = /^=== (.*)$/m;

export function openGolden(file: string): Golden {
  const path = built(`test-support/src/${file}`);
  const parts = existsSync(path) ? readFileSync(path, 'utf8').split(HEADING).slice(1) : [];
  const screens = new Map<string, string>();
  for (let part = 0; part < parts.length; part += 2) screens.set(parts[part] as string, (parts[part + 1] as string).slice(1, -1));
  const isWriting = process.env['PORTAL_GOLDEN'] === 'write';
  return {
    expected: (name, shown) => {
      if (!isWriting) return screens.get(name) ?? `nothing is written down as "${name}"`;
      screens.set(name, shown);
      const text = [...screens].map(([title, screen]) => `=== ${title}\n${screen}\n`).join('');
      writeFileSync(path, text);
      return shown;
    },
  };
}

/** The same on every run: times, and what is random by design. */
export function steady(screen: string): string {
  const lines = screen
    .replaceAll(/\b\d{2}:\d{2}:\d{2} (GMT|BST)\b/g, 'HH:MM:SS GMT')
    .replaceAll(/\b(?<!Feb )\d{2}:\d{2}\b/g, 'HH:MM')
    .replaceAll(/\b\d{1,2} [A-Z][a-z]{2} 20(?!17)\d\d\b/g, 'DD Mon YYYY')
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (id) => 'u'.repeat(id.length))
    .replaceAll(/(Receipt +)[0-9A-Z]{4}-[0-9A-Z]{4}/g, '$1RRRR-RRRR')
    .replaceAll(/(Recorded +)\d.*(?= at)/g, '$1DD Month YYYY')
    .replaceAll(/(Log head +)\S.*/g, '$1…')
    .replaceAll(/\b[0-9a-f]{64}\b/g, (hash) => 'h'.repeat(hash.length))
    .replaceAll(/\b0{6}\d{14}\b/g, (position) => 'p'.repeat(position.length))
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT');
  return lines.split('\n').map((line) => line.trimEnd()).join('\n').trimEnd();
}
