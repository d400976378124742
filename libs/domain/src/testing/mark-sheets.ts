/** Arbitrary commands and events of a small mark sheet: few candidates, few people, so that they meet often. */
import fc from 'fast-check';
import type { MarkSheetCommand } from '../mark-sheet/commands.js';
import { markSheet } from '../mark-sheet/decide.js';
import type { MarkSheetEvent, Value } from '../mark-sheet/events.js';
import type { MarkSheet } from '../mark-sheet/state.js';

export const COMPONENT = '9521/01@2017-01';
export const CENTRE = '68101';
export const PEOPLE = ['anna', 'bryn', 'cari'] as const;
/** In points. */
export const MAXIMUM = 4;

const person = fc.constantFrom(...PEOPLE);
const role = fc.constantFrom('examiner', 'examiner', 'examiner', 'examiner', 'team-leader');
const candidate = fc.constantFrom('0001', '0002', '0003', '0004', '0199', '9999');
const someCandidates = fc.uniqueArray(candidate, { maxLength: 6 });
const revision = fc.integer({ min: 0, max: 12 });
const late = fc.boolean();
const text = fc.constantFrom('a', 'b');
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

/** Mostly about one's own candidates as first allocated, sometimes about anybody's. */
const whose = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(['0001', 'anna'], ['0002', 'anna'], ['0003', 'bryn'], ['0004', 'bryn']),
  },
  { weight: 1, arbitrary: fc.tuple(candidate, person) },
);
const asked = <Fields extends Record<string, fc.Arbitrary<unknown>>>(
  type: string,
  fields: Fields,
): fc.Arbitrary<object> =>
  fc
    .record({ whose, fields: fc.record({ type: fc.constant(type), role, expect: maybe(revision), ...fields }) })
    .map(({ whose: [number, actor], fields: rest }) => ({ candidate: number, actor, ...rest }));
const typed = fc.constantFrom('0', '1', '2', '3', '4', '5', '0.5', '1.5', '4.5', '7.', '', 'ABS', 'CLEAR');
const reason = fc.record({ text, sha256: text });
const kind = fc.constantFrom('illegible' as const, 'other' as const);
const submission = fc.constantFrom('s-1', 's-2', 's-3');

/** Made without the members that are undefined: a command comes from JSON. */
export const commands: fc.Arbitrary<MarkSheetCommand> = fc
  .oneof(
    fc.record({
      type: fc.constant('AllocateCandidates'),
      component: fc.constant(COMPONENT),
      centre: fc.constant(CENTRE),
      examiner: person,
      maximum: fc.constantFrom(MAXIMUM, MAXIMUM, MAXIMUM, 3),
      halfMarks: fc.constantFrom(true, true, true, false),
      candidates: someCandidates,
    }),
    asked('EnterTyped', { typed, confirmed: maybe(fc.boolean()) }),
    asked('EnterTyped', { typed, confirmed: maybe(fc.boolean()) }),
    asked('EnterMark', { mark: fc.integer({ min: -1, max: 9 }), confirmed: maybe(fc.boolean()) }),
    asked('RecordAbsence', {}),
    asked('ClearMark', {}),
    asked('ConfirmMark', {}),
    asked('FlagSample', {}),
    asked('UnflagSample', {}),
    asked('VerifyMark', { typed, keep: maybe(fc.constantFrom('first', 'second')) }),
    asked('ReportScriptNotReceived', { reason }),
    asked('ReportScriptReceived', {}),
    asked('RaiseConcern', { kind }),
    fc.record({ type: fc.constant('ReportUnlistedScript'), number: candidate, actor: person, role }),
    fc.record({ type: fc.constant('WithdrawCandidate'), candidate }),
    fc.record({
      type: fc.constant('SubmitMarks'),
      submission,
      actor: person,
      role,
      candidates: maybe(fc.array(fc.record({ candidate, revision }), { maxLength: 3 })),
      confirmed: maybe(fc.boolean()),
      late,
    }),
    fc.record({
      type: fc.constant('Reallocate'),
      from: person,
      to: person,
      candidates: maybe(someCandidates),
      entered: fc.constantFrom(undefined, 'submit', 'clear'),
      seniorTo: fc.constantFrom(PEOPLE, PEOPLE, ['anna']),
      teamRevision: revision,
      submission,
      late,
    }),
  )
  .map((command) => JSON.parse(JSON.stringify(command)) as MarkSheetCommand);

