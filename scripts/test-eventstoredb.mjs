/**
 * `EVENTSTORE_URL=esdb://… npm run test:eventstoredb`: the contract suite and a load against a real server. The load
 * takes `EVENTSTORE_LOAD_SECONDS`, 5 unless given; kill and restart the server meanwhile as you like.
 */
import { run } from './child.mjs';
import { inRoot, node } from './paths.mjs';

const url = process.env.EVENTSTORE_URL ?? '';
if (url === '') {
  process.stderr.write('Skipped: EVENTSTORE_URL is not set, so there is no real EventStoreDB to test against.\n');
  process.stderr.write('Its stand-in, the bridge, is tested by npm test. Example: EVENTSTORE_URL="esdb://127.0.0.1:2113?tls=false"\n');
} else {
  const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  const runtime = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const options = ['--testPathPatterns', 'real-server\\.e2e\\.spec\\.js$', '--maxWorkers=1', '--forceExit'];
  process.exitCode = await run(node, [...runtime, jest, ...options], { cwd: inRoot() });
}
