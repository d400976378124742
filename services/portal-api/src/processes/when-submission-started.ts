import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CommandContext, EventStore, RecordedEvent } from '@portal/event-store';
import { FinishSubmission } from '../features/submission/finish-submission.js';
import { log } from '../platform/logging.js';
import { EVENT_STORE } from '../platform/tokens.js';

/**
 * A submission that was started and has no receipt is finished, in the name of whoever started it. While the service
 * runs, the request itself does that; this is for what a crash left, so it looks once, at the start.
 */
@Injectable()
export class WhenSubmissionStarted {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly commands: CommandBus,
  ) {}

  async run(): Promise<void> {
    for (const event of await this.unfinished()) {
      const id = String(event.data['submission']);
      const answer = await this.commands.execute<FinishSubmission, object>(new FinishSubmission(id, contextOf(event)));
      log.info({ submission: id, finished: 'completed' in answer }, 'a submission left unfinished was taken up');
    }
  }

  private async unfinished(): Promise<readonly RecordedEvent[]> {
    const started = new Map<string, RecordedEvent>();
    const filter = { eventTypes: ['SubmissionStarted', 'SubmissionCompleted'] };
    for await (const events of this.store.readAll({ filter })) {
      for (const event of events) {
        if (event.type === 'SubmissionStarted') started.set(event.stream, event);
        else started.delete(event.stream);
      }
    }
    return [...started.values()];
  }
}

function contextOf({ metadata }: RecordedEvent): CommandContext {
  const text = (name: string): string => String(metadata[name]);
  return {
    commandId: text('commandId'),
    actor: text('actor'),
    capacity: text('capacity'),
    session: text('session'),
    authMethod: text('authMethod'),
    correlationId: text('correlationId'),
  };
}
