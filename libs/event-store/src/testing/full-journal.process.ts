/**
 * `node full-journal.process.js FILE`: appends heads under a limit on the size of files, so that one has room for its
 * first half only; then the limit is lifted. Prints one line of JSON.
 */
import { spawnSync } from 'node:child_process';
import { statSync, writeSync } from 'node:fs';
import { appendLine, readLines } from '../notary/journal.js';

const file = process.argv[2]!;
const head = (count: number) => ({ position: String(count).padStart(20, '0'), count, hash: 'a'.repeat(64), signature: 'b'.repeat(88) });
const limit = (bytes: number | 'unlimited'): void =>
  void spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`]);

appendLine(file, head(1));
const { size } = statSync(file);
limit(Math.trunc(size * 1.5));
const fitted = appendLine(file, head(2));
const left = statSync(file).size - size;
limit('unlimited');
appendLine(file, head(3));
writeSync(1, `${JSON.stringify({ fitted, left, counts: readLines(file).map(({ count }) => count) })}\n`);
