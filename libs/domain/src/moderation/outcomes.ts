/** What comes of it: computed and submitted by the moderator, decided where it must be, approved by somebody else. */
import type { Choice, Outcome } from '../adjustment/outcome.js';
import { chosenOutcome, outcomeOf } from '../adjustment/outcome.js';
import type { AdjustmentSettings } from '../adjustment/settings.js';
import { malformedAdjustment, USUAL_LAMBDA } from '../adjustment/settings.js';
import type { Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import { isTextReference } from '../text.js';
import type { Candidate, Candidates } from './candidates.js';
import { inOrder, isRemaining, keyOf } from './candidates.js';
import type { ApproveOutcome, ChooseOutcome, CommandOf, SubmitModeration } from './commands.js';
import type { ModerationEvent } from './events.js';
import { notOpen, notYours, reference, unitOf, whose } from './ownership.js';
import type { ModerationRefusal } from './refusal.js';
import type { Moderation, OutcomeKept } from './state.js';
import { scaleOf } from './state.js';

type Decided = Decision<ModerationEvent, ModerationRefusal>;

/** Everything looked at and the report written: the outcome by the settings of now goes with the submission. */
export function submitModeration(command: SubmitModeration, state: Moderation): Decided {
  const refused = notYours(state, command);
  if (refused !== undefined) return refused;
  if (state.submitted && !state.approved) return accept();
  const closed = notOpen(state);
  if (closed !== undefined) return closed;
  const { maximum } = scaleOf(state);
  const settings = completed({ ...command.settings, maximum, halfMarks: state.halfMarks });
  const field = malformedAdjustment(settings);
  if (field !== undefined) return refuse({ reason: 'SettingMalformed', field });
  const remaining = inOrder(state.candidates).filter(isRemaining);
  if (remaining.length > 0) return refuse({ reason: 'ReviewRemaining', candidates: remaining.map(keyOf) });
  if (state.report?.isCompleted !== true) return refuse({ reason: 'ReportIncomplete', fields: ['report'] });
  const outcome = outcomeOf(moderated(state.candidates), settings);
  const { deadline, late, actor: moderator } = command;
  const due = deadline === undefined ? {} : { deadline };
  return accept(computed(state, state.candidates, settings, outcome), {
    type: 'ModerationSubmitted',
    data: { moderator, outcome: state.revision + 1, ...due, late },
  });
}

/** A principal's reasoned decision: over an outcome in doubt, or in place of one that the settings gave. */
export function chooseOutcome(command: ChooseOutcome, state: Moderation): Decided {
  const { reason, choice, actor: by } = command;
  if (state.said.has(reason.text)) return accept();
  if (!isTextReference(reason)) return refuse({ reason: 'SettingMalformed', field: 'reason' });
  const found = underDecision(state);
  if ('refused' in found) return found;
  const settings = settingsWith(command, found.outcome.submittedWith);
  const field = malformedAdjustment(settings);
  if (field !== undefined) return refuse({ reason: 'SettingMalformed', field });
  const outcome = chosenOutcome(moderated(state.candidates), settings, choice);
  if ('unsuitable' in outcome) return refuse({ reason: 'MethodUnsuitable', method: choice, why: outcome.unsuitable });
  const chosen = { outcome: found.outcome.revision, choice, settings, reason, by };
  return accept({ type: 'OutcomeChosen', data: chosen }, computed(state, state.candidates, settings, outcome));
}

/** Never by anybody who had a hand in it, in any capacity and whenever that was. */
export function approveOutcome(command: ApproveOutcome, state: Moderation): Decided {
  const { actor: by, approvers } = command;
  if (state.approved && state.outcome?.revision === command.outcome) return accept();
  const found = underDecision(state);
  if ('refused' in found) return found;
  if (state.involved.includes(by)) {
    const others = approvers.filter((person) => person !== by && !state.involved.includes(person));
    return refuse({ reason: 'NotIndependent', person: by, others });
  }
  const { revision: outcome, stage, flags } = found.outcome;
  if (outcome !== command.outcome) return refuse({ reason: 'OutcomeChanged', outcome });
  if (stage === 'order-doubtful') return refuse({ reason: 'OutcomeUndecided', flags });
  return accept({ type: 'OutcomeApproved', data: { outcome, by, ...whose(state) } });
}

/** Back to the moderator: marks and report may be changed again. */
export function returnOutcome(command: CommandOf<'ReturnOutcome'>, state: Moderation): Decided {
  const { reason } = command;
  if (state.said.has(reason.text)) return accept();
  if (!isTextReference(reason)) return refuse({ reason: 'SettingMalformed', field: 'reason' });
  const found = underDecision(state);
  if ('refused' in found) return found;
  const data = { outcome: found.outcome.revision, reason, ...whose(state) };
  return accept({ type: 'OutcomeReturned', data });
}

/** The outcome in force over a changed cohort: by the same settings, or by the same choice while it is possible. */
export function recomputed(state: Moderation, candidates: Candidates): readonly ModerationEvent[] {
  if (state.outcome === undefined || state.approved) return [];
  const { settings, choice } = state.outcome;
  const cohort = moderated(candidates);
  const chosen = choice === undefined ? undefined : chosenOutcome(cohort, settings, choice);
  const outcome = chosen === undefined || 'unsuitable' in chosen ? outcomeOf(cohort, settings) : chosen;
  return [computed(state, candidates, settings, outcome)];
}

function underDecision(state: Moderation): { readonly outcome: OutcomeKept } | { readonly refused: ModerationRefusal } {
  if (state.approved) return refuse({ reason: 'ModerationLocked', state: 'approved' });
  if (state.nothingToModerate) return refuse({ reason: 'ModerationLocked', state: 'nothing-to-moderate' });
  if (!state.submitted || state.outcome === undefined) return refuse({ reason: 'ModerationNotSubmitted' });
  return { outcome: state.outcome };
}

function settingsWith(
  { choice, tolerance, lambda, anchors }: ChooseOutcome,
  before: AdjustmentSettings,
): AdjustmentSettings {
  return completed({
    ...before,
    ...(isMethodChoice(choice) && { method: choice }),
    ...(tolerance !== undefined && { tolerance }),
    ...(lambda !== undefined && { lambda }),
    ...(anchors !== undefined && { anchors }),
  });
}

/** What is recorded leaves nothing to what is usual at the time. */
function completed(settings: AdjustmentSettings): AdjustmentSettings {
  const { method, lambda = USUAL_LAMBDA } = settings;
  return method === 'deming' ? { ...settings, lambda } : settings;
}

function isMethodChoice(choice: Choice): choice is AdjustmentSettings['method'] {
  return choice !== 'accept' && choice !== 'use-moderator-marks';
}

/** As adjustment/ sees a cohort: whoever left the sample is one of the others. */
export function moderated(candidates: Candidates): Parameters<typeof outcomeOf>[0] {
  return inOrder(candidates).map((one) => ({
    key: keyOf(one),
    centreMark: one.mark,
    ...(one.isSampled && one.moderatorMark !== undefined && { moderatorMark: one.moderatorMark }),
    ...(one.isSampled && !one.isReceived && { workNotReceived: true }),
  }));
}

function computed(
  state: Moderation,
  candidates: Candidates,
  settings: AdjustmentSettings,
  { adjusted, ...outcome }: Outcome,
): ModerationEvent {
  const marks = adjusted.map(({ key, mark }) => ({ ...reference(candidates.get(key) as Candidate), mark }));
  const data = { ...outcome, settings, adjusted: marks, ...whose(state), ...unitOf(state) };
  return { type: 'OutcomeComputed', data };
}
