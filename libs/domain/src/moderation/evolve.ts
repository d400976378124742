/** How each event changes what is true. Never throws: what makes no sense changes nothing but the revision. */
import type { Candidate } from './candidates.js';
import { candidateAt, isNumber, keyOf } from './candidates.js';
import type { CandidateAt, ModerationEvent } from './events.js';
import type { Change, Moderation } from './state.js';

type Of<Type extends ModerationEvent['type']> = Extract<ModerationEvent, { readonly type: Type }>['data'];

export function evolve(before: Moderation, event: ModerationEvent): Moderation {
  const state = saidOf({ ...before, revision: before.revision + 1 }, event);
  return aboutCentre(state, event) ?? aboutCandidate(state, event) ?? aboutOutcome(state, event) ?? state;
}

function aboutCentre(state: Moderation, event: ModerationEvent): Moderation | undefined {
  switch (event.type) {
    case 'ModeratorAllocated': {
      const { component, centres, moderator } = event.data;
      return { ...state, component, centres, moderator };
    }
    case 'ModeratorReallocated': {
      const { from, to } = event.data;
      return { ...state, moderator: to, formerly: added(state.formerly, from) };
    }
    case 'CentreMarksReceived':
      return received(state, event.data);
    case 'CentreMarksSubmitted':
      return { ...state, marksSubmitted: true };
    case 'ModerationClosed':
      return { ...state, nothingToModerate: true, draw: drawOf(event.data) };
    case 'CentreMarksReturned':
      return returned(state);
    case 'CentreReportSaved':
      return reported(state, event.data, false);
    case 'CentreReportCompleted':
      return reported(state, event.data, true);
    case 'CentreReportReopened':
      return state.report === undefined ? state : { ...state, report: { ...state.report, isCompleted: false } };
    default:
      return undefined;
  }
}

function aboutCandidate(state: Moderation, event: ModerationEvent): Moderation | undefined {
  const { revision } = state;
  switch (event.type) {
    case 'SampleDrawn':
      return sampled({ ...state, draw: drawOf(event.data) }, event.data.candidates);
    case 'FurtherSampleDrawn': {
      const open = { nothingToModerate: false, submitted: false, outcome: undefined };
      return sampled({ ...state, ...open }, event.data.candidates);
    }
    case 'ModeratorMarkEntered':
    case 'ModeratorMarkCorrected':
      return touched(changed(state, event.data, { moderatorMark: event.data.mark, revision }), event.data);
    case 'ModeratorMarkCleared':
      return touched(changed(state, event.data, { moderatorMark: undefined, revision }), event.data);
    case 'WorkNotReceived':
      return changed(state, event.data, { isReceived: false, revision });
    case 'WorkReceived':
      return changed(state, event.data, { isReceived: true, revision });
    case 'SampleCandidateReplaced': {
      const without = changed(state, event.data.out, { isSampled: false, isReplaced: true, revision });
      return sampled(without, [event.data.in]);
    }
    case 'CentreMarkChangeRequested':
      return requested(state, event.data);
    case 'CentreMarkChangeRefused':
      return settled(state, event.data.change, 'refused');
    case 'CentreMarkAmended':
      return settled(changed(state, event.data, { mark: event.data.to }), event.data.change, 'approved');
    case 'LateCentreMarkReceived':
      return settled(listed(state, event.data), event.data.change, 'approved');
    default:
      return undefined;
  }
}

function aboutOutcome(state: Moderation, event: ModerationEvent): Moderation | undefined {
  switch (event.type) {
    case 'OutcomeChosen':
      return state.outcome === undefined ? state : { ...state, outcome: { ...state.outcome, choice: event.data.choice } };
    case 'OutcomeComputed': {
      const { stage, settings, flags } = event.data;
      const { choice, submittedWith = settings } = state.outcome ?? {};
      return { ...state, outcome: { revision: state.revision, stage, settings, submittedWith, flags, choice } };
    }
    case 'ModerationSubmitted':
      return { ...state, submitted: true };
    case 'OutcomeApproved':
      return { ...state, approved: true };
    case 'OutcomeReturned':
      return { ...state, submitted: false, outcome: undefined };
    default:
      return undefined;
  }
}

