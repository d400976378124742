import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { narrowFiles } from './private-files.js';

describe('files of a data folder', () => {
  it('that others could read are narrowed; what is not ours is left alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'portal-private-'));
    const names = ['events.db', 'events.db-wal', 'mail-outbox.jsonl', 'notary.key', 'a-letter.txt'];
    for (const name of names) writeFileSync(join(folder, name), '', { mode: 0o644 });
    narrowFiles(folder);
    expect(names.map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8))).toEqual(['600', '600', '600', '600', '644']);
    rmSync(folder, { recursive: true });
  });
});
