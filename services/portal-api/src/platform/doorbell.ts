import { Injectable } from '@nestjs/common';
import { endedSessions } from '@portal/domain';
import type { FastifyReply } from 'fastify';
import { log } from './logging.js';
import { ViewProgress } from './projector/progress.js';
import { Views } from './views.js';

interface Listener {
  /** When to ask again who it is, in milliseconds since 1970. */
  readonly until: number;
  readonly session: string;
}

/**
 * Tells clients that something changed, and never what: they ask again. Losing a ring costs a delay and nothing else.
 * Also knows how many clients are listening, which is how the service knows that it is still wanted.
 */
@Injectable()
export class Doorbell {
  readonly #listening = new Map<FastifyReply, Listener>();
  readonly #leaving = new Set<(left: number) => void>();
  #position: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref();

  constructor(
    progress: ViewProgress,
    private readonly views: Views,
  ) {
    progress.onMoved((position) => this.#ring(position));
    this.#position = progress.health().position;
  }

  /** Until the access token with which it was opened ends, or its sign-in does. */
  listen(reply: FastifyReply, { expiresAt, session }: { readonly expiresAt: number; readonly session: string }): void {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    reply.raw.write(event('ready', this.#position));
    this.#listening.set(reply, { until: expiresAt * 1000, session });
    reply.raw.on('close', () => {
      this.#listening.delete(reply);
      for (const told of this.#leaving) told(this.#listening.size);
    });
  }

  onLeft(told: (left: number) => void): void {
    this.#leaving.add(told);
  }

  get listening(): number {
    return this.#listening.size;
  }

  close(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
    for (const reply of this.#listening.keys()) reply.raw.end();
  }

  #ring(position: string): void {
    this.#position = position;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#tell().catch((error: unknown) => log.error({ error: String(error) }, 'the doorbell was not rung'));
    }, COALESCE_MS).unref();
  }

  async #tell(): Promise<void> {
    const ended = await this.views.many(endedSessions, [...this.#listening.values()].map(({ session }) => session));
    for (const [reply, { session }] of this.#listening) if (ended.has(session)) reply.raw.end();
    this.#write(event('changed', this.#position));
  }

  #beat(): void {
    const now = Date.now();
    for (const [reply, { until }] of this.#listening) if (until <= now) reply.raw.end();
    this.#write(': still here\n\n');
  }

  /** Who does not read is let go: it will ring again. */
  #write(text: string): void {
    for (const { raw } of this.#listening.keys()) {
      if (raw.writableLength > MOST_UNREAD_BYTES) raw.destroy();
      else if (!raw.writableEnded) raw.write(text);
    }
  }
}

const HEARTBEAT_MS = 15_000;
const COALESCE_MS = 100;
const MOST_UNREAD_BYTES = 64 * 1024;

const event = (name: string, position: string | undefined): string =>
  `event: ${name}\ndata: ${JSON.stringify({ position: position ?? null })}\n\n`;
