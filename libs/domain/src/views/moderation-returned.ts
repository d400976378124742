/** What was given back to a moderator or a centre and waits there still? Folded when asked. */
import type { ModerationEvent } from '../moderation/events.js';
import type { TextReference } from '../text.js';
import type { Recorded } from './view.js';

export interface ReturnedWhat {
  readonly reason: TextReference;
  /** An account id. */
  readonly actor: string;
  /** ISO instant. */
  readonly at: string;
}

/** All events of one moderation stream: the last return, undefined where something was submitted after it. */
export function returnedIn(events: readonly Recorded[]): ReturnedWhat | undefined {
  const last = events.findLast(({ type }) => RETURNS.includes(type) || SUBMISSIONS.includes(type));
  if (last === undefined || !RETURNS.includes(last.type)) return undefined;
  const { reason } = last.data as { readonly reason: TextReference };
  const { actor, recordedAt: at } = last.metadata as { readonly actor: string; readonly recordedAt: string };
  return { reason, actor, at };
}

type Types = readonly ModerationEvent['type'][];
const RETURNS: readonly string[] = ['OutcomeReturned', 'CentreMarksReturned'] satisfies Types;
const SUBMISSIONS: readonly string[] = ['ModerationSubmitted', 'CentreMarksSubmitted'] satisfies Types;
