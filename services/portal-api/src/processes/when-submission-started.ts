import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { openSubmissions, submissionStream } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { FinishSubmission } from '../features/submission/finish-submission.js';
import { log } from '../platform/logging.js';
import { EVENT_STORE } from '../platform/tokens.js';
import { Views } from '../platform/views.js';
import { contextOf, isOlder } from './context-of.js';

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
    for (const { submission } of await this.views.list(openSubmissions, '')) {
      const read = await this.store.readStream(submissionStream(submission), { limit: 1 });
      const [started] = read.kind === 'found' ? read.events : [];
      if (started === undefined || !isOlder(started, olderThanMs)) continue;
      const answer = await this.commands.execute<FinishSubmission, object>(new FinishSubmission(submission, contextOf(started)));
      log.info({ submission, finished: 'completed' in answer }, 'a submission left unfinished was taken up');
    }
  }
}
