import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type { DocumentModel, Rendered } from '@portal/documents';
import { log } from '../logging.js';
import type { Answer } from './render.process.js';

/** Why a document could not be made, in a word that may stand in the log: the error itself can hold names. */
export class RenderError extends Error {
  constructor(readonly reason: 'render-failed' | 'took-too-long' | 'out-of-memory') {
    super(reason);
  }
}

/** Nobody's fault: the service stops, and somebody else makes it. */
export class RenderingStopped extends Error {}

export interface Limits {
  /** Of the machine. */
  readonly cores: number;
  /** Of one process that draws. */
  readonly memoryMb: number;
  /** One that nobody needs ends after this. */
  readonly keptMs: number;
  /**
   * The share of its time from which this process counts as busy. 200 marks a second take a quarter of it, documents alone
   * a thirtieth.
   */
  readonly busyFrom: number;
  readonly longestRestMs: number;
}

const USUAL: Limits = { cores: availableParallelism(), memoryMb: 512, keptMs: 60_000, busyFrom: 0.1, longestRestMs: 5_000 };

/**
 * Processes that render, made when they are first needed. One that takes too long, or too much memory, is ended, and the
 * next document gets a new one. At most as many work as there are cores less one: whoever enters marks has a core left.
 * Where this process is busy itself, a turn is followed by a rest as long.
 */
export class Renderers {
  /** With the timer that ends it: it holds some 200 MB. */
  readonly #idle = new Map<ChildProcess, NodeJS.Timeout>();
  readonly #all = new Set<ChildProcess>();
  readonly #waiting: (() => void)[] = [];
  readonly #limits: Limits;
  #free: number;
  #isClosed = false;

  constructor(limits: Partial<Limits> = {}) {
    this.#limits = { ...USUAL, ...limits };
    this.#free = Math.max(1, this.#limits.cores - 1);
  }

  /** Waits for its turn; `timeoutMs` counts from then. */
  async render(model: DocumentModel, timeoutMs = RENDER_WITHIN_MS): Promise<Rendered> {
    await this.#turn();
    const [began, before] = [performance.now(), performance.eventLoopUtilization()];
    try {
      return await this.#rendered(model, timeoutMs);
    } finally {
      const isBusy = performance.eventLoopUtilization(before).utilization >= this.#limits.busyFrom;
      setTimeout(() => this.#giveTurn(), isBusy ? Math.min(performance.now() - began, this.#limits.longestRestMs) : 0).unref();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const next of this.#waiting.splice(0)) next();
    await Promise.all([...this.#all].map(end));
  }

  async #turn(): Promise<void> {
    while (this.#free === 0 && !this.#isClosed) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#free -= 1;
  }

  #giveTurn(): void {
    this.#free += 1;
    this.#waiting.shift()?.();
  }

  async #rendered(model: DocumentModel, timeoutMs: number): Promise<Rendered> {
    if (this.#isClosed) throw new RenderingStopped();
    const renderer = this.#rested() ?? this.#start();
    try {
      const rendered = await rendering(renderer, model, timeoutMs);
      this.#rest(renderer);
      return rendered;
    } catch (error) {
      this.#all.delete(renderer);
      await end(renderer);
      throw this.#isClosed ? new RenderingStopped() : error;
    }
  }

  #rested(): ChildProcess | undefined {
    const [[renderer, timer] = []] = this.#idle;
    if (renderer === undefined) return undefined;
    clearTimeout(timer);
    this.#idle.delete(renderer);
    return renderer;
  }

  #rest(renderer: ChildProcess): void {
    const leave = (): void => {
      this.#idle.delete(renderer);
      renderer.kill('SIGKILL');
    };
    this.#idle.set(renderer, setTimeout(leave, this.#limits.keptMs).unref());
  }

  #start(): ChildProcess {
    // Without the engine's helpers, which would be busy on the core that is left to others.
    const execArgv = ['--single-threaded', `--max-old-space-size=${this.#limits.memoryMb}`];
    // It gets a model and gives bytes: keys, passwords and addresses are nothing to it. What it would write may hold names.
    const renderer = fork(new URL('./render.process.js', import.meta.url), {
      serialization: 'advanced', execArgv, env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#all.add(renderer);
    renderer.unref();
    renderer.channel?.unref();
    // One that ends while it does nothing is not given out again.
    const gone = (): void => {
      this.#all.delete(renderer);
      clearTimeout(this.#idle.get(renderer));
      this.#idle.delete(renderer);
    };
    renderer.on('error', gone).on('exit', gone);
    return renderer;
  }
}

async function rendering(renderer: ChildProcess, model: DocumentModel, timeoutMs: number): Promise<Rendered> {
  const { promise, resolve, reject } = Promise.withResolvers<Rendered>();
  const timer = setTimeout(() => reject(new RenderError('took-too-long')), timeoutMs);
  const answered = (message: unknown): void => {
    const answer = message as Answer;
    if ('rendered' in answer) return resolve(answer.rendered);
    log.error({ kind: model.kind, error: answer.error }, 'a document could not be rendered');
    reject(new RenderError('render-failed'));
  };
  const failed = (): void => reject(new RenderError('render-failed'));
  // This is how the engine ends a process that has no memory left.
  const ended = (code: number | null, signal: string | null): void => {
    log.error({ kind: model.kind, code, signal }, 'a process that draws has ended');
    reject(new RenderError(signal === 'SIGABRT' ? 'out-of-memory' : 'render-failed'));
  };
  renderer.on('message', answered).on('error', failed).on('exit', ended);
  try {
    // Where it cannot be sent, the process has ended, and that is told.
    renderer.send(model, () => undefined);
    return await promise;
  } finally {
    clearTimeout(timer);
    renderer.off('message', answered).off('error', failed).off('exit', ended);
  }
}

async function end(renderer: ChildProcess): Promise<void> {
  if (renderer.exitCode !== null || renderer.signalCode !== null) return;
  renderer.ref();
  const ended = once(renderer, 'exit');
  renderer.kill('SIGKILL');
  await ended;
}

const RENDER_WITHIN_MS = 60_000;
