import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Comparison, Verdict, WhatIf as Wanted } from '@portal/contract';
import { comparisonOf, isRemaining, malformedAdjustment, moderated, moderationScaleOf, MODERATION_ROLES, type AdjustmentSettings, type Moderation } from '@portal/domain';
import { refused, type Answer } from '../../platform/answer.js';
import type { Part } from '../../platform/parts.js';
import type { OnCentre } from './moderation-commands.js';
import { ModerationStream } from './moderation-stream.js';
import { SettingsNow } from './settings-now.js';
import { shownVerdict } from './verdict.js';

type Option = Wanted['options'][number];

/** What each way to adjust would do to the whole cohort, side by side. Nothing is recorded. */
export class WhatIf {
  constructor(
    readonly at: OnCentre,
    readonly part: Part,
    readonly options: readonly Option[],
  ) {}
}

@QueryHandler(WhatIf)
export class WhatIfHandler implements IQueryHandler<WhatIf, Answer<readonly Comparison[]>> {
  constructor(
    private readonly streams: ModerationStream,
    private readonly settings: SettingsNow,
  ) {}

  async execute({ at, part, options }: WhatIf): Promise<Answer<readonly Comparison[]>> {
    if (!MODERATION_ROLES.ChooseOutcome.includes(part.role)) return refused({ reason: 'NotPermitted', role: part.role });
    const found = await this.streams.read(at, part);
    if (!('events' in found)) return found;
    const { state } = found;
    if (state.draw === undefined) return refused({ reason: 'CentreMarksOpen' });
    const { moderating } = await this.settings.of(at.component);
    const now = state.outcome?.submittedWith ?? { ...moderating.settings, ...moderationScaleOf(state) };
    const wanted = options.map((option) => settingsWith(option, now));
    const field = wanted.map(malformedAdjustment).find((one) => one !== undefined);
    if (field !== undefined) return refused({ reason: 'SettingMalformed', field });
    return options.map(({ method }, at) => compared(state, wanted[at] as AdjustmentSettings, method));
  }
}

/** As a choice of the principal's would have them. */
function settingsWith({ method, tolerance, lambda, anchors }: Option, now: AdjustmentSettings): AdjustmentSettings {
  return {
    ...now,
    ...(method !== 'accept' && method !== 'use-moderator-marks' && { method }),
    ...(tolerance !== undefined && { tolerance }),
    ...(lambda !== undefined && { lambda }),
    ...(anchors !== undefined && { anchors }),
  };
}

function compared(state: Moderation, settings: AdjustmentSettings, choice: Option['method']): Comparison {
  const { outcome, ...figures } = comparisonOf(moderated(state.candidates), settings, choice);
  const isPending = [...state.candidates.values()].some(isRemaining);
  const verdict = outcome === undefined ? NO_OUTCOME : shownVerdict(outcome);
  return { ...verdict, method: choice, ...(isPending && { stage: 'pending' }), tolerance: settings.tolerance, ...figures };
}

const NO_OUTCOME: Omit<Verdict, 'method'> = { stage: 'pending', a: null, b: null, rho: null, flags: [] };
