import { parseMark } from '@portal/domain';
import type { ApiProblem } from '../../platform/api/result.js';
import { sentenceOf } from '../../platform/i18n/not-done.js';
import type { Sentence, Services } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { cut } from '../../platform/text/width.js';
import { capacityOn } from './moderation.messages.js';
import { placeOf, stay, warn, type Left, type MarkAnswered, type Next, type ReviewedMark, type ReviewEffect } from './review.messages.js';
import { indexOf, rowAt, typedForm, valueOf, withRow, type ReviewState, type Row, type Step } from './review.state.js';
import { whyNotTheirs } from './whose-centre.js';

/** A mark leaves the cell: to the journal where it is one, else it stays on its row as `!`, recorded nowhere. */
export function commit(state: ReviewState, index: number, typed: string, services: Services, expect?: number): Next {
  const row = state.rows[index];
  if (row === undefined) return stay(state);
  const { centre, candidate } = row.saved;
  const from = valueOf(row);
  const why = whyNotAMark(state, row, typed);
  const step: Step = { centre, candidate, from, to: typed, isTaken: why === undefined };
  if (why !== undefined) {
    const shown = harmless(typed);
    const next = withRow({ ...state, undo: [...state.undo, step] }, index, { rejected: { typed: shown, why } });
    const sentence: Sentence = why.id === 'iamis.reallocated' ? why : { id: 'iamis.rejected', values: { candidate, typed: shown } };
    const said = { type: 'say', sentence, as: 'error' } as const;
    return stay(next, setAside(state, row, shown), { type: 'bell' }, said);
  }
  const cleared = withRow(state, index, { rejected: undefined, conflict: undefined, refusedIds: [] });
  const dismissed: ReviewEffect[] = row.rejected === undefined ? [] : [setAside(state, row, null)];
  if (row.refusedIds.length > 0) dismissed.push({ type: 'moderation/dismiss', at: placeOf(state), commandIds: row.refusedIds });
  // Typed again, it stands already: nothing is sent.
  if (from === typed) return stay(cleared, ...dismissed);
  const mark = reviewed(state, row, { typed, expect }, services);
  const pending = [...row.pending, { commandId: mark.commandId, mark: typed, isKept: false }];
  const next = withRow({ ...cleared, undo: [...state.undo, step] }, index, { pending });
  return stay(next, { type: 'moderation/commit', at: placeOf(state), mark }, ...dismissed);
}

/** Puts back what stood before the last step: as a new event, for the log forgets nothing. */
export function undo(state: ReviewState, services: Services): Next {
  const step = state.undo.at(-1);
  if (step === undefined) return stay(state);
  const rest = { ...state, undo: state.undo.slice(0, -1) };
  const index = indexOf(state, step);
  const row = state.rows[index];
  if (row === undefined) return stay(rest);
  const here = { ...rest, cursor: index, cell: undefined };
  if (!step.isTaken) return stay(withRow(here, index, { rejected: undefined }), setAside(state, row, null));
  // Somebody has put a third value there since: undo is no wish to overwrite it.
  if (valueOf(row) !== step.to) return warn(here, { id: 'iamis.not-undone' });
  const next = commit(here, index, step.from, services);
  return stay({ ...next.state, undo: rest.undo }, ...next.effects, { type: 'say', sentence: { id: 'iamis.undone' } });
}

function setAside(state: ReviewState, { saved }: Row, typed: string | null): ReviewEffect {
  const { centre, candidate } = saved;
  return { type: 'moderation/set-aside', at: placeOf(state), centre, candidate, typed };
}

