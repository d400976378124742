/** Jest over what was built, and how many tests passed and failed. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { cache, inRoot, node } from './paths.mjs';

/** `name` tells the reports of one run apart. */
export async function jest(name, options, environment = {}) {
  const report = join(cache, `jest-${name}.json`);
  mkdirSync(cache, { recursive: true });
  rmSync(report, { force: true });
  const runtime = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  // A handle that a failed test left open must not hold the whole run for ever.
  const where = ['--json', '--forceExit', `--outputFile=${report}`, '--passWithNoTests'];
  const program = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  // `--json` alone would put the report on stdout; what people read goes to stderr.
  const code = await run(node, [...runtime, program, ...where, ...options], { cwd: inRoot(), stdio: ['ignore', 2, 2], env: { ...process.env, ...environment } });
  return countsOf(report, code);
}

export const add = (total, { passed, failed }) => {
  total.passed += passed;
  total.failed += failed;
};

/** The closing line; the exit code. */
export function conclude({ passed, failed }) {
  const ranNothing = passed + failed === 0;
  process.stdout.write(`\n${ranNothing ? 'No test ran.\n' : ''}${passed} passed, ${failed} failed\n`);
  return ranNothing || failed > 0 ? 1 : 0;
}

/** A file that could not even be loaded fails no test of its own, and a crash writes no report: both count as one. */
function countsOf(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}
