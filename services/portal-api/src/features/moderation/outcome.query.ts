import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { IamisOutcome } from '@portal/contract';
import { moderationOutcome, moderationScaleOf, phaseOf } from '@portal/domain';
import type { Answer } from '../../platform/answer.js';
import type { Part } from '../../platform/parts.js';
import type { OnCentre } from './moderation-commands.js';
import { ModerationStream } from './moderation-stream.js';
import { Returns } from './returns.js';
import { SettingsNow } from './settings-now.js';
import { shownMark } from './verdict.js';

/** What came of a moderation, for every candidate: as it was recorded, whatever the settings are today. */
export class CentreOutcome {
  constructor(
    readonly at: OnCentre,
    readonly part: Part,
  ) {}
}

@QueryHandler(CentreOutcome)
export class CentreOutcomeHandler implements IQueryHandler<CentreOutcome, Answer<IamisOutcome>> {
  constructor(
    private readonly streams: ModerationStream,
    private readonly settings: SettingsNow,
    private readonly returns: Returns,
  ) {}

  async execute({ at, part }: CentreOutcome): Promise<Answer<IamisOutcome>> {
    const found = await this.streams.read(at, part);
    if (!('events' in found)) return found;
    const { stage, outcome, method, tolerance, a, b, rho, flags, rows } = moderationOutcome(found.events);
    const { moderating } = await this.settings.of(at.component);
    return {
      ...at,
      stage,
      method: method ?? null,
      a: a ?? null,
      b: b ?? null,
      rho: rho ?? null,
      flags: [...flags],
      state: phaseOf(found.state),
      returned: await this.returns.latest(found.events),
      outcome: outcome ?? null,
      ...moderationScaleOf(found.state),
      tolerance: tolerance ?? moderating.settings.tolerance,
      candidates: rows.map(({ centre, candidate, centreMark, moderatorMark, adjusted }) => ({
        centre,
        candidate,
        centreMark: shownMark(centreMark),
        moderatorMark: shownMark(moderatorMark),
        adjusted: shownMark(adjusted),
      })),
    };
  }
}
