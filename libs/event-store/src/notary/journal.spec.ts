import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, truncateSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { appendLine, cutTornTail, readLines } from './journal.js';

const head = (count: number) => ({ position: String(count).padStart(20, '0'), count, hash: 'a'.repeat(64), signature: 'b'.repeat(88) });
const counts = (file: string): readonly number[] => readLines(file).map(({ count }) => count);

/** Three heads. */
function journal(): string {
  const file = join(temporaryFolder(), 'notary.jsonl');
  for (const count of [1, 2, 3]) appendLine(file, head(count));
  return file;
}

describe('the journal of heads', () => {
  it.each([1, 20, 150])('is read without its last line, and goes on behind the one before, where %d bytes of it are gone', (bytes) => {
    const file = journal();
    const whole = readFileSync(file, 'utf8').split('\n').slice(0, 2).join('\n') + '\n';
    truncateSync(file, statSync(file).size - bytes);
    expect(counts(file)).toEqual([1, 2]);
    cutTornTail(file);
    expect(readFileSync(file, 'utf8')).toBe(whole);
    appendLine(file, head(4));
    expect(counts(file)).toEqual([1, 2, 4]);
  });

  it('is nothing where not one line was finished, and is left alone where all were, or where there is none', () => {
    const file = journal();
    cutTornTail(file);
    expect(counts(file)).toEqual([1, 2, 3]);
    truncateSync(file, 30);
    cutTornTail(file);
    expect(statSync(file).size).toBe(0);
    expect(() => cutTornTail(`${file}.none`)).not.toThrow();
  });

  it('is not read over a line that is none in its middle: that is no crash', () => {
    const file = journal();
    writeFileSync(file, readFileSync(file, 'utf8').replace('"count":2', '"count":'));
    expect(() => readLines(file)).toThrow(/notary.jsonl, line 2: not a checkpoint$/);
  });

  const canLimit = spawnSync('prlimit', ['--version']).status === 0;
  (canLimit ? it : it.skip)('keeps nothing of a line for which there was not room enough, and says so', () => {
    const script = fileURLToPath(new URL('../testing/full-journal.process.js', import.meta.url));
    const { stdout, stderr } = spawnSync(process.execPath, [script, join(temporaryFolder(), 'notary.jsonl')], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ fitted: false, left: 0, counts: [1, 3] });
  });
});
