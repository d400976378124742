import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Document } from '@portal/contract';
import type { FastifyReply } from 'fastify';
import { EventStreams } from '../../platform/http/event-streams.js';
import type { JobQueue } from '../../platform/jobs/job-queue.js';
import { JOBS } from '../../platform/tokens.js';
import { ToldDocuments } from './told-documents.js';

/** Tells how far a document is, until nothing more will come. Whoever is cut off asks again. */
@Injectable()
export class Progress {
  constructor(
    private readonly told: ToldDocuments,
    private readonly streams: EventStreams,
    @Inject(JOBS) private readonly jobs: JobQueue,
  ) {}

  async tell(first: Document, reply: FastifyReply, until: { readonly expiresAt: number; readonly session: string }): Promise<void> {
    const stream = this.streams.open(reply, until);
    const moved = new Moved();
    const forget = this.jobs.onProgress((id) => id === first.document && moved.ring());
    let said = '';
    try {
      for (let now: Document | undefined = first; now !== undefined && stream.isOpen(); now = await this.told.shown(first.document)) {
        const text = JSON.stringify(now);
        // Read a moment before it was recorded as ready: it has not gone back to where it was.
        if (text !== said && !(now.state === 'requested' && said !== '')) stream.write('progress', (said = text));
        if (now.state === 'ready' || now.state === 'parked') break;
        await moved.wait(LOOK_AGAIN_MS);
      }
    } finally {
      forget();
      stream.end();
    }
  }
}

/** A bell that is heard by whoever waits next, too. */
class Moved {
  #hasRung = false;
  #waiting: AbortController | undefined;

  ring(): void {
    this.#hasRung = true;
    this.#waiting?.abort();
  }

  async wait(atMostMs: number): Promise<void> {
    if (!this.#hasRung) {
      this.#waiting = new AbortController();
      await pause(atMostMs, undefined, { signal: this.#waiting.signal }).catch((error: Error) => {
        if (error.name !== 'AbortError') throw error;
      });
    }
    this.#hasRung = false;
  }
}

/** Who makes it may be another process, whose word can be lost. */
const LOOK_AGAIN_MS = 500;
