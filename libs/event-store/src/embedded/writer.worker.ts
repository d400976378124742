/** The writer's thread: one reply for every commit, one commit for everything that waited for the one before. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { WriterOptions } from './schema.js';
import { Writer, type WriteOutcome, type WriteRequest } from './writer.js';

export interface WriterSettings extends WriterOptions {
  readonly file: string;
}

/** Sent once when the file is open, then after every commit; `outcomes` in the order of the requests. */
export interface WriterReply {
  readonly outcomes: readonly WriteOutcome[];
  readonly head: number;
}

if (!parentPort) throw new Error('writer.worker runs as a worker thread only');
const port = parentPort;
const { file, ...options } = workerData as WriterSettings;
const writer = new Writer(file, options);

port.on('message', (message: readonly WriteRequest[] | 'close') => {
  const requests: WriteRequest[] = [];
  let closing = false;
  for (let next: unknown = message; next !== undefined; next = receiveMessageOnPort(port)?.message) {
    if (next === 'close') closing = true;
    else requests.push(...(next as readonly WriteRequest[]));
  }
  if (requests.length > 0) reply(writer.commit(requests));
  if (closing) {
    writer.close();
    port.close();
  }
});
reply([]);

function reply(outcomes: readonly WriteOutcome[]): void {
  port.postMessage({ outcomes, head: writer.head } satisfies WriterReply);
}
