import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Recorded } from '@portal/contract';
import { markSheet, markSheetStream } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { failed, recorded, refused, type Answer } from '../../platform/answer.js';
import { roleOf } from '../../platform/capacity.js';
import { STREAMS } from '../../platform/tokens.js';
import type { OnSheet } from './candidate-command.js';

/** A script came whose number is on no list. */
export class ReportUnlistedScript {
  constructor(
    readonly sheet: OnSheet,
    readonly number: string,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(ReportUnlistedScript)
export class ReportUnlistedScriptHandler implements ICommandHandler<ReportUnlistedScript, Answer<Recorded>> {
  constructor(@Inject(STREAMS) private readonly streams: Streams) {}

  async execute({ sheet: { component, centre }, number, context }: ReportUnlistedScript): Promise<Answer<Recorded>> {
    if (!/^\d{5}$/.test(centre)) return refused({ reason: 'CentreUnknown', centre });
    const asked = { type: 'ReportUnlistedScript', number, actor: context.actor, role: roleOf(context.capacity) } as const;
    const handled = await this.streams.handle(markSheet, markSheetStream(component, centre), asked, context);
    if (handled.kind === 'failed') return failed(handled);
    if (handled.kind === 'recorded') return recorded(handled);
    return refused(handled.revision === undefined ? { reason: 'CentreUnknown', centre } : handled.refusal);
  }
}
