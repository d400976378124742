/** One moderation told step by step: the fixtures of its specs. Four candidates, all of them sampled. */
import type { ModerationCommand } from '../moderation/commands.js';
import { moderation } from '../moderation/decide.js';
import type { CandidateAt, ModerationEvent, ReportTexts } from '../moderation/events.js';
import type { Moderation } from '../moderation/state.js';
import type { TextReference } from '../text.js';

export const COMPONENT = '3000N1@2017-06';
export const CENTRE = '68101';
export const ANNA = 'anna';
export const BRYN = 'bryn';
export const PAM = 'pam';
export const CHAD = 'chad';
export const byAnna = { actor: ANNA, role: 'moderator' } as const;
export const byPam = { actor: PAM, role: 'principal' } as const;
export const byAda = { actor: 'ada', role: 'admin' } as const;

export const reasonOf = (text: string): TextReference => ({ text, sha256: 'ab'.repeat(32) });
export const at = (candidate: string): CandidateAt => ({ centre: CENTRE, candidate });
export const REPORT: ReportTexts = {
  language: 'en',
  accuracy: reasonOf('r-1'),
  administration: reasonOf('r-2'),
  tasks: reasonOf('r-3'),
};

export const allocate = {
  type: 'AllocateModerator',
  ...byAda,
  component: COMPONENT,
  centres: [CENTRE],
  moderator: ANNA,
} as const;

/** By candidate number: marks of the centre as a file has them. */
export const receive = (marks: Readonly<Record<string, string>>, more: object = {}): ModerationCommand => ({
  type: 'ReceiveCentreMarks',
  ...byAda,
  component: COMPONENT,
  centres: [CENTRE],
  centre: CENTRE,
  maximum: 60,
  halfMarks: false,
  rows: Object.entries(marks).map(([candidate, typed]) => ({ candidate, typed })),
  ...more,
});
export const FOUR = { '0001': '10', '0002': '20', '0003': '30', '0004': '40' } as const;
export const close = { type: 'SubmitCentreMarks', ...byAda, rule: 'jcq-classic', seed: 's-1' } as const;
export const enter = (candidate: string, typed: string, more: object = {}): ModerationCommand => ({
  type: 'EnterModeratorMark',
  ...byAnna,
  ...at(candidate),
  typed,
  ...more,
});
export const complete = { type: 'CompleteReport', ...byAnna, report: REPORT } as const;
export const submit = {
  type: 'SubmitModeration',
  ...byAnna,
  settings: { tolerance: 3, method: 'ols' },
  deadline: '2017-05-15T22:59:00Z',
  late: false,
} as const;
export const approve = (outcome: number, more: object = {}): ModerationCommand => ({
  type: 'ApproveOutcome',
  ...byPam,
  outcome,
  approvers: [PAM, CHAD],
  ...more,
});
/** The moderator gives so many marks more than the centre, to each of the four. */
export const reviewed = (more: number): readonly ModerationCommand[] =>
  Object.entries(FOUR).map(([candidate, typed]) => enter(candidate, String(Number(typed) + more)));

export const opened: readonly ModerationCommand[] = [allocate, receive(FOUR), close];
export const toSubmission = (more: number): readonly ModerationCommand[] => [...opened, ...reviewed(more), complete, submit];

/** What the commands record, one after another; a refusal is a mistake in the spec. */
export function told(...commands: readonly ModerationCommand[]): readonly ModerationEvent[] {
  const events: ModerationEvent[] = [];
  let state: Moderation = moderation.initial;
  for (const command of commands) {
    const decision = moderation.decide(command, state);
    if ('refused' in decision) throw new Error(`${command.type}: ${JSON.stringify(decision.refused)}`);
    for (const event of decision.accepted) state = moderation.evolve(state, event);
    events.push(...decision.accepted);
  }
  return events;
}
