import { authorizing, type TokenSource } from '../api/result.js';
import { causeOf } from '../api/transport.js';
import { createEventReader } from './event-stream.js';

/** Listens for "something moved"; a ring that is missed costs a delay and nothing else. */
export interface Doorbell {
  /** Connect at once: the person signed in again. */
  readonly retryNow: () => void;
  readonly close: () => void;
}

export type DoorbellState = 'connected' | 'waiting' | 'signed-out';

export interface DoorbellOptions {
  readonly server: string;
  readonly tokens: TokenSource;
  readonly version: string;
  /** `position`: what the service has reached. Also called once on every connection. */
  readonly onRing: (position: string) => void;
  readonly onState?: (state: DoorbellState, cause?: string) => void;
  readonly backoffMs?: { readonly first: number; readonly longest: number };
  /** A connection silent for this long is taken for dead. */
  readonly silenceMs?: number;
}

const BACKOFF_MS = { first: 500, longest: 10_000 };
const SILENCE_MS = 60_000;

export function openDoorbell(options: DoorbellOptions): Doorbell {
  const { first, longest } = options.backoffMs ?? BACKOFF_MS;
  const closing = new AbortController();
  let failures = 0;
  let wake: (() => void) | undefined;

  const rest = (ms: number | undefined) =>
    new Promise<void>(resolve => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      wake = () => { clearTimeout(timer); resolve(); };
    });
  const run = async () => {
    while (!closing.signal.aborted) {
      const end = await listen(options, closing.signal, () => { failures = 0; });
      if (closing.signal.aborted) return;
      options.onState?.(end === 'signed-out' ? 'signed-out' : 'waiting', end);
      // The first loss reconnects quickly; a person signed out is waited for.
      await rest(end === 'signed-out' ? undefined : Math.min(longest, first * 2 ** failures++));
    }
  };
  void run();
  return {
    retryNow: () => { failures = 0; wake?.(); },
    close: () => { closing.abort(); wake?.(); },
  };
}

/** One connection from beginning to end; says why it ended. */
async function listen(options: DoorbellOptions, closing: AbortSignal, connected: () => void): Promise<string> {
  const access = await options.tokens.access();
  if (access.kind !== 'token') return access.kind;
  const watchdog = new AbortController();
  const silenceMs = options.silenceMs ?? SILENCE_MS;
  let timer = setTimeout(() => watchdog.abort(), silenceMs);
  const url = `${options.server}/doorbell`;
  try {
    const response = await fetch(url, {
      headers: { accept: 'text/event-stream', ...authorizing(access, 'GET', url), 'portal-client': options.version },
      redirect: 'error',
      signal: AbortSignal.any([closing, watchdog.signal]),
    });
    if (response.status === 401) {
      await response.body?.cancel();
      if (access.key?.setTime(response.headers.get('date')) === true) return 'clock-set';
      const renewed = await options.tokens.access(access.token);
      return renewed.kind === 'signed-out' ? 'signed-out' : 'token-renewed';
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return `HTTP ${response.status}`;
    }
    connected();
    options.onState?.('connected');
    const reader = createEventReader(event => ring(options, event));
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(() => watchdog.abort(), silenceMs);
      reader(chunk);
    }
    return 'closed';
  } catch (error) {
    return causeOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function ring(options: DoorbellOptions, event: { readonly name: string; readonly data: string }): void {
  if (event.name !== 'ready' && event.name !== 'changed') return;
  options.onRing(positionIn(event.data));
}

/** Empty where the service did not say: the ring itself is what counts. */
function positionIn(data: string): string {
  try {
    const { position } = JSON.parse(data) as { position?: unknown };
    return typeof position === 'string' ? position : '';
  } catch {
    return '';
  }
}
