import { Inject, Injectable } from '@nestjs/common';
import type { Document } from '@portal/contract';
import { documentOf, documentStream, type DocumentTold } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import type { JobQueue } from '../../platform/jobs/job-queue.js';
import { EVENT_STORE, JOBS } from '../../platform/tokens.js';
import { ReadyOnes } from './ready-ones.js';
import { shown } from './shown.js';

/** Documents by their ids, each from its own stream. */
@Injectable()
export class ToldDocuments {
  /** A list is asked for over and over, and nearly all in it is made. */
  readonly #ready = new ReadyOnes(MOST_READY);

  constructor(
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(JOBS) private readonly jobs: JobQueue,
  ) {}

  /** Undefined where there is none. */
  async find(id: string): Promise<DocumentTold | undefined> {
    const read = UUID.test(id) ? await this.events.readStream(documentStream(id)) : undefined;
    return read?.kind === 'found' ? documentOf(read.events) : undefined;
  }

  async shown(id: string): Promise<Document | undefined> {
    const ready = this.#ready.get(id);
    if (ready !== undefined) return ready;
    const told = await this.find(id);
    return told === undefined ? undefined : this.show(told);
  }

  async show(told: DocumentTold): Promise<Document> {
    const isWaitedFor = told.state === 'requested' || told.state === 'failed';
    const now = shown(told, isWaitedFor ? await this.jobs.progress(told.document) : undefined);
    this.#ready.keep(now);
    return now;
  }
}

/** About a kilobyte each: what two hundred open pages show. */
const MOST_READY = 10_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
