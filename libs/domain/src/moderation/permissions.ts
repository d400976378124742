/** Which role may ask what: one table, and the only place that says so. Whose centre it is comes after it. */
import type { ModerationCommand } from './commands.js';

/** Whoever the centre is allocated to reviews it, also a senior who has one of their own. */
const REVIEWERS = ['moderator', 'team-leader', 'principal'] as const;
const SENIORS = ['team-leader', 'principal', 'chair'] as const;
const APPROVERS = ['principal', 'chair'] as const;
const ADMIN = ['admin'] as const;

export const MODERATION_ROLES: { readonly [Type in ModerationCommand['type']]: readonly string[] } = {
  AllocateModerator: ADMIN,
  ReallocateModerator: SENIORS,
  ReceiveCentreMarks: ADMIN,
  SubmitCentreMarks: ADMIN,
  EnterModeratorMark: REVIEWERS,
  ReportWorkNotReceived: REVIEWERS,
  ReportWorkReceived: REVIEWERS,
  ReplaceSampleCandidate: REVIEWERS,
  RequestFurtherSample: [...REVIEWERS, 'chair'],
  RequestCentreMarkChange: [...REVIEWERS, ...ADMIN],
  ApproveCentreMarkChange: APPROVERS,
  RefuseCentreMarkChange: APPROVERS,
  SaveReport: REVIEWERS,
  CompleteReport: REVIEWERS,
  ReopenReport: REVIEWERS,
  SubmitModeration: REVIEWERS,
  ChooseOutcome: APPROVERS,
  ApproveOutcome: APPROVERS,
  ReturnOutcome: APPROVERS,
  ReturnCentreMarks: APPROVERS,
};

export function mayAsk({ type, role }: ModerationCommand): boolean {
  return MODERATION_ROLES[type].includes(role);
}
