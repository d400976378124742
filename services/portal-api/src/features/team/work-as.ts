import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Recorded } from '@portal/contract';
import { session, sessionStream } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { failed, recorded, type Answer } from '../../platform/answer.js';
import { roleOf } from '../../platform/capacity.js';
import { STREAMS } from '../../platform/tokens.js';

/** Somebody works in another capacity from here on: recorded in their session, for whoever asks later. */
export class WorkAs {
  constructor(
    readonly component: string,
    /** The capacity is the one of the context: it was found to be held. */
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(WorkAs)
export class WorkAsHandler implements ICommandHandler<WorkAs, Answer<Recorded>> {
  constructor(@Inject(STREAMS) private readonly streams: Streams) {}

  async execute({ component, context }: WorkAs): Promise<Answer<Recorded>> {
    const { actor: account, session: id, capacity } = context;
    const member = /; member=(.+)$/.exec(capacity)?.[1];
    const chosen = { account, session: id, component, role: roleOf(capacity), ...(member !== undefined && { member }) };
    const handled = await this.streams.handle(session, sessionStream(id), { type: 'WorkAs', ...chosen }, context);
    return handled.kind === 'failed' ? failed(handled) : recorded(handled as Extract<typeof handled, { kind: 'recorded' }>);
  }
}
