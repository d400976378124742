import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { openSubmissions, submissionStream } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { FinishSubmission } from '../features/submission/finish-submission.js';
import { log } from '../platform/logging.js';
import { EVENT_STORE } from '../platform/tokens.js';
import { Views } from '../platform/views.js';
import { contextOf } from './context-of.js';

/**
 * A submission that was started and has no receipt is finished, in the name of whoever started it. While the service
 * runs, the request itself does that; this is for what a crash left, so it looks once, at the start.
 */
@Injectable()
export class WhenSubmissionStarted {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly views: Views,
    private readonly commands: CommandBus,
  ) {}

  async run(): Promise<void> {
    // However far behind they are: nobody waits for this.
    await this.views.caughtUp(A_DAY_MS);
    for (const { submission } of this.views.list(openSubmissions, '')) {
      const read = await this.store.readStream(submissionStream(submission), { limit: 1 });
      const [started] = read.kind === 'found' ? read.events : [];
      if (started === undefined) continue;
      const answer = await this.commands.execute<FinishSubmission, object>(new FinishSubmission(submission, contextOf(started)));
      log.info({ submission, finished: 'completed' in answer }, 'a submission left unfinished was taken up');
    }
  }
}

const A_DAY_MS = 24 * 60 * 60 * 1000;