/** Why this is no mark here; undefined where it is one. */
function whyNotAMark(state: ReviewState, row: Row, typed: string): Sentence | undefined {
  const { sample } = state;
  const gone = whyNotTheirs(state);
  if (gone !== undefined) return movedOn(row.saved.candidate, typed);
  if (!row.saved.isReceived) return { id: 'iamis.why.not-received' };
  if (sample === undefined) return { id: 'why.loading' };
  const shown = harmless(typed);
  const answer = parseMark(typed, sample);
  if ('parsed' in answer) return answer.parsed === 'ABS' ? { id: 'iamis.malformed', values: { typed: shown } } : undefined;
  const { refused } = answer;
  if (refused.reason === 'MarkOutOfRange') return { id: 'mark-entry.over', values: { typed: shown, maximum: refused.maximum } };
  return { id: refused.reason === 'MarkNotHalf' ? 'mark-entry.not-half' : 'iamis.malformed', values: { typed: shown } };
}

/** The centre is somebody else's by now: it is recorded nowhere, and kept with its candidate on this machine. */
const movedOn = (candidate: string, typed: string): Sentence => ({ id: 'iamis.reallocated', values: { candidate: sanitise(candidate), typed: harmless(typed) } });

const harmless = (typed: string): string => cut(sanitise(typed.slice(0, 100)), 16);

function reviewed(
  state: ReviewState,
  { saved }: Row,
  { typed, expect = saved.revision }: { readonly typed: string; readonly expect: number | undefined },
  services: Services,
): ReviewedMark {
  const { centre, candidate } = saved;
  const enteredAt = new Date(services.now).toISOString();
  const capacity = capacityOn(state.component.component, services);
  return { centre, candidate, mark: typed, expect, commandId: services.newId(), enteredAt, capacity };
}

export function journaled(state: ReviewState, commandId: string): ReviewState {
  return mapPending(state, commandId, (row) => ({
    ...row,
    pending: row.pending.map((one) => (one.commandId === commandId ? { ...one, isKept: true } : one)),
  }));
}

/** The disk refused: what was typed stays on its row, and the person knows that it is kept nowhere. */
export function notJournaled(state: ReviewState, mark: ReviewedMark, reason: string): Next {
  const why: Sentence = { id: 'mark-entry.not-kept', values: { reason } };
  const next = mapPending(state, mark.commandId, (row) => ({
    ...row,
    pending: row.pending.filter(({ commandId }) => commandId !== mark.commandId),
    rejected: { typed: mark.mark, why },
  }));
  return stay(next, { type: 'bell' }, { type: 'say', sentence: why, as: 'error' });
}

export function answered(state: ReviewState, answer: MarkAnswered): Next {
  const index = indexOf(state, answer);
  const row = state.rows[index];
  if (row === undefined) return stay({ ...state, isStale: true });
  if ('recorded' in answer) {
    const { verdict } = answer.recorded;
    return stay({ ...withRow(state, index, recorded(row, answer)), ...(verdict && { verdict }) });
  }
  const next = withRow({ ...state, isStale: true }, index, refusedRow(row, answer));
  // A later value of this candidate is on its way: its own answer is the one to be shown.
  if (row.pending.some(({ commandId }) => commandId !== answer.commandId)) return stay(next);
  const { candidate, mark: typed } = answer;
  const isConflict = answer.refused.type === 'changed-elsewhere';
  const sentence: Sentence = answer.refused.type === 'reallocated' ? movedOn(candidate, typed) : { id: isConflict ? 'iamis.conflict' : 'iamis.rejected', values: { candidate, typed } };
  return stay(next, { type: 'bell' }, { type: 'say', sentence, as: isConflict ? 'conflict' : 'error' });
}

/** What was left in the journal: still owed, or refused and not dealt with, or never a mark. */
export function withLeft(state: ReviewState, { queued, refused, aside }: Left): ReviewState {
  const rows = state.rows.map((row) => {
    const of = <T extends { readonly centre: string; readonly candidate: string }>(all: readonly T[]) =>
      all.filter(({ centre, candidate }) => centre === row.saved.centre && candidate === row.saved.candidate);
    const known = new Set([...row.pending.map(({ commandId }) => commandId), ...row.refusedIds]);
    const missing = of(queued).filter(({ commandId }) => !known.has(commandId));
    const owed = missing.map(({ commandId, mark }) => ({ commandId, mark, isKept: true }));
    const withOwed = owed.length === 0 ? row : { ...row, pending: [...owed, ...row.pending] };
    const [typed] = row.rejected === undefined ? of(aside) : [];
    const withAside = typed === undefined ? withOwed : { ...withOwed, rejected: { typed: typed.typed, why: whyNotAMark(state, row, typed.typed) ?? NOT_TAKEN } };
    return of(refused)
      .filter(({ commandId }) => !known.has(commandId))
      .reduce((next, { commandId, mark, problem }) => refusedRow(next, { commandId, mark, refused: problem }), withAside);
  });
  return { ...state, rows };
}

