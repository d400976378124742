import { log } from '../logging.js';
import { placeOf } from '../place-of.js';
import { backOffMs, FINISH_WITHIN_MS, type JobHandler, type JobQueue } from './job-queue.js';

/** The queue of a service that is one process: in memory, so that it is as empty after a crash as Redis may be. */
export class InProcessQueue implements JobQueue {
  readonly #waiting: string[] = [];
  readonly #resting = new Map<string, NodeJS.Timeout>();
  readonly #running = new Map<string, { percent: number; readonly ended: Promise<void> }>();
  readonly #attempts = new Map<string, number>();
  readonly #listeners = new Set<(id: string) => void>();
  #handler: JobHandler | undefined;
  #concurrency = 0;
  #closed = false;

  async add(id: string): Promise<void> {
    if (this.#closed || this.#resting.has(id) || this.#running.has(id) || this.#waiting.includes(id)) return;
    this.#waiting.push(id);
    this.#take();
  }

  work(handler: JobHandler, concurrency: number): void {
    this.#handler = handler;
    this.#concurrency = concurrency;
    this.#take();
  }

  async progress(id: string): Promise<number | undefined> {
    return this.#running.get(id)?.percent;
  }

  onProgress(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.length = 0;
    for (const timer of this.#resting.values()) clearTimeout(timer);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, FINISH_WITHIN_MS);
    await Promise.race([late, Promise.all([...this.#running.values()].map(({ ended }) => ended))]);
    clearTimeout(timer);
  }

  #take(): void {
    while (!this.#closed && this.#handler !== undefined && this.#running.size < this.#concurrency) {
      const id = this.#waiting.shift();
      if (id === undefined) return;
      const running = { percent: 0, ended: Promise.resolve() };
      this.#running.set(id, running);
      running.ended = this.#do(id, this.#handler, (percent) => {
        running.percent = percent;
        this.#tell(id);
      });
    }
  }

  async #do(id: string, handler: JobHandler, progress: (percent: number) => void): Promise<void> {
    const outcome = await handler(id, progress).catch((error: unknown) => {
      log.error({ job: id, error: placeOf(error) }, 'a job was interrupted');
      return 'again' as const;
    });
    this.#running.delete(id);
    if (outcome === 'again') this.#rest(id);
    else this.#attempts.delete(id);
    this.#tell(id);
    this.#take();
  }

  #tell(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }

  #rest(id: string): void {
    if (this.#closed) return;
    const attempt = (this.#attempts.get(id) ?? 0) + 1;
    this.#attempts.set(id, attempt);
    const again = (): void => {
      this.#resting.delete(id);
      void this.add(id);
    };
    this.#resting.set(id, setTimeout(again, backOffMs(attempt)).unref());
  }
}
