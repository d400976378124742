/**
 * `npm run test:topology [-- ROUNDS]`: a shared installation as plain processes, with each of them killed and started
 * again under load, ROUNDS (5) times. With EVENTSTORE_URL on that server, which holds nothing yet and which nobody kills.
 */
import { StepFailed } from './child.mjs';
import { ensureRedis } from './debian.mjs';
import { conclude, jest } from './jest.mjs';

const [rounds = '5', ...more] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(rounds) || more.length > 0) {
  process.stderr.write('usage: npm run test:topology [-- ROUNDS]\n');
  process.exit(2);
}
if ((process.env.EVENTSTORE_URL ?? '') === '') process.stderr.write('EVENTSTORE_URL is not set: the bridge stands in for EventStoreDB.\n');
try {
  await ensureRedis();
  const options = ['--testPathPatterns', 'topology\\.e2e\\.spec\\.js$', '--maxWorkers=1'];
  process.exitCode = conclude(await jest('topology', options, { PORTAL_TOPOLOGY_ROUNDS: rounds }));
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
