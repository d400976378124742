import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { log } from '../platform/logging.js';
import { Views } from '../platform/views.js';
import { WhenCentreMarksImportStarted } from './when-centre-marks-import-started.js';
import { WhenSubmissionStarted } from './when-submission-started.js';

/** What an ended process left half done is finished by one that has the role of a worker: at its start, and then now and again. */
@Injectable()
export class UnfinishedWork implements OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly views: Views,
    private readonly submissions: WhenSubmissionStarted,
    private readonly imports: WhenCentreMarksImportStarted,
  ) {}

  /** Everything that is unfinished now; from then on, what is older than a request lasts. */
  async start(): Promise<void> {
    await this.#look(async () => {
      // However far behind they are: nobody waits for this.
      await this.views.caughtUp(A_DAY_MS);
      await this.finish(0);
    });
    this.#timer = setInterval(() => (this.#looking = this.#looking.then(() => this.#look(() => this.finish(EVERY_MS)))), EVERY_MS).unref();
  }

  async finish(olderThanMs: number): Promise<void> {
    await this.submissions.run(olderThanMs);
    await this.imports.run(olderThanMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** A store that is away now is there the next time. */
  async #look(look: () => Promise<void>): Promise<void> {
    try {
      await look();
    } catch (error) {
      log.warn({ error: String(error) }, 'unfinished work could not be looked at');
    }
  }
}

const EVERY_MS = 15_000;
const A_DAY_MS = 24 * 60 * 60 * 1000;
