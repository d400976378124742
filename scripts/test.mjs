/**
 * `npm test`: every check and every test, and one closing line that counts both. Words after `--` are passed to jest,
 * and then only jest runs: `npm test -- mark-sheet`.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChecks } from './check.mjs';
import { run, StepFailed } from './child.mjs';
import { ensureChromium, ensureRedis } from './debian.mjs';
import { cache, inRoot, node } from './paths.mjs';
import { ensurePty } from './pty.mjs';
import { loadTestDemo, testDemo } from './test-demo.mjs';

/** The robot's terminals, and services that are killed, disturb each other's timing: one after another. */
const groups = {
  fast: ['--testPathIgnorePatterns', '/node_modules/', '\\.e2e\\.spec\\.js$', '--maxWorkers=2'],
  services: ['--testPathPatterns', '/(services|clients)/.*\\.e2e\\.spec\\.js$', '--maxWorkers=2', '--testTimeout=120000'],
  robots: ['--testPathPatterns', '/test-support/.*\\.e2e\\.spec\\.js$', '--maxWorkers=1', '--testTimeout=120000'],
};

const words = process.argv.slice(2);
process.exitCode = await main();

async function main() {
  const total = { passed: 0, failed: 0 };
  if (words.length === 0) add(total, await runChecks());
  const needs = [ensurePty, ensureChromium, ensureRedis, ...(words.length === 0 ? [loadTestDemo] : [])];
  for (const bring of needs) total.failed += await missing(bring);
  for (const [name, options] of Object.entries(groups)) add(total, await jest(name, options));
  const ranNothing = total.passed + total.failed === 0;
  process.stdout.write(`\n${ranNothing ? 'No test ran.\n' : ''}${total.passed} passed, ${total.failed} failed\n`);
  return ranNothing || total.failed > 0 ? 1 : 0;
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

function add(total, { passed, failed }) {
  total.passed += passed;
  total.failed += failed;
}

async function jest(name, options) {
  const report = join(cache, `jest-${name}.json`);
  mkdirSync(cache, { recursive: true });
  rmSync(report, { force: true });
  const runtime = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  // A handle that a failed test left open must not hold the whole run for ever.
  const where = ['--json', '--forceExit', `--outputFile=${report}`, '--passWithNoTests', ...options];
  const program = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  // `--json` alone would put the report on stdout; what people read goes to stderr.
  const env = { ...process.env, PORTAL_TEST_BUNDLE: '1', ...(words.length === 0 && existsSync(testDemo) && { PORTAL_TEST_DEMO: testDemo }) };
  const code = await run(node, [...runtime, program, ...where, ...words], { cwd: inRoot(), stdio: ['ignore', 2, 2], env });
  return countsOf(report, code);
}

/** A file that could not even be loaded fails no test of its own, and a crash writes no report: both count as one. */
function countsOf(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}
