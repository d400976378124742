/**
 * `npm run soak`: the tests that find what only many rounds find. ROUNDS is 100 unless given: `npm run soak -- 500`.
 * `npm run soak -- --sign-in [TRIES]`: whether refused sign-ins can be told apart by their time, 1,000 tries of each.
 */
import { run } from './child.mjs';
import { inRoot, node } from './paths.mjs';

const words = process.argv.slice(2);
const isSignIn = words[0] === '--sign-in';
const rounds = words[isSignIn ? 1 : 0] ?? (isSignIn ? '1000' : '100');
if (!/^[1-9]\d*$/.test(rounds) || words.length > (isSignIn ? 2 : 1)) {
  process.stderr.write('usage: npm run soak [-- [--sign-in] ROUNDS]\n');
  process.exit(2);
}
const campaign = isSignIn
  ? { pattern: 'sign-in/timing\\.e2e\\.spec\\.js$', rounds: 'PORTAL_SIGN_IN_TRIES' }
  : { pattern: 'kill[^/]*\\.spec\\.js$', rounds: 'PORTAL_KILL_ROUNDS' };
const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
const runtime = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const options = ['--testPathPatterns', campaign.pattern, '--maxWorkers=1', `--testTimeout=${Number(rounds) * 30_000}`];
process.exitCode = await run(node, [...runtime, jest, ...options], {
  cwd: inRoot(),
  env: { ...process.env, [campaign.rounds]: rounds },
});
