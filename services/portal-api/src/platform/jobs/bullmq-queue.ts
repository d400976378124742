import { Queue, QueueEvents, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { log } from '../logging.js';
import { connectRedis, openRedis } from '../redis.js';
import { backOffMs, FINISH_WITHIN_MS, type JobHandler, type JobQueue } from './job-queue.js';

/**
 * The queue of several processes, on Redis: BullMQ as it is, without the framework's module around it, which would bring
 * decorators and a second way to configure, and nothing that the port needs.
 */
export async function openBullQueue(url: string): Promise<JobQueue> {
  // Whoever adds is told at once that Redis is away: the log has it, and it is queued when Redis is back.
  const connection = await openRedis(url, { name: 'jobs', enableOfflineQueue: false, autoResendUnfulfilledCommands: false, ...PATIENCE });
  const queue = new Queue(NAME, { connection, prefix: PREFIX, defaultJobOptions: JOB });
  queue.on('error', tell('jobs'));
  return new BullQueue(url, queue, connection);
}

class BullQueue implements JobQueue {
  #worker: Worker | undefined;
  #events: QueueEvents | undefined;
  readonly #listeners = new Set<(id: string) => void>();
  readonly #connections: Redis[];

  constructor(
    private readonly url: string,
    private readonly queue: Queue,
    private readonly connection: Redis,
  ) {
    this.#connections = [connection];
  }

  /** Only the id: what it is about stands in the log. */
  async add(id: string): Promise<void> {
    try {
      await this.queue.add('render-document', {}, { jobId: id });
    } catch (error) {
      // After a Redis that was killed and is back, one connection in seven took commands and sent none: only a new one heals.
      if ((error as Error).message === 'Command timed out') this.connection.disconnect(true);
      throw error;
    }
  }

  work(handler: JobHandler, concurrency: number): void {
    const connection = this.#connect('worker');
    this.#worker = new Worker(
      NAME,
      async (job) => {
        const progress = (percent: number): void => void job.updateProgress(percent).catch(tell('progress'));
        if ((await handler(job.id ?? '', progress)) === 'again') throw new Error('again');
      },
      {
        connection,
        prefix: PREFIX,
        concurrency,
        // A worker that is killed loses its job to another within fifteen seconds.
        lockDuration: 10_000,
        stalledInterval: 5_000,
        maxStalledCount: 3,
        settings: { backoffStrategy: backOffMs },
      },
    );
    this.#worker.on('error', tell('worker'));
  }

  /** Redis that is away has nothing to say of it, and says so once where it is connected to. */
  async progress(id: string): Promise<number | undefined> {
    try {
      const job = await this.queue.getJob(id);
      if (job === undefined || (await job.getState()) !== 'active') return undefined;
      return typeof job.progress === 'number' ? job.progress : 0;
    } catch {
      return undefined;
    }
  }

  onProgress(listener: (id: string) => void): () => void {
    this.#events ??= this.#listen();
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A connection that came back in the middle may never say that it has closed: nobody waits for it longer than this. */
  async close(): Promise<void> {
    // What is not finished is another's, when its lock has run out.
    if (!(await isDoneWithin(FINISH_WITHIN_MS, this.#worker?.close()))) await isDoneWithin(LEAVE_WITHIN_MS, this.#worker?.disconnect());
    await isDoneWithin(LEAVE_WITHIN_MS, Promise.all([this.#events?.close(), this.queue.close()]));
    for (const connection of this.#connections) connection.disconnect();
  }

  #listen(): QueueEvents {
    const events = new QueueEvents(NAME, { connection: this.#connect('job-events'), prefix: PREFIX });
    const ring = ({ jobId }: { readonly jobId: string }): void => this.#listeners.forEach((listener) => listener(jobId));
    events.on('active', ring).on('progress', ring).on('completed', ring).on('failed', ring).on('delayed', ring);
    events.on('error', tell('job-events'));
    return events;
  }

  #connect(name: string): Redis {
    const connection = connectRedis(this.url, { name, maxRetriesPerRequest: null });
    this.#connections.push(connection);
    return connection;
  }
}

async function isDoneWithin(ms: number, work: Promise<unknown> | undefined): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  const isDone = await Promise.race([Promise.resolve(work).then(() => true), late.promise]);
  clearTimeout(timer);
  return isDone;
}

const LEAVE_WITHIN_MS = 1_000;
/** A Redis that says nothing for so long is asked on a new connection; not where one waits for what is to be done. */
const PATIENCE = { commandTimeout: 5_000, socketTimeout: 10_000 };

const tell = (what: string) => (error: Error): void => log.warn({ redis: what, error: error.message }, 'jobs are held up');

/** One that is over leaves nothing behind: it would keep the same from being added again. */
const JOB = { attempts: 20, backoff: { type: 'jittered' }, removeOnComplete: true, removeOnFail: true } as const;
const NAME = 'documents';
/** In braces: a cluster keeps what belongs together on one node. */
const PREFIX = '{portal-jobs}';
