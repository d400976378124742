import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { endedSessions } from '@portal/domain';
import type { FastifyReply } from 'fastify';
import { log } from '../logging.js';
import { Views } from '../views.js';

/** Server-sent events to one client. */
export interface EventStream {
  /** `data` is one line. */
  write(event: string, data: string): void;
  isOpen(): boolean;
  end(): void;
}

interface Until {
  /** In seconds since 1970. */
  readonly expiresAt: number;
  readonly session: string;
}

/** Streams of server-sent events that tell of one thing; each ends with the access token or the sign-in it was opened with. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  readonly #open = new Map<FastifyReply, Until>();
  readonly #heartbeat = setInterval(() => void this.#beat().catch(missed), HEARTBEAT_MS).unref();

  constructor(private readonly views: Views) {}

  open(reply: FastifyReply, until: Until): EventStream {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    this.#open.set(reply, until);
    raw.on('close', () => this.#open.delete(reply));
    return {
      write: (event, data) => this.#write(reply, `event: ${event}\ndata: ${data}\n\n`),
      isOpen: () => this.#open.has(reply) && !raw.writableEnded,
      end: () => raw.end(),
    };
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#heartbeat);
    for (const { raw } of this.#open.keys()) raw.end();
  }

  /** Where the views cannot be asked, whose sign-in has ended is told at the next beat: nobody else is held up by it. */
  async #beat(): Promise<void> {
    const now = Date.now();
    for (const [reply, { expiresAt }] of this.#open) {
      if (expiresAt * 1000 <= now) reply.raw.end();
      else this.#write(reply, ': still here\n\n');
    }
    if (this.#open.size === 0) return;
    const ended = await this.views.many(endedSessions, [...this.#open.values()].map(({ session }) => session));
    for (const [reply, { session }] of this.#open) if (ended.has(session)) reply.raw.end();
  }

  /** Who does not read is let go: it will ask again. */
  #write({ raw }: FastifyReply, text: string): void {
    if (raw.writableLength > MOST_UNREAD_BYTES) raw.destroy();
    else if (!raw.writableEnded) raw.write(text);
  }
}

/** The next one asks again. */
const missed = (error: unknown): void => log.warn({ error: String(error) }, 'it is not known whose sign-in has ended');

const HEARTBEAT_MS = 15_000;
const MOST_UNREAD_BYTES = 64 * 1024;
