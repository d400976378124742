/** `npm run soak`: the tests that find what only many rounds find. ROUNDS is 100 unless given: `npm run soak -- 500`. */
import { run } from './child.mjs';
import { inRoot, node } from './paths.mjs';

const rounds = process.argv[2] ?? '100';
if (!/^[1-9]\d*$/.test(rounds)) {
  process.stderr.write('usage: npm run soak [-- ROUNDS]\n');
  process.exit(2);
}
const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
const runtime = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const options = ['--testPathPatterns', 'kill[^/]*\\.spec\\.js$', '--maxWorkers=1', `--testTimeout=${Number(rounds) * 30_000}`];
process.exitCode = await run(node, [...runtime, jest, ...options], {
  cwd: inRoot(),
  env: { ...process.env, PORTAL_KILL_ROUNDS: rounds },
});
