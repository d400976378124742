/** Which examiner has which candidates: allocation, withdrawal, and reallocation by a senior of both. */
import type { Decision } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { Candidate } from './candidates.js';
import { allCandidates, candidateOf, isCandidateNumber } from './candidates.js';
import type { AllocateCandidates, Reallocate } from './commands.js';
import type { CandidateNumber, MarkSheetEvent, Value } from './events.js';
import { inPoints, inUnit } from '../mark.js';
import { about, listed, unitOf } from './ownership.js';
import type { MarkSheetRefusal } from './refusal.js';
import type { MarkSheet } from './state.js';
import { submission } from './submitting.js';

type Decided = Decision<MarkSheetEvent, MarkSheetRefusal>;

/** Also how a changed maximum or unit reaches a sheet: allocate what is allocated already, with the new one. */
export function allocateCandidates(command: AllocateCandidates, state: MarkSheet): Decided {
  const { component, centre, examiner, halfMarks } = command;
  const maximum = inUnit(command.maximum, halfMarks);
  const unsuitable = unsuitableScale(state, halfMarks, maximum);
  if (unsuitable !== undefined) return refuse(unsuitable);
  const fresh: CandidateNumber[] = [];
  for (const number of new Set(command.candidates)) {
    const blocked = notAllocatable(state, number, examiner);
    if (blocked !== undefined) return refuse(blocked);
    if (candidateOf(state.candidates, number) === undefined) fresh.push(number);
  }
  const rescaled = state.revision >= 0 && (state.maximum !== maximum || state.halfMarks !== halfMarks);
  if (fresh.length === 0 && !rescaled) return accept();
  const data = { component, centre, examiner, maximum, halfMarks, candidates: fresh };
  return accept({ type: 'MarkSheetAllocated', data });
}

/** Who may withdraw is the permission table's business; the candidate leaves the allocated in the state it had. */
export function withdrawCandidate(number: CandidateNumber, state: MarkSheet): Decided {
  if (candidateOf(state.candidates, number)?.withdrawn === true) return accept();
  const found = listed(state, number);
  if ('refused' in found) return found;
  const data = { ...about(found.candidate), state: found.candidate.state };
  return accept({ type: 'CandidateWithdrawn', data });
}

export function reallocate(command: Reallocate, state: MarkSheet): Decided {
  const { from, to } = command;
  const stranger = [from, to].find((person) => !command.seniorTo.includes(person));
  if (stranger !== undefined) return refuse({ reason: 'NotSenior', person: stranger });
  const moving = from === to ? [] : movable(command, state);
  if ('refused' in moving) return moving;
  const entered = moving.filter((one) => one.state === 'entered');
  if (entered.length > 0 && command.entered === undefined) {
    return refuse({ reason: 'EnteredMarksRemain', candidates: entered.map(({ number }) => number) });
  }
  const staying = command.entered === 'submit' ? entered : [];
  const cleared = command.entered === 'clear' ? entered : [];
  return accept(
    ...(staying.length > 0 ? submission(state, from, staying, command) : []),
    ...cleared.map((one) => clearing(state, one)),
    ...moved(
      command,
      moving.filter((one) => !staying.includes(one)),
    ),
  );
}

function unsuitableScale(state: MarkSheet, halfMarks: boolean, maximum: number): MarkSheetRefusal | undefined {
  if (!Number.isSafeInteger(maximum) || maximum < 1) return { reason: 'SettingMalformed', field: 'maximum' };
  if (state.revision < 0) return undefined;
  const highest = highestOf(state);
  if (highest === undefined) return undefined;
  if (state.halfMarks !== halfMarks) return { reason: 'SettingMalformed', field: 'halfMarks' };
  if (highest <= maximum) return undefined;
  return { reason: 'MaximumBelowMark', highest: Number(inPoints(highest, halfMarks)) };
}

/** The highest mark on the sheet in its unit: what a maximum may not fall below. */
export function highestOf(state: MarkSheet): number | undefined {
  let highest: number | undefined;
  for (const { value } of allCandidates(state.candidates)) {
    if (typeof value === 'number' && value > (highest ?? -1)) highest = value;
  }
  return highest;
}

function notAllocatable(state: MarkSheet, number: string, examiner: string): MarkSheetRefusal | undefined {
  if (!isCandidateNumber(number)) return { reason: 'CandidateUnknown', candidate: number };
  const present = candidateOf(state.candidates, number);
  if (present === undefined) return undefined;
  if (present.withdrawn) return { reason: 'CandidateWithdrawn', candidate: number };
  if (present.examiner === examiner) return undefined;
  return { reason: 'AlreadyAllocated', candidate: number, examiner: present.examiner };
}

function movable(
  { from, to, candidates, submission: id }: Reallocate,
  state: MarkSheet,
): readonly Candidate[] | { readonly refused: MarkSheetRefusal } {
  if (candidates === undefined) {
    return [...allCandidates(state.candidates)].filter(
      (one) => one.examiner === from && !one.withdrawn && one.state !== 'submitted',
    );
  }
  const moving: Candidate[] = [];
  for (const number of new Set(candidates)) {
    const found = listed(state, number);
    if ('refused' in found) return found;
    const { candidate } = found;
    if (candidate.examiner === to || candidate.submission === id) continue;
    if (candidate.examiner !== from) return refuse({ reason: 'NotYourCandidate', candidate: number });
    if (candidate.state === 'submitted') return refuse({ reason: 'MarkLocked', candidate: number });
    moving.push(candidate);
  }
  return moving;
}

function clearing(state: MarkSheet, candidate: Candidate): MarkSheetEvent {
  const data = { ...about(candidate), from: candidate.value as Value, ...unitOf(state) };
  return { type: 'MarkCleared', data };
}

function moved(
  { from, to, teamRevision }: Reallocate,
  moving: readonly Candidate[],
): readonly MarkSheetEvent[] {
  if (moving.length === 0) return [];
  const candidates = moving.map(({ number, state }) => ({
    candidate: number,
    state: state === 'outstanding' ? ('outstanding' as const) : ('blank' as const),
  }));
  return [{ type: 'MarkSheetReallocated', data: { from, to, candidates, teamRevision } }];
}