const NEW = {
  isSampled: false,
  isReplaced: false,
  isReceived: true,
  moderatorMark: undefined,
} as const satisfies Partial<Candidate>;

function received(state: Moderation, data: Of<'CentreMarksReceived'>): Moderation {
  const { component, centres, centre, maximum, halfMarks } = data;
  const candidates = new Map(state.candidates);
  for (const { candidate, mark, teachingGroup = '' } of data.candidates) {
    const at = { centre, candidate };
    const before = candidates.get(keyOf(at)) ?? { ...NEW, ...at, revision: state.revision };
    if (isNumber(candidate)) candidates.set(keyOf(at), { ...before, mark, teachingGroup });
  }
  return { ...state, component, centres, maximum, halfMarks, candidates };
}

function returned(state: Moderation): Moderation {
  const { revision } = state;
  const candidates = new Map([...state.candidates].map(([key, one]) => [key, { ...one, ...NEW, revision }]));
  const report = state.report === undefined ? undefined : { ...state.report, isCompleted: false };
  const open = { marksSubmitted: false, nothingToModerate: false, submitted: false, draw: undefined, outcome: undefined };
  const changes = new Map([...state.changes].filter(([, change]) => change.state !== 'requested'));
  return { ...state, ...open, candidates, report, changes };
}

function reported(
  state: Moderation,
  { moderator, report: texts }: Of<'CentreReportSaved'>,
  isCompleted: boolean,
): Moderation {
  return touched({ ...state, report: { texts, isCompleted } }, { moderator });
}

function sampled(state: Moderation, drawn: readonly CandidateAt[]): Moderation {
  const candidates = new Map(state.candidates);
  for (const at of drawn) {
    const before = candidates.get(keyOf(at));
    if (before !== undefined) candidates.set(keyOf(at), { ...before, isSampled: true, revision: state.revision });
  }
  return { ...state, candidates };
}

function listed(state: Moderation, data: Of<'LateCentreMarkReceived'>): Moderation {
  const { centre, candidate, mark, teachingGroup = '' } = data;
  const at = { centre, candidate };
  if (!isNumber(candidate) || state.candidates.has(keyOf(at))) return state;
  const late = { ...NEW, ...at, mark, teachingGroup, revision: state.revision };
  return { ...state, candidates: new Map(state.candidates).set(keyOf(at), late) };
}

function changed(state: Moderation, at: CandidateAt, patch: Partial<Candidate>): Moderation {
  const before = candidateAt(state.candidates, at);
  if (before === undefined) return state;
  return { ...state, candidates: new Map(state.candidates).set(keyOf(at), { ...before, ...patch }) };
}

function touched(state: Moderation, { moderator }: { readonly moderator: string }): Moderation {
  return { ...state, involved: added(state.involved, moderator) };
}

function requested(state: Moderation, data: Of<'CentreMarkChangeRequested'>): Moderation {
  const { centre, candidate, kind, mark, teachingGroup = '', by, reason } = data;
  const change = { centre, candidate, kind, mark, teachingGroup, by, reason, state: 'requested' } as const;
  return { ...state, changes: new Map(state.changes).set(state.revision, change) };
}

function settled(state: Moderation, id: number, as: Change['state']): Moderation {
  const change = state.changes.get(id);
  return change === undefined ? state : { ...state, changes: new Map(state.changes).set(id, { ...change, state: as }) };
}

function saidOf(state: Moderation, { data }: ModerationEvent): Moderation {
  if (!('reason' in data) || state.said.has(data.reason.text)) return state;
  return { ...state, said: new Set(state.said).add(data.reason.text) };
}

function drawOf({ rule, seed, withZeros }: Pick<Of<'SampleDrawn'>, 'rule' | 'seed' | 'withZeros'>): Moderation['draw'] {
  return { rule, seed, withZeros: withZeros === true };
}

function added<Item>(list: readonly Item[], item: Item): readonly Item[] {
  return list.includes(item) ? list : [...list, item];
}
