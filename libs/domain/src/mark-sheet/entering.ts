/** Entering, correcting, clearing, confirming and verifying a mark: its examiner alone, until it is submitted. */
import type { Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { Candidate } from './candidates.js';
import type { ByExaminer, EnterMark, EnterTyped, VerifyMark } from './commands.js';
import type { MarkSheetEvent, Value } from './events.js';
import { inPoints, isExtreme, parseMark } from '../mark.js';
import { about, changedElsewhere, open, outstanding, unitOf } from './ownership.js';
import type { MarkSheetRefusal } from './refusal.js';
import type { MarkSheet } from './state.js';
import { scaleOf } from './state.js';

type Decided = Decision<MarkSheetEvent, MarkSheetRefusal>;

/** Whose candidate it is comes first: nobody learns a maximum from a sheet that is not theirs. */
export function enterTyped(command: EnterTyped, state: MarkSheet): Decided {
  const found = open(state, command);
  if ('refused' in found) return found;
  const mark = parseMark(command.typed, scaleOf(state));
  if ('refused' in mark) return mark;
  if (mark.parsed === 'CLEAR') return clearMark(command, state);
  if (mark.parsed === 'ABS') return recordAbsence(command, state);
  return enterMark({ ...command, type: 'EnterMark', mark: mark.parsed }, state);
}

export function enterMark(command: EnterMark, state: MarkSheet): Decided {
  const found = open(state, command);
  if ('refused' in found) return found;
  const { candidate } = found;
  if (!isInRange(command.mark, state)) {
    return refuse({ reason: 'MarkOutOfRange', maximum: scaleOf(state).maximum });
  }
  const { mark } = command;
  if (candidate.value === mark) {
    return command.confirmed === true ? confirmMark(command, state) : accept();
  }
  const blocked = notMarkable(state, candidate, command.expect);
  if (blocked !== undefined) return blocked;
  const extreme = isExtreme(mark, state.maximum) ? { confirmed: command.confirmed === true } : {};
  return accept(written(state, candidate, mark, extreme));
}

export function recordAbsence(command: ByExaminer, state: MarkSheet): Decided {
  const found = open(state, command);
  if ('refused' in found) return found;
  if (found.candidate.value === 'ABS') return accept();
  const blocked = notMarkable(state, found.candidate, command.expect);
  return blocked ?? accept(written(state, found.candidate, 'ABS'));
}

export function clearMark(command: ByExaminer, state: MarkSheet): Decided {
  const found = open(state, command);
  if ('refused' in found) return found;
  const { candidate } = found;
  if (candidate.value === undefined) return accept();
  const data = { ...about(candidate), from: candidate.value, ...unitOf(state) };
  return changedElsewhere(state, candidate, command.expect) ?? accept({ type: 'MarkCleared', data });
}

export function confirmMark(command: ByExaminer, state: MarkSheet): Decided {
  const found = open(state, command);
  if ('refused' in found) return found;
  const { candidate } = found;
  if (typeof candidate.value !== 'number') return notEntered(candidate);
  if (candidate.confirmed) return accept();
  return (
    changedElsewhere(state, candidate, command.expect) ?? accept(confirmed(state, candidate, candidate.value))
  );
}

/** The second entry is typed without sight of the first; only a difference needs a decision. */
export function verifyMark(command: VerifyMark, state: MarkSheet): Decided {
  const found = open(state, command);
  if ('refused' in found) return found;
  const { candidate } = found;
  const typed = parseMark(command.typed, scaleOf(state));
  if ('refused' in typed) return typed;
  const second = typed.parsed;
  if (second === 'CLEAR') return refuse({ reason: 'MarkMalformed', typed: command.typed });
  const { value: first } = candidate;
  if (first === undefined) return notEntered(candidate);
  if (candidate.verified && candidate.second === second) return accept();
  const changed = changedElsewhere(state, candidate, command.expect);
  if (changed !== undefined) return changed;
  if (second === first) return accept(verified(state, candidate, first, second, 'same'));
  return differing(state, candidate, { first, second, keep: command.keep });
}

export function confirmed(state: MarkSheet, candidate: Candidate, mark: number): MarkSheetEvent {
  return { type: 'MarkConfirmed', data: { ...about(candidate), mark, ...unitOf(state) } };
}

function differing(
  state: MarkSheet,
  candidate: Candidate,
  { first, second, keep }: { first: Value; second: Value; keep: 'first' | 'second' | undefined },
): Decided {
  if (keep === undefined) {
    const [one, other] = [inPoints(first, state.halfMarks), inPoints(second, state.halfMarks)];
    return refuse({ reason: 'VerificationDiffers', candidate: candidate.number, first: one, second: other });
  }
  if (keep === 'first') return accept(verified(state, candidate, first, second, 'first'));
  // typed twice with a difference and then chosen: as deliberate as a confirmation
  const extreme = isExtreme(second, state.maximum) ? { confirmed: true } : {};
  return accept(
    written(state, candidate, second, extreme),
    verified(state, candidate, second, second, 'second'),
  );
}

function isInRange(mark: number, { maximum }: MarkSheet): boolean {
  return Number.isSafeInteger(mark) && mark >= 0 && mark <= maximum;
}

function notMarkable(
  state: MarkSheet,
  candidate: Candidate,
  expect: number | undefined,
): { readonly refused: MarkSheetRefusal } | undefined {
  if (candidate.state === 'outstanding') return outstanding(candidate);
  return changedElsewhere(state, candidate, expect);
}

function notEntered(candidate: Candidate): { readonly refused: MarkSheetRefusal } {
  return candidate.state === 'outstanding'
    ? outstanding(candidate)
    : refuse({ reason: 'MarkNotEntered', candidate: candidate.number });
}

function written(
  state: MarkSheet,
  candidate: Candidate,
  mark: Value,
  extreme: { readonly confirmed?: boolean } = {},
): MarkSheetEvent {
  const from = candidate.value;
  const unit = unitOf(state);
  if (mark === 'ABS') {
    const before = typeof from === 'number' ? { from } : {};
    return { type: 'AbsenceRecorded', data: { ...about(candidate), ...before, ...unit } };
  }
  return from === undefined
    ? { type: 'MarkEntered', data: { ...about(candidate), mark, ...extreme, ...unit } }
    : { type: 'MarkCorrected', data: { ...about(candidate), from, mark, ...extreme, ...unit } };
}

function verified(
  state: MarkSheet,
  candidate: Candidate,
  mark: Value,
  second: Value,
  kept: 'same' | 'first' | 'second',
): MarkSheetEvent {
  return { type: 'MarksVerified', data: { ...about(candidate), mark, second, kept, ...unitOf(state) } };
}
