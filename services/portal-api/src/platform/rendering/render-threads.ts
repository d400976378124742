import { Worker } from 'node:worker_threads';
import type { DocumentModel, Rendered } from '@portal/documents';
import { log } from '../logging.js';

/** Why a document could not be made, in a word that may stand in the log: the error itself can hold names. */
export class RenderError extends Error {
  constructor(readonly reason: 'render-failed' | 'took-too-long' | 'out-of-memory') {
    super(reason);
  }
}

/** Nobody's fault: the service stops, and somebody else makes it. */
export class RenderingStopped extends Error {}

/**
 * Threads that render, made when they are first needed. One that takes too long, or too much memory, is ended, and the
 * next document gets a new one.
 */
export class RenderThreads {
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  #isClosed = false;

  /** Whoever asks sees to it that no more are at work than there shall be threads. */
  async render(model: DocumentModel, timeoutMs = RENDER_WITHIN_MS): Promise<Rendered> {
    if (this.#isClosed) throw new RenderingStopped();
    const worker = this.#idle.pop() ?? this.#start();
    try {
      const rendered = await rendering(worker, model, timeoutMs);
      this.#idle.push(worker);
      return rendered;
    } catch (error) {
      this.#all.delete(worker);
      await worker.terminate();
      throw this.#isClosed ? new RenderingStopped() : error;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #start(): Worker {
    const worker = new Worker(new URL('./render.worker.js', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB } });
    this.#all.add(worker);
    worker.unref();
    // One that ends while it does nothing is not given out again.
    const gone = (): void => {
      this.#all.delete(worker);
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
    };
    worker.on('error', gone).on('exit', gone);
    return worker;
  }
}

async function rendering(worker: Worker, model: DocumentModel, timeoutMs: number): Promise<Rendered> {
  const { promise, resolve, reject } = Promise.withResolvers<Rendered>();
  const timer = setTimeout(() => reject(new RenderError('took-too-long')), timeoutMs);
  const answered = (answer: { readonly rendered: Rendered } | { readonly error: string }): void => {
    if ('rendered' in answer) return resolve(answer.rendered);
    log.error({ kind: model.kind, error: answer.error }, 'a document could not be rendered');
    reject(new RenderError('render-failed'));
  };
  const failed = (error: NodeJS.ErrnoException): void => {
    reject(new RenderError(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'render-failed'));
  };
  const ended = (): void => reject(new RenderError('render-failed'));
  worker.on('message', answered).on('error', failed).on('exit', ended);
  try {
    worker.postMessage(model);
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.off('message', answered).off('error', failed).off('exit', ended);
  }
}

const RENDER_WITHIN_MS = 60_000;
const MOST_MEMORY_MB = 512;
