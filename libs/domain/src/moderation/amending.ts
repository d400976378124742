/** A single mark of the centre, changed or come late after the marks are closed: asked by one, approved by another. */
import type { Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import { isTextReference } from '../text.js';
import type { Candidate } from './candidates.js';
import { candidateAt, isNumber, keyOf } from './candidates.js';
import type { CommandOf, RequestCentreMarkChange } from './commands.js';
import { newExtremes } from './drawing.js';
import type { ModerationEvent } from './events.js';
import { recomputed } from './outcomes.js';
import { notYours, reference, unitOf, whose } from './ownership.js';
import { isTeachingGroup, readCentreMark } from './receiving.js';
import type { ModerationRefusal } from './refusal.js';
import type { Change, Moderation } from './state.js';
import { scaleOf } from './state.js';

type Decided = Decision<ModerationEvent, ModerationRefusal>;

/** `late` for a candidate who is not on the list, an amendment for one who is. */
export function requestCentreMarkChange(command: RequestCentreMarkChange, state: Moderation): Decided {
  const { reason, candidate: number, teachingGroup = '', actor: by } = command;
  if (state.said.has(reason.text)) return accept();
  const refused = unsuitable(command, state);
  if (refused !== undefined) return refused;
  const read = readCentreMark(command.typed, scaleOf(state));
  if ('refused' in read) return read;
  const before = candidateAt(state.candidates, command);
  if (before === undefined && !isNumber(number)) return refuse({ reason: 'CandidateUnknown', candidate: number });
  if (before?.mark === read.parsed) return accept();
  const kind = before === undefined ? 'late' : 'amendment';
  const group = kind === 'late' && teachingGroup !== '' ? { teachingGroup } : {};
  const data = { ...reference(command), kind, mark: read.parsed, ...group, reason, by, ...unitOf(state) } as const;
  return accept({ type: 'CentreMarkChangeRequested', data });
}

/** The sample stands; a new highest or lowest joins it, and otherwise an outcome not yet approved is computed anew. */
export function approveCentreMarkChange(command: CommandOf<'ApproveCentreMarkChange'>, state: Moderation): Decided {
  const found = pending(command.change, 'approved', state);
  if ('refused' in found) return found;
  const { change } = found;
  if (change.state !== 'requested') return accept();
  const { actor } = command;
  if (change.by === actor) return refuse({ reason: 'NotIndependent', person: actor, others: [] });
  const before = candidateAt(state.candidates, change);
  const candidates = new Map(state.candidates).set(keyOf(change), after(change, before, state));
  const more = newExtremes(state, candidates);
  const anew = more.length > 0 ? [] : recomputed(state, candidates);
  return accept(applied(command.change, change, before, state), ...more, ...anew);
}

export function refuseCentreMarkChange(command: CommandOf<'RefuseCentreMarkChange'>, state: Moderation): Decided {
  const { reason } = command;
  const found = pending(command.change, 'refused', state);
  if ('refused' in found) return found;
  if (found.change.state !== 'requested') return accept();
  if (!isTextReference(reason)) return refuse({ reason: 'SettingMalformed', field: 'reason' });
  return accept({ type: 'CentreMarkChangeRefused', data: { change: command.change, reason } });
}

function unsuitable(
  command: RequestCentreMarkChange,
  state: Moderation,
): { readonly refused: ModerationRefusal } | undefined {
  const refused = command.role === 'admin' ? undefined : notYours(state, command);
  if (refused !== undefined) return refused;
  if (!isTextReference(command.reason)) return refuse({ reason: 'SettingMalformed', field: 'reason' });
  if (!isTeachingGroup(command.teachingGroup ?? '')) return refuse({ reason: 'SettingMalformed', field: 'teachingGroup' });
  if (!state.marksSubmitted) return refuse({ reason: 'CentreMarksOpen' });
  if (state.approved) return refuse({ reason: 'ModerationLocked', state: 'approved' });
  const { centre } = command;
  return state.centres.includes(centre) ? undefined : refuse({ reason: 'CentreUnknown', centre });
}

/** Asked for, or settled already in the way that is asked now: then there is nothing to do. */
function pending(
  id: number,
  as: 'approved' | 'refused',
  state: Moderation,
): { readonly change: Change } | { readonly refused: ModerationRefusal } {
  const change = state.changes.get(id);
  if (change === undefined) return refuse({ reason: 'ChangeUnknown', change: id });
  if (change.state === as) return { change };
  if (change.state !== 'requested') return refuse({ reason: 'ChangeSettled', change: id, as: change.state });
  return state.approved ? refuse({ reason: 'ModerationLocked', state: 'approved' }) : { change };
}

function after(
  { centre, candidate, mark, teachingGroup }: Change,
  before: Candidate | undefined,
  state: Moderation,
): Candidate {
  const late = { isSampled: false, isReplaced: false, isReceived: true, moderatorMark: undefined, revision: state.revision };
  return { ...late, centre, candidate, teachingGroup, ...before, mark };
}

function applied(id: number, change: Change, before: Candidate | undefined, state: Moderation): ModerationEvent {
  const { mark, teachingGroup, reason } = change;
  const common = { ...reference(change), change: id, reason, ...whose(state), ...unitOf(state) };
  if (before !== undefined) return { type: 'CentreMarkAmended', data: { ...common, from: before.mark, to: mark } };
  const group = teachingGroup === '' ? {} : { teachingGroup };
  return { type: 'LateCentreMarkReceived', data: { ...common, mark, ...group } };
}

