import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../testing/temporary-folder.js';

const canLimit = spawnSync('prlimit', ['--version']).status === 0;

(canLimit ? describe : describe.skip)('a disk that refuses to write', () => {
  it('never says "not saved": unknown until it is settled, then the same append is taken once', () => {
    const script = fileURLToPath(new URL('../testing/failing-disk.process.js', import.meta.url));
    const { stdout, stderr } = spawnSync(process.execPath, [script, join(temporaryFolder(), 'events.db')], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const said = JSON.parse(stdout) as {
      failed: { kind: string; cause: string };
      expected: number;
      readMeanwhile: number;
      repeated: object;
      ids: string[];
      last: string;
    };
    expect(said.failed).toMatchObject({ kind: 'unknown', cause: expect.stringMatching(/./) });
    expect(said.readMeanwhile).toBe(said.expected + 1);
    expect(said.repeated).toMatchObject({ kind: 'appended', revision: said.expected + 1 });
    expect(said.ids).toHaveLength(said.expected + 2);
    expect(said.ids.at(-1)).toBe(said.last);
  });
});
