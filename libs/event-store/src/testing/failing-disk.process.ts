/**
 * `node failing-disk.process.js FILE`: appends under a limit on the size of files, which the kernel answers as
 * a failed write, until it hurts; then the limit is lifted. Prints one line of JSON.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openEmbeddedStore } from '../embedded/index.js';
import type { AppendOutcome, Expected, NewEvent } from '../port.js';

const store = await openEmbeddedStore({ file: process.argv[2]! });
const event = (): NewEvent => ({
  id: randomUUID(),
  type: 'Written',
  data: { text: 'x'.repeat(20_000) },
  metadata: {},
});
const limit = (bytes: string): void =>
  void spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}`]);

let expected: Expected = 'no-stream';
let failed: AppendOutcome | undefined;
let last = event();
limit('1000000:unlimited');
while (!failed) {
  const outcome: AppendOutcome = await store.append('s-1', [last], expected);
  if (outcome.kind !== 'appended') failed = outcome;
  else [expected, last] = [outcome.revision, event()];
}
const read = await store.readStream('s-1');
limit('unlimited:unlimited');
const repeated = await store.append('s-1', [last], expected);
const after = await store.readStream('s-1');
writeSync(
  1,
  `${JSON.stringify({
    failed,
    expected,
    repeated,
    readMeanwhile: read.kind === 'found' ? read.events.length : 0,
    ids: after.kind === 'found' ? after.events.map((e) => e.id) : [],
    last: last.id,
  })}\n`,
);
await store.close();
