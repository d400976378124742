/** The main thread's side of the writer: gathers what one tick asks for, and rings when something new is on disk. */
import { Worker } from 'node:worker_threads';
import type { WriteOutcome, WriteRequest } from './writer.js';
import type { WriterReply, WriterSettings } from './writer.worker.js';

export interface WriterThread {
  write(request: WriteRequest): Promise<WriteOutcome>;
  close(): Promise<void>;
}

export interface WriterEvents {
  readonly onHead: (head: number) => void;
  /** The thread has died; what was pending has been answered `unknown`. */
  readonly onLost: (error: Error) => void;
}

const ENOUGH_TO_BEGIN = 16;

export function startWriter(settings: WriterSettings, events: WriterEvents): Promise<WriterThread> {
  const worker = new Worker(new URL('./writer.worker.js', import.meta.url), { workerData: settings });
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(error);
    worker.once('error', failed);
    worker.once('message', (reply: WriterReply) => {
      worker.off('error', failed);
      events.onHead(reply.head);
      resolve(createThread(worker, events));
    });
  });
}

function createThread(worker: Worker, events: WriterEvents): WriterThread {
  const pending: ((outcome: WriteOutcome) => void)[] = [];
  let answered = 0;
  let gathered: WriteRequest[] = [];
  let lost: Error | undefined;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

  const flush = (): void => {
    if (gathered.length === 0) return;
    worker.postMessage(gathered);
    gathered = [];
  };
  const settle = (reply: WriterReply): void => {
    events.onHead(reply.head);
    for (const outcome of reply.outcomes) pending[answered++]?.(outcome);
    if (answered === pending.length || answered > 10_000) pending.splice(0, answered), (answered = 0);
  };
  const lose = (error: Error): void => {
    if (lost) return;
    lost = error;
    for (const answer of pending.splice(0).slice(answered)) answer({ kind: 'unknown', cause: error.message });
    answered = 0;
    events.onLost(error);
  };
  worker.on('message', settle);
  worker.on('error', lose);
  void exited.then(() => lose(new Error('the writer of the event store has stopped')));

  return {
    write: (request) =>
      new Promise((resolve) => {
        if (lost) return resolve({ kind: 'unknown', cause: lost.message });
        pending.push(resolve);
        const count = gathered.push(request);
        if (count === 1) setImmediate(flush);
        // The writer can begin on these while the tick goes on; they still share a commit.
        if (count === ENOUGH_TO_BEGIN) flush();
      }),
    close: async () => {
      flush();
      worker.postMessage('close');
      await exited;
    },
  };
}