/** It would be one now, and was none when it was typed: the person takes it or does not. */
const NOT_TAKEN: Sentence = { id: 'iamis.set-aside' };

function recorded(row: Row, answer: Extract<MarkAnswered, { recorded: unknown }>): Partial<Row> {
  const { mark, revision, recordedAt } = answer.recorded;
  const pending = row.pending.filter(({ commandId }) => commandId !== answer.commandId);
  const settled = { pending, conflict: undefined, refusedIds: [] };
  if (revision < row.saved.revision) return settled;
  return { ...settled, saved: { ...row.saved, moderatorMark: mark, revision, savedAt: mark === null ? null : (recordedAt ?? row.saved.savedAt) } };
}

/** What a refusal says of the mark that stands now. */
interface Standing {
  readonly mark: number | null;
  readonly revision: number;
  readonly by: string;
  readonly at: string;
}

/** `!` with what was typed, or `#` with what was typed over what stands now. */
function refusedRow(row: Row, { commandId, mark, refused }: Pick<Extract<MarkAnswered, { refused: unknown }>, 'commandId' | 'mark' | 'refused'>): Row {
  const pending = row.pending.filter((one) => one.commandId !== commandId);
  const next: Row = { ...row, pending, refusedIds: [...row.refusedIds, commandId] };
  if (refused.type === 'changed-elsewhere') {
    const { mark: theirs = null, revision = 0, by = '', at = '' } = refused as Partial<Standing>;
    const saved = revision > row.saved.revision ? { ...row.saved, moderatorMark: theirs, revision } : row.saved;
    return { ...next, saved, conflict: { mine: mark, by, at } };
  }
  return pending.length > 0 ? next : { ...next, rejected: { typed: mark, why: whyRefused(row, mark, refused) } };
}

/** The general words for a malformed mark offer ABS, which no moderator gives. */
function whyRefused({ saved }: Row, typed: string, refused: ApiProblem): Sentence {
  if (refused.type === 'reallocated') return movedOn(saved.candidate, typed);
  if (refused.type === 'mark-malformed') return { id: 'iamis.malformed', values: { typed: harmless(typed) } };
  return sentenceOf({ kind: 'problem', problem: refused });
}

function mapPending(state: ReviewState, commandId: string, change: (row: Row) => Row): ReviewState {
  const holds = (row: Row): boolean => row.pending.some((one) => one.commandId === commandId);
  return { ...state, rows: state.rows.map((row) => (holds(row) ? change(row) : row)) };
}

/** The person sends theirs once more, over what stands now. */
export function yours(state: ReviewState, services: Services): Next {
  const conflict = rowAt(state)?.conflict;
  return conflict === undefined ? stay(state) : commit(state, state.cursor, conflict.mine, services);
}

/** What is saved stands; what was typed is given up. */
export function theirs(state: ReviewState): Next {
  const row = rowAt(state);
  if (row?.conflict === undefined) return stay(state);
  const values = { candidate: row.saved.candidate, mark: row.saved.moderatorMark === null ? '–' : typedForm(row.saved.moderatorMark) };
  return stay(
    withRow(state, state.cursor, { conflict: undefined, refusedIds: [] }),
    { type: 'moderation/dismiss', at: placeOf(state), commandIds: row.refusedIds },
    { type: 'say', sentence: { id: 'mark-entry.theirs-taken', values } },
  );
}
