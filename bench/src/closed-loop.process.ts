/**
 * The load of `mark-entry` in a process of its own: autocannon, each connection asking again as soon as it is answered.
 * Takes a `ClosedLoop` on standard input, writes a `Load` to standard output.
 */
import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';
import type { ClosedLoop, Load } from './load.js';
import { nextMark, type MarkRequest } from './marks.js';

const MOST_PER_SECOND = 5_000;

const { port, connections, seconds, marks } = JSON.parse(await text(process.stdin)) as ClosedLoop;
const next = marks.bound === undefined ? nextMark(marks) : madeAhead(nextMark(marks), seconds * MOST_PER_SECOND);
const result = await autocannon({
  url: `http://127.0.0.1:${port}`,
  connections,
  duration: seconds,
  requests: [{ method: 'PUT', setupRequest: (request) => ({ ...request, ...next() }) }],
});
const { requests, duration, non2xx, errors, timeouts } = result;
const load: Load = { requests: requests.total, requestsPerSecond: requests.total / duration, errors: non2xx + errors + timeouts };
process.stdout.write(JSON.stringify(load));

/** To sign is the client's work, and a client signs for itself alone: here it is done before the clock runs. */
function madeAhead(make: () => MarkRequest, count: number): () => MarkRequest {
  const made = Array.from({ length: count }, make);
  return () => made.pop() ?? make();
}
