/**
 * `npm test`: every check and every test, and one closing line that counts both. Words after `--` are passed to jest,
 * and then only jest runs: `npm test -- mark-sheet`.
 */
import { existsSync } from 'node:fs';
import { runChecks } from './check.mjs';
import { StepFailed } from './child.mjs';
import { ensureChromium, ensureRedis } from './debian.mjs';
import { add, conclude, jest } from './jest.mjs';
import { inRoot } from './paths.mjs';
import { ensurePty } from './pty.mjs';
import { loadTestDemo, testDemo } from './test-demo.mjs';

/** For two cores: often enough a test waits for a process that starts, or for a moment that must pass. */
const common = ['--maxWorkers=3', `--testSequencer=${inRoot('scripts', 'longest-first.mjs')}`];
const groups = {
  fast: [...common, '--testPathIgnorePatterns', '/node_modules/', '\\.e2e\\.spec\\.js$'],
  whole: [...common, '--testPathPatterns', '/(services|clients|test-support)/.*\\.e2e\\.spec\\.js$'],
};

const words = process.argv.slice(2);
process.exitCode = await main();

async function main() {
  const total = { passed: 0, failed: 0 };
  if (words.length === 0) add(total, await runChecks());
  const needs = [ensurePty, ensureChromium, ensureRedis, ...(words.length === 0 ? [loadTestDemo] : [])];
  for (const bring of needs) total.failed += await missing(bring);
  const environment = { PORTAL_TEST_BUNDLE: '1', ...(words.length === 0 && existsSync(testDemo) && { PORTAL_TEST_DEMO: testDemo }) };
  // Patterns of a group and of a word would be added to each other: a word is looked for everywhere, once.
  const wanted = words.length === 0 ? groups : { chosen: common };
  for (const [name, options] of Object.entries(wanted)) add(total, await jest(name, [...options, ...words], environment));
  return conclude(total);
}

/** What could not be brought counts as one that failed. */
async function missing(bring) {
  try {
    await bring();
    return 0;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