const about = { candidate, examiner: person };
const value: fc.Arbitrary<Value> = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant('ABS' as const));
const mark = fc.integer({ min: 0, max: 9 });
const state = fc.constantFrom('blank', 'outstanding', 'entered', 'submitted');

/** Well formed, in any order: also such as no decision would record. */
export const events: fc.Arbitrary<MarkSheetEvent> = fc
  .oneof(
    event('MarkSheetAllocated', {
      component: fc.constant(COMPONENT),
      centre: fc.constant(CENTRE),
      examiner: person,
      maximum: fc.constantFrom(4, 8),
      halfMarks: fc.boolean(),
      candidates: fc.array(fc.oneof(candidate, fc.string()), { maxLength: 6 }),
    }),
    event('MarkEntered', { ...about, mark, confirmed: maybe(fc.boolean()) }),
    event('MarkCorrected', { ...about, from: value, mark }),
    event('AbsenceRecorded', { ...about, from: maybe(mark) }),
    event('MarkCleared', { ...about, from: value }),
    event('MarkConfirmed', { ...about, mark }),
    event('MarksVerified', {
      ...about,
      mark: value,
      second: value,
      kept: fc.constantFrom('same', 'first', 'second'),
    }),
    event('SampleFlagged', about),
    event('SampleUnflagged', about),
    event('ScriptNotReceived', { ...about, reason }),
    event('ScriptReceived', about),
    event('UnlistedScriptReported', { number: candidate }),
    event('ConcernRaised', { ...about, kind }),
    event('CandidateWithdrawn', { ...about, state }),
    event('MarksSubmitted', {
      submission,
      examiner: person,
      candidates: fc.array(fc.record({ candidate, mark: value }), { maxLength: 3 }),
      late,
    }),
    event('MarkSheetReallocated', {
      from: person,
      to: person,
      candidates: fc.array(fc.record({ candidate, state: fc.constantFrom('blank', 'outstanding') }), {
        maxLength: 3,
      }),
      teamRevision: revision,
    }),
    event('NoSuchEvent', about),
  )
  .map((one) => JSON.parse(JSON.stringify(one)) as MarkSheetEvent);

function event(type: string, data: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  return fc.record({ type: fc.constant(type), data: fc.record(data) });
}

/** A sheet with both examiners' candidates, so that what follows finds something to be about. */
export const allocations: readonly MarkSheetCommand[] = [
  allocation('anna', ['0001', '0002', '0199']),
  allocation('bryn', ['0003', '0004']),
];

export interface Run {
  readonly state: MarkSheet;
  readonly events: readonly MarkSheetEvent[];
}

/** The commands one after another, each on what those before recorded; `after` sees each step. */
export function run(
  sequence: readonly MarkSheetCommand[],
  after: (
    before: MarkSheet,
    command: MarkSheetCommand,
    recorded: readonly MarkSheetEvent[],
    state: MarkSheet,
  ) => void = () => {},
): Run {
  let state = markSheet.initial;
  const all: MarkSheetEvent[] = [];
  for (const command of [...allocations, ...sequence]) {
    const before = state;
    const decision = markSheet.decide(command, before);
    const recorded = 'accepted' in decision ? decision.accepted : [];
    for (const one of recorded) state = markSheet.evolve(state, one);
    all.push(...recorded);
    after(before, command, recorded, state);
  }
  return { state, events: all };
}

function allocation(examiner: string, candidates: readonly string[]): MarkSheetCommand {
  return {
    type: 'AllocateCandidates',
    component: COMPONENT,
    centre: CENTRE,
    examiner,
    maximum: MAXIMUM,
    halfMarks: true,
    candidates,
  };
}
