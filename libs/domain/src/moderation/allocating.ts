/** Which moderator has a centre: allocation, and reallocation by a senior of both. */
import type { Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import { inOrder, keyOf } from './candidates.js';
import type { AllocateModerator, ReallocateModerator } from './commands.js';
import type { ModerationEvent } from './events.js';
import { about, unitOf } from './ownership.js';
import type { ModerationRefusal } from './refusal.js';
import type { Moderation } from './state.js';
import { standingOf } from './state.js';

type Decided = Decision<ModerationEvent, ModerationRefusal>;

/** Before or after the centre's marks have come. */
export function allocateModerator(command: AllocateModerator, state: Moderation): Decided {
  const { component, centres, moderator } = command;
  const unsuitable = unsuitableCentres(state, centres);
  if (unsuitable !== undefined) return refuse(unsuitable);
  if (state.moderator === moderator) return accept();
  if (state.moderator !== undefined) return refuse({ reason: 'AlreadyModerated', moderator: state.moderator });
  const standing = { ...standingOf(state), centres: centres.length };
  return accept({ type: 'ModeratorAllocated', data: { component, centres, moderator, standing } });
}

/** Marks entered and not submitted stay as they stand, under the name of who entered them, or go. */
export function reallocateModerator(command: ReallocateModerator, state: Moderation): Decided {
  const { moderator: from } = state;
  const { to } = command;
  if (from === undefined) return refuse({ reason: 'NobodyAllocated' });
  if (from === to) return accept();
  // A centre of one's own may be given away, and one of a junior's taken over.
  const stranger = [from, to].find((person) => person !== command.actor && !command.seniorTo.includes(person));
  if (stranger !== undefined) return refuse({ reason: 'NotSenior', person: stranger });
  if (state.approved) return refuse({ reason: 'ModerationLocked', state: 'approved' });
  const entered = state.submitted ? [] : inOrder(state.candidates).filter((one) => one.moderatorMark !== undefined);
  if (entered.length > 0 && command.entered === undefined) {
    return refuse({ reason: 'EnteredMarksRemain', candidates: entered.map(keyOf) });
  }
  const cleared = command.entered === 'clear' ? entered : [];
  const before = standingOf(state);
  const remaining = before.remaining + cleared.filter((one) => one.isSampled).length;
  const standing = { ...before, remaining };
  return accept(
    ...cleared.map((one): ModerationEvent => {
      const data = { ...about(state, one), from: one.moderatorMark as number, ...unitOf(state) };
      return { type: 'ModeratorMarkCleared', data };
    }),
    { type: 'ModeratorReallocated', data: { from, to, standing, teamRevision: command.teamRevision } },
  );
}

/** The centres of a stream are settled by whatever comes first, a moderator or marks. */
export function unsuitableCentres(state: Moderation, centres: readonly string[]): ModerationRefusal | undefined {
  const wrong = centres.find((centre) => !/^\d{5}$/.test(centre));
  if (wrong !== undefined) return { reason: 'CentreUnknown', centre: wrong };
  const same = state.centres.length === 0 || state.centres.join() === centres.join();
  const isList = centres.length > 0 && new Set(centres).size === centres.length;
  return same && isList ? undefined : { reason: 'SettingMalformed', field: 'centres' };
}
