import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Projector } from './projector/projector.js';

/**
 * Tells clients that something changed, and never what: they ask again. Losing a ring costs a delay and nothing else.
 * Also knows how many clients are listening, which is how the service knows that it is still wanted.
 */
@Injectable()
export class Doorbell {
  readonly #listening = new Set<FastifyReply>();
  readonly #leaving = new Set<(left: number) => void>();
  #position: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #heartbeat = setInterval(() => this.#write(': still here\n\n'), HEARTBEAT_MS).unref();

  constructor(projector: Projector) {
    projector.onMoved((position) => this.#ring(position));
    this.#position = projector.health().position;
  }

  listen(reply: FastifyReply): void {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    reply.raw.write(event('ready', this.#position));
    this.#listening.add(reply);
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
    for (const reply of this.#listening) reply.raw.end();
  }

  #ring(position: string): void {
    this.#position = position;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#write(event('changed', this.#position));
    }, COALESCE_MS).unref();
  }

  #write(text: string): void {
    for (const reply of this.#listening) reply.raw.write(text);
  }
}

const HEARTBEAT_MS = 15_000;
const COALESCE_MS = 100;

const event = (name: string, position: string | undefined): string =>
  `event: ${name}\ndata: ${JSON.stringify({ position: position ?? null })}\n\n`;
