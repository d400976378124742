/**
 * The load of `mark-entry` in a process of its own: autocannon, each connection asking again as soon as it is answered.
 * Takes a `ClosedLoop` on standard input, writes a `Load` to standard output.
 */
import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';
import type { ClosedLoop, Load } from './load.js';
import { nextMark } from './marks.js';

const { port, connections, seconds, marks } = JSON.parse(await text(process.stdin)) as ClosedLoop;
const next = nextMark(marks);
const result = await autocannon({
  url: `http://127.0.0.1:${port}`,
  connections,
  duration: seconds,
  requests: [{ method: 'PUT', setupRequest: (request) => ({ ...request, ...next() }) }],
});
const { requests, duration, non2xx, errors, timeouts } = result;
const load: Load = { requests: requests.total, requestsPerSecond: requests.total / duration, errors: non2xx + errors + timeouts };
process.stdout.write(JSON.stringify(load));
