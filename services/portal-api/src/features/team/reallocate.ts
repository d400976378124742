import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Reallocate as Wanted, Recorded } from '@portal/contract';
import {
  allCandidates,
  component as componentDecider,
  componentStream,
  deadlineOf,
  juniorsOf,
  markSheet,
  markSheetStream,
  team,
  teamStream,
  type Reallocate as ReallocateOnSheet,
} from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { failed, recorded, refused, type Answer } from '../../platform/answer.js';
import { CLOCK, type Clock } from '../../platform/clock.js';
import { PersonNames } from '../../platform/person-names.js';
import { STREAMS } from '../../platform/tokens.js';

/** A senior of both moves candidates of one centre from one examiner to another. */
export class Reallocate {
  constructor(
    readonly component: string,
    readonly centre: string,
    readonly wanted: Wanted,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(Reallocate)
export class ReallocateHandler implements ICommandHandler<Reallocate, Answer<Recorded>> {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly names: PersonNames,
  ) {}

  async execute({ component, centre, wanted, context }: Reallocate): Promise<Answer<Recorded>> {
    const to = await this.names.account(wanted.to);
    if (to === undefined) return refused({ reason: 'PersonUnknown', person: wanted.to });
    const holders = wanted.from === undefined ? await this.others(component, centre, to) : [await this.names.account(wanted.from)];
    if (holders.length > 1) return refused({ reason: 'ExaminerAmbiguous', examiners: await this.names.displays(holders.filter((one) => one !== undefined)) });
    const [from] = holders;
    if (from === undefined) return refused(wanted.from === undefined ? { reason: 'CentreUnknown', centre } : { reason: 'PersonUnknown', person: wanted.from });
    const about = { ...(await this.seniority(component, context.actor)), ...(await this.due(component, from)) };
    const choice = {
      ...(wanted.candidates && { candidates: wanted.candidates }),
      ...(wanted.entered && { entered: wanted.entered }),
    };
    const command: ReallocateOnSheet = { type: 'Reallocate', from, to, submission: context.commandId, ...choice, ...about };
    const handled = await this.streams.handle(markSheet, markSheetStream(component, centre), command, context);
    if (handled.kind === 'refused') return refused(await this.names.inRefusal(handled.refusal));
    return handled.kind === 'failed' ? failed(handled) : recorded(handled);
  }

  /** From the team's own stream, and its revision stands in the event: never from a view that lags. */
  private async seniority(component: string, actor: string) {
    const { state } = await this.streams.load(team, teamStream(component));
    return { seniorTo: juniorsOf(state, actor), teamRevision: state.revision };
  }

  private async due(component: string, examiner: string) {
    const { state } = await this.streams.load(componentDecider, componentStream(component));
    const deadline = deadlineOf(state, examiner);
    if (deadline === undefined) return { late: false };
    return { deadline, late: this.clock().getTime() > Date.parse(deadline) };
  }

  /** Who else has candidates there; where nobody has, `to` has them all, and nothing will move. */
  private async others(component: string, centre: string, to: string): Promise<readonly string[]> {
    const { state } = await this.streams.load(markSheet, markSheetStream(component, centre));
    const examiners = new Set([...allCandidates(state.candidates)].map(({ examiner }) => examiner));
    const others = [...examiners].filter((one) => one !== to);
    return others.length === 0 && examiners.size > 0 ? [to] : others;
  }
}
