import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { openDocuments } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { RenderDocumentJob } from '../features/documents/render-document.job.js';
import { backOffMs, type JobQueue } from '../platform/jobs/job-queue.js';
import { log } from '../platform/logging.js';
import { CONFIG, EVENT_STORE, JOBS } from '../platform/tokens.js';
import { Views } from '../platform/views.js';

/**
 * A document that was asked for becomes a job. The log is the record of what must be done and the queue may lose all of
 * it: whatever is outstanding is queued again, under the same id, at the start and every few seconds after it.
 */
@Injectable()
export class WhenDocumentRequested implements BeforeApplicationShutdown {
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(CONFIG) private readonly config: { readonly documentsAtOnce: number },
    @Inject(EVENT_STORE) private readonly events: EventStore,
    @Inject(JOBS) private readonly jobs: JobQueue,
    private readonly views: Views,
    private readonly job: RenderDocumentJob,
  ) {}

  /** Returns at once; ends with the application. */
  run(): void {
    this.jobs.work((id, progress) => this.job.run(id, progress), this.config.documentsAtOnce);
    this.#running = Promise.all([
      this.#repeat('following', () => this.#follow()),
      this.#repeat('looking for what is outstanding', () => this.#reconcile()),
    ]);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** From now on: what was asked for before is the other's part. */
  async #follow(): Promise<void> {
    const after = await this.events.head();
    const range = { filter: { eventTypes: ASKING }, signal: this.#stopping.signal, ...(after !== undefined && { after }) };
    for await (const message of this.events.subscribe(range)) {
      if (message.kind !== 'events') continue;
      for (const { data } of message.events) await this.jobs.add(String(data['document']));
    }
  }

  async #reconcile(): Promise<void> {
    for (const { document } of await this.views.list(openDocuments, '')) await this.jobs.add(document);
    await pause(RECONCILE_EVERY_MS, undefined, { signal: this.#stopping.signal });
  }

  /** For ever, and with patience where it fails. */
  async #repeat(what: string, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted; ) {
      try {
        await work();
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        log.error({ what, error: String(error) }, 'documents that are asked for are not seen at the moment');
        await pause(backOffMs(failures), undefined, { signal }).catch(() => undefined);
      }
    }
  }
}

const ASKING = ['DocumentRequested', 'DocumentRequestedAgain'];
const RECONCILE_EVERY_MS = 10_000;
