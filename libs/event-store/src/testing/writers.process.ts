/** `node writers.process.js FILE BEHAVIOUR`: writes until it is killed. */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openEmbeddedStore } from '../embedded/index.js';
import type { Expected, NewEvent } from '../port.js';
import type { WriterBehaviour } from './kill-round.js';

const [file, behaviour] = process.argv.slice(2) as [string, WriterBehaviour];
const store = await openEmbeddedStore({ file });
await Promise.all(Array.from({ length: 50 }, () => write(`writer-${randomUUID()}`)));

async function write(stream: string): Promise<void> {
  for (let expected: Expected = 'no-stream'; ;) {
    const pair = [event(), event()];
    const line = `${stream} ${pair[0]!.id} ${pair[1]!.id}\n`;
    const appending = store.append(stream, pair, expected);
    if (behaviour === 'acknowledges-before-commit') say(line);
    const outcome = await appending;
    if (outcome.kind !== 'appended') throw new Error(`answered ${outcome.kind}`);
    if (behaviour === 'honest') say(line);
    expected = outcome.revision;
  }
}

function event(): NewEvent {
  return { id: randomUUID(), type: 'Written', data: { text: 'x'.repeat(200) }, metadata: {} };
}

/** Said before anything else happens; a full pipe is waited for. */
function say(line: string): void {
  for (let said = false; !said;) {
    try {
      writeSync(1, line);
      said = true;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
