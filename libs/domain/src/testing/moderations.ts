/** Arbitrary commands and events of one small consortium: few candidates, few people, so that they meet often. */
import fc from 'fast-check';
import type { ModerationCommand } from '../moderation/commands.js';
import { moderation } from '../moderation/decide.js';
import type { ModerationEvent } from '../moderation/events.js';
import type { Moderation } from '../moderation/state.js';
import { reasonOf, REPORT } from './one-moderation.js';

export const UNIT = '3000N1@2017-06';
export const CENTRES = ['68101', '68102'] as const;
export const MODERATORS = ['anna', 'bryn', 'pam'] as const;
/** In points. */
export const MAXIMUM = 12;

const NUMBERS = Array.from({ length: 9 }, (_, at) => String(at + 1).padStart(4, '0'));
const anyCentre = fc.constantFrom(...CENTRES);
const anyNumber = fc.constantFrom(...NUMBERS, '0044', '12');
const which = { centre: anyCentre, candidate: anyNumber };
const revision = fc.integer({ min: 0, max: 40 });
const reason = fc.nat(400).map((id) => reasonOf(`t-${id}`));
const seed = fc.constantFrom('s-1', 's-2', 's-3');
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const typed = fc.constantFrom('0', '1', '3', '4.5', '6', '7', '9', '11.5', '12', '13', '7.', 'ABS', 'CF', 'CLEAR');

const person = (...usual: readonly (readonly [string, string])[]): fc.Arbitrary<readonly [string, string]> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('anna', 'bryn', 'pam', 'chad', 'ada'), fc.constantFrom('moderator', 'principal', 'chair', 'admin')) },
  );
const reviewer = person(['anna', 'moderator'], ['anna', 'moderator'], ['bryn', 'moderator'], ['pam', 'principal']);
const approver = person(['pam', 'principal'], ['chad', 'chair']);
const admin = person(['ada', 'admin']);

function asked(
  type: ModerationCommand['type'],
  who: fc.Arbitrary<readonly [string, string]>,
  fields: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<ModerationCommand> {
  return fc
    .record({ who, fields: fc.record(fields) })
    .map(({ who: [actor, role], fields: rest }) => JSON.parse(JSON.stringify({ type, actor, role, ...rest })) as ModerationCommand);
}

const group = maybe(fc.constantFrom('11A', '11B'));
const settings = fc.constantFrom(
  { tolerance: 1, method: 'ols' },
  { tolerance: 1, method: 'constant' },
  { tolerance: 2, method: 'structural', useModeratorMarks: true },
  { tolerance: 1, method: 'deming' },
);
const choice = fc.constantFrom('accept', 'ols', 'constant', 'use-moderator-marks', 'piecewise');

const single: fc.Arbitrary<ModerationCommand> = fc.oneof(
  asked('AllocateModerator', admin, { component: fc.constant(UNIT), centres: fc.constant(CENTRES), moderator: fc.constantFrom(...MODERATORS) }),
  asked('ReallocateModerator', approver, {
    to: fc.constantFrom(...MODERATORS),
    entered: fc.constantFrom('keep', 'clear', undefined),
    seniorTo: fc.constantFrom(MODERATORS, MODERATORS, ['anna']),
    teamRevision: revision,
  }),
  asked('ReceiveCentreMarks', admin, {
    component: fc.constant(UNIT),
    centres: fc.constant(CENTRES),
    centre: anyCentre,
    maximum: fc.constantFrom(MAXIMUM, MAXIMUM, MAXIMUM, 11),
    halfMarks: fc.constant(true),
    rows: fc.array(fc.record({ candidate: anyNumber, typed, teachingGroup: group }), { maxLength: 3 }),
  }),
  asked('SubmitCentreMarks', admin, { rule: fc.constantFrom('jcq-classic', 'jcq-2026'), seed }),
  asked('EnterModeratorMark', reviewer, { ...which, typed, expect: maybe(revision) }),
  asked('EnterModeratorMark', reviewer, { ...which, typed }),
  asked('ReportWorkNotReceived', reviewer, { ...which, reason, expect: maybe(revision) }),
  asked('ReportWorkReceived', reviewer, which),
  asked('ReplaceSampleCandidate', reviewer, { ...which, reason }),
  asked('RequestFurtherSample', approver, { seed, reason, size: fc.constantFrom(1, 2, undefined) }),
  asked('RequestCentreMarkChange', fc.oneof(reviewer, admin), { ...which, typed, reason, teachingGroup: group }),
  asked('ApproveCentreMarkChange', approver, { change: revision }),
  asked('RefuseCentreMarkChange', approver, { change: revision, reason }),
  asked('SaveReport', reviewer, { report: fc.constantFrom(REPORT, { language: 'cy' }) }),
  asked('CompleteReport', reviewer, { report: fc.constant(REPORT) }),
  asked('ReopenReport', reviewer),
  asked('SubmitModeration', reviewer, { settings, late: fc.boolean() }),
  asked('ChooseOutcome', approver, { choice, reason, anchors: maybe(fc.constant([{ at: 6, difference: -1 }])) }),
  asked('ApproveOutcome', approver, { outcome: revision, approvers: fc.constant(['pam', 'chad']) }),
  asked('ReturnOutcome', approver, { reason }),
  asked('ReturnCentreMarks', approver, { reason }),
);

/** What answers itself from the state: without these no arbitrary sequence comes to its end. */
export type Step = ModerationCommand | (typeof ANSWERS)[number];
const ANSWERS = ['finish', 'approve', 'agree to changes', 'refuse changes', 'lose work', 'find work', 'replace the lost'] as const;

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof({ weight: 12, arbitrary: single }, { weight: 4, arbitrary: fc.constantFrom<Step>(...ANSWERS, 'finish', 'finish', 'approve', 'approve') }),
  { maxLength: 30, size: 'max' },
);

