/** The moderator's marks for the sampled candidates, and whether their work is there. */
import type { Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import { parseMark } from '../mark.js';
import { isTextReference } from '../text.js';
import { keyOf } from './candidates.js';
import type { CommandOf, EnterModeratorMark } from './commands.js';
import type { ModerationEvent } from './events.js';
import { about, changedElsewhere, reviewed, unitOf } from './ownership.js';
import type { ModerationRefusal } from './refusal.js';
import type { Moderation } from './state.js';
import { scaleOf } from './state.js';

type Decided = Decision<ModerationEvent, ModerationRefusal>;

/** Zero and full marks need no confirmation here: the centre's mark stands beside them. */
export function enterModeratorMark(command: EnterModeratorMark, state: Moderation): Decided {
  const found = reviewed(state, command);
  if ('refused' in found) return found;
  const { candidate } = found;
  const { typed } = command;
  const read = parseMark(typed, scaleOf(state));
  if ('refused' in read) return read;
  // work that is not there is said so, and never by ABS
  if (read.parsed === 'ABS') return refuse({ reason: 'MarkMalformed', typed });
  const mark = read.parsed === 'CLEAR' ? undefined : read.parsed;
  const from = candidate.moderatorMark;
  if (mark === from) return accept();
  if (!candidate.isReceived) return refuse({ reason: 'WorkOutstanding', candidate: candidate.candidate });
  const changed = changedElsewhere(state, candidate, command.expect);
  if (changed !== undefined) return changed;
  const which = { ...about(state, candidate), ...unitOf(state) };
  if (from === undefined) return accept({ type: 'ModeratorMarkEntered', data: { ...which, mark: mark as number } });
  if (mark === undefined) return accept({ type: 'ModeratorMarkCleared', data: { ...which, from } });
  return accept({ type: 'ModeratorMarkCorrected', data: { ...which, from, mark } });
}

/** Closes the candidate for what remains, and leaves them out of the fit. A mark in the way must be cleared first. */
export function reportWorkNotReceived(command: CommandOf<'ReportWorkNotReceived'>, state: Moderation): Decided {
  const found = reviewed(state, command);
  if ('refused' in found) return found;
  const { candidate } = found;
  if (!candidate.isReceived) return accept();
  const { reason } = command;
  if (!isTextReference(reason)) return refuse({ reason: 'SettingMalformed', field: 'reason' });
  if (candidate.moderatorMark !== undefined) return refuse({ reason: 'EnteredMarksRemain', candidates: [keyOf(candidate)] });
  const changed = changedElsewhere(state, candidate, command.expect);
  return changed ?? accept({ type: 'WorkNotReceived', data: { ...about(state, candidate), reason } });
}

export function reportWorkReceived(command: CommandOf<'ReportWorkReceived'>, state: Moderation): Decided {
  const found = reviewed(state, command);
  if ('refused' in found) return found;
  const { candidate } = found;
  if (candidate.isReceived) return accept();
  const changed = changedElsewhere(state, candidate, command.expect);
  return changed ?? accept({ type: 'WorkReceived', data: about(state, candidate) });
}
