/** What a call of the client delivers, gathered: one await an event would cost a third of a rebuild. */

import type { Read } from './recorded.js';
import { runningTime } from './running-time.js';

/** What the client gives for a read and for a subscription alike. */
export interface Call {
  on(event: 'data', listener: (item: Read) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

/** Nothing came, and nobody said that there was nothing. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError';
}

export interface BatchesOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called when nothing came for this long; what it resolves to with `false` ends the reading with a `SilenceError`. */
  readonly silenceMs: number;
  /** Told whenever something came. */
  readonly onHeard?: (() => void) | undefined;
  readonly mayBeSilent?: (() => Promise<boolean>) | undefined;
  /** Ends the call on the server. */
  readonly stop: () => Promise<void>;
}

/** Ends when the call ends or the signal aborts; throws what the call fails with. */
export async function* batches(call: Call, options: BatchesOptions): AsyncGenerator<readonly Read[]> {
  const inbox = new Inbox(call);
  const wake = (): void => inbox.wake();
  options.signal?.addEventListener('abort', wake);
  try {
    while (!options.signal?.aborted) {
      const items = inbox.take();
      if (items.length > 0) {
        options.onHeard?.();
        yield items;
      } else if (inbox.isAtEnd()) return;
      else if (await inbox.nothingFor(options.silenceMs)) {
        if (!(await options.mayBeSilent?.())) throw new SilenceError(`nothing was heard for ${options.silenceMs} ms`);
      }
    }
  } finally {
    options.signal?.removeEventListener('abort', wake);
    // A call that never came to be has nothing to end.
    await options.stop().catch(() => undefined);
  }
}

const MOST_WAITING = 2_000;
const LOOK_EVERY_MS = 100;

class Inbox {
  readonly #call: Call;
  #items: Read[] = [];
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;

  constructor(call: Call) {
    this.#call = call;
    call.on('data', (item: Read) => {
      this.#items.push(item);
      if (this.#items.length === MOST_WAITING) call.pause();
      this.wake();
    });
    call.on('end', () => this.#endWith({}));
    call.on('error', (error) => this.#endWith({ error }));
  }

  take(): readonly Read[] {
    const items = this.#items;
    if (items.length === 0) return items;
    this.#items = [];
    if (items.length >= MOST_WAITING) this.#call.resume();
    return items;
  }

  /** Throws what the call failed with. */
  isAtEnd(): boolean {
    if (this.#end && 'error' in this.#end) throw this.#end.error;
    return this.#end !== undefined;
  }

  wake(): void {
    this.#wake?.();
  }

  /** Resolves at once when something comes, true when nothing did. */
  nothingFor(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isSilent: boolean): void => {
        this.#wake = undefined;
        clearInterval(timer);
        // What else has arrived is taken with it.
        setImmediate(() => resolve(isSilent && this.#items.length === 0 && this.#end === undefined));
      };
      const untilMs = runningTime() + ms;
      const timer = setInterval(() => runningTime() >= untilMs && settle(true), Math.min(ms, LOOK_EVERY_MS));
      this.#wake = () => settle(false);
    });
  }

  #endWith(end: { readonly error?: unknown }): void {
    this.#end ??= end;
    this.wake();
  }
}