function commandsOf(step: Step, state: Moderation): readonly ModerationCommand[] {
  if (step === 'finish') return finishing(state);
  const pam = { actor: 'pam', role: 'principal' } as const;
  if (step === 'approve') {
    const outcome = state.outcome?.revision ?? 0;
    return [{ type: 'ApproveOutcome', ...pam, outcome, approvers: ['chad'] }, { type: 'ApproveOutcome', actor: 'chad', role: 'chair', outcome, approvers: [] }];
  }
  if (step === 'lose work' || step === 'find work' || step === 'replace the lost') return aboutWork(step, state);
  const changes = [...state.changes.keys()];
  if (step === 'agree to changes') return changes.map((change) => ({ type: 'ApproveCentreMarkChange', ...pam, change }));
  if (step !== 'refuse changes') return [step];
  return changes.map((change) => ({ type: 'RefuseCentreMarkChange', ...pam, change, reason: reasonOf(`no-${change}`) }));
}

function aboutWork(step: Extract<Step, string>, state: Moderation): readonly ModerationCommand[] {
  const by = { actor: state.moderator ?? 'anna', role: 'moderator' } as const;
  const sampled = [...state.candidates.values()].filter(({ isSampled }) => isSampled);
  const [lost, there] = [sampled.filter((one) => !one.isReceived), sampled.filter((one) => one.isReceived)];
  const why = (key: string) => reasonOf(`${step.slice(0, 4)}-${key}-${state.revision}`);
  if (step === 'find work') return lost.map(({ centre, candidate }) => ({ type: 'ReportWorkReceived', ...by, centre, candidate }));
  const type = step === 'lose work' ? 'ReportWorkNotReceived' : 'ReplaceSampleCandidate';
  const some = step === 'lose work' ? there.slice(-3) : lost;
  return some.map(({ centre, candidate }) => ({ type, ...by, centre, candidate, reason: why(centre + candidate) }));
}

/** Marks whatever remains, writes the report and submits. */
function finishing(state: Moderation): readonly ModerationCommand[] {
  const by = { actor: state.moderator ?? 'anna', role: 'moderator' } as const;
  const marks = [...state.candidates.values()].filter((one) => one.isSampled && one.moderatorMark === undefined);
  return [
    { type: 'SubmitCentreMarks', actor: 'ada', role: 'admin', rule: 'jcq-classic', seed: 's-1' },
    ...marks.map(({ centre: where, candidate: number, mark }, at): ModerationCommand => {
      const points = typeof mark === 'number' ? Math.trunc(mark / 2) : 3;
      return { type: 'EnterModeratorMark', ...by, centre: where, candidate: number, typed: String(Math.max(0, points - (at % 4))) };
    }),
    { type: 'CompleteReport', ...by, report: REPORT },
    { type: 'SubmitModeration', ...by, settings: { tolerance: 1, method: 'ols' }, late: false },
  ];
}

const rowsOf = (shift: number) => NUMBERS.map((number, at) => ({ candidate: number, typed: String((at * 5 + shift) % (MAXIMUM + 1)), teachingGroup: at % 3 === 0 ? '11A' : '11B' }));
const admins = { actor: 'ada', role: 'admin', component: UNIT, centres: CENTRES } as const;

/** Eighteen candidates of two centres, so that ten of them are sampled. */
export const beginnings: readonly ModerationCommand[] = [
  { type: 'ReceiveCentreMarks', ...admins, centre: CENTRES[0], maximum: MAXIMUM, halfMarks: true, rows: rowsOf(1) },
  { type: 'AllocateModerator', ...admins, moderator: 'anna' },
  { type: 'ReceiveCentreMarks', ...admins, centre: CENTRES[1], maximum: MAXIMUM, halfMarks: true, rows: rowsOf(3) },
];

export interface ModerationRun {
  readonly state: Moderation;
  readonly events: readonly ModerationEvent[];
}

/** The commands one after another, each on what those before recorded; `after` sees each of them. */
export function runModeration(
  sequence: readonly Step[],
  after: (before: Moderation, command: ModerationCommand, recorded: readonly ModerationEvent[], state: Moderation) => void = () => {},
): ModerationRun {
  let state = moderation.initial;
  const events: ModerationEvent[] = [];
  for (const step of [...beginnings, ...sequence]) {
    for (const command of commandsOf(step, state)) {
      const before = state;
      const decision = moderation.decide(command, before);
      const recorded = 'accepted' in decision ? decision.accepted : [];
      for (const one of recorded) state = moderation.evolve(state, one);
      events.push(...recorded);
      after(before, command, recorded, state);
    }
  }
  return { state, events };
}
