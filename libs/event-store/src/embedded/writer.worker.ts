/** The writer's thread: one reply for every commit, one commit for everything that waited for the one before. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { WriterOptions } from './schema.js';
import { Writer } from './writer.js';
import type { WriteBatch, WriteOutcome } from './write-batch.js';

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

type Message = WriteBatch | 'close';
let closing = false;

port.on('message', (message: Message) => {
  if (message === 'close') closing = true;
  else reply(writer.commit(message, next));
  if (!closing) return;
  writer.close();
  port.close();
});
reply([]);

/** What came while the requests before it were written goes into the same commit. */
function next(): WriteBatch | undefined {
  const message: Message | undefined = closing ? undefined : receiveMessageOnPort(port)?.message;
  if (message !== 'close') return message;
  closing = true;
  return undefined;
}

function reply(outcomes: readonly WriteOutcome[]): void {
  port.postMessage({ outcomes, head: writer.head } satisfies WriterReply);
}
