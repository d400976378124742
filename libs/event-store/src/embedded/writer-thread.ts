/** The main thread's side of the writer: gathers what one tick asks for, and rings when something new is on disk. */
import { Worker } from 'node:worker_threads';
import { FIELDS, type EncodedEvents } from '../encode.js';
import { DELETE, join, type WriteBatch, type WriteOutcome } from './write-batch.js';
import type { WriterReply, WriterSettings } from './writer.worker.js';

export interface WriterThread {
  /** `expected`: a revision or `NO_STREAM`. */
  append(stream: string, fields: EncodedEvents, expected: number): Promise<WriteOutcome>;
  delete(stream: string): Promise<WriteOutcome>;
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

class Batch {
  readonly streams: string[] = [];
  readonly expected: number[] = [];
  readonly eventCounts: number[] = [];
  readonly fields: string[] = [];

  add(stream: string, fields: EncodedEvents, expected: number): void {
    this.streams.push(stream);
    this.expected.push(expected);
    this.eventCounts.push(fields.length / FIELDS);
    for (const field of fields) this.fields.push(field);
  }

  message(): WriteBatch {
    const { expected, eventCounts } = this;
    return { streams: join(this.streams), expected, eventCounts, fields: join(this.fields) };
  }
}

function createThread(worker: Worker, events: WriterEvents): WriterThread {
  const answers = new Answers();
  let gathered = new Batch();
  let lost: Error | undefined;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));

  const flush = (): void => {
    if (gathered.streams.length === 0) return;
    worker.postMessage(gathered.message());
    gathered = new Batch();
  };
  const write = (stream: string, fields: EncodedEvents, expected: number): Promise<WriteOutcome> =>
    new Promise((resolve) => {
      if (lost) return resolve({ kind: 'unknown', cause: lost.message });
      answers.wait(resolve);
      gathered.add(stream, fields, expected);
      if (gathered.streams.length === 1) setImmediate(flush);
      // The writer can begin on these while the tick goes on; most of the rest still finds the same commit.
      if (gathered.streams.length === ENOUGH_TO_BEGIN) flush();
    });
  const lose = (error: Error): void => {
    if (lost) return;
    lost = error;
    answers.giveAll({ kind: 'unknown', cause: error.message });
    events.onLost(error);
  };
  worker.on('message', (reply: WriterReply) => {
    events.onHead(reply.head);
    for (const outcome of reply.outcomes) answers.give(outcome);
  });
  worker.on('error', lose);
  void exited.then(() => lose(new Error('the writer of the event store has stopped')));

  return {
    append: write,
    delete: (stream) => write(stream, [], DELETE),
    close: async () => {
      flush();
      worker.postMessage('close');
      await exited;
    },
  };
}

/** Who waits for an answer, in the order of asking: the order in which the answers come. */
class Answers {
  #waiting: ((outcome: WriteOutcome) => void)[] = [];
  #given = 0;

  wait(answer: (outcome: WriteOutcome) => void): void {
    this.#waiting.push(answer);
  }

  give(outcome: WriteOutcome): void {
    this.#waiting[this.#given++]?.(outcome);
    if (this.#given < this.#waiting.length && this.#given < 1_000) return;
    this.#waiting.splice(0, this.#given);
    this.#given = 0;
  }

  giveAll(outcome: WriteOutcome): void {
    while (this.#waiting.length > 0) this.give(outcome);
  }
}
