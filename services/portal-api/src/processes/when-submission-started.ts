import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { openSubmissions, submissionStream } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { FinishSubmission } from '../features/submission/finish-submission.js';
import { log } from '../platform/logging.js';
import { EVENT_STORE } from '../platform/tokens.js';
import { Views } from '../platform/views.js';
import { contextOf, isOlder } from './context-of.js';
import { eachOnItsOwn } from './each-on-its-own.js';

/**
 * A submission that was started and has no receipt is finished, in the name of whoever started it. While its process
 * runs, the request itself does that; this is for what a crash left.
 */
@Injectable()
export class WhenSubmissionStarted {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly views: Views,
    private readonly commands: CommandBus,
  ) {}

  /** Of those that were started longer ago than this. */
  async run(olderThanMs = 0): Promise<void> {
    const open = await this.views.list(openSubmissions, '');
    await eachOnItsOwn('submission', open.map(({ submission }) => submission), (id) => this.#finish(id, olderThanMs));
  }

  async #finish(submission: string, olderThanMs: number): Promise<void> {
    const read = await this.store.readStream(submissionStream(submission), { limit: 1 });
    const [started] = read.kind === 'found' ? read.events : [];
    if (started === undefined || !isOlder(started, olderThanMs)) return;
    const answer = await this.commands.execute<FinishSubmission, object>(new FinishSubmission(submission, contextOf(started)));
    log.info({ submission, finished: 'completed' in answer }, 'a submission left unfinished was taken up');
  }
}
