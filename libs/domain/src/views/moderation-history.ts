/** Everything that ever happened to one moderated candidate's mark, oldest first: in the shape of any other history. */
import type { CentreMark } from '../adjustment/outcome.js';
import { inPoints } from '../mark.js';
import type { CandidateAt, ModerationEvent } from '../moderation/events.js';
import type { HistoryEntry } from './history.js';
import { saidOf } from './history.js';
import type { Recorded } from './view.js';

/** `events`: all events of the candidate's moderation stream, which may be that of a consortium. */
export function moderationHistoryOf(at: CandidateAt, events: readonly Recorded[]): readonly HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  let centreMark: CentreMark | undefined;
  let halfMarks = false;
  for (const recorded of events) {
    const event = recorded as unknown as ModerationEvent;
    if (event.type === 'CentreMarksReceived') ({ halfMarks } = event.data);
    const change = changeOf(event, at, centreMark);
    if (change === undefined) continue;
    if (MARKS_OF_THE_CENTRE.has(event.type)) centreMark = change.to;
    const [from, to] = [points(change.from, halfMarks), points(change.to, halfMarks)];
    entries.push({ ...saidOf(recorded), type: event.type, from, to, reason: change.reason, ...peopleOf(event) });
  }
  return entries;
}

interface Change {
  readonly from?: CentreMark | undefined;
  readonly to?: CentreMark | undefined;
  readonly reason?: HistoryEntry['reason'];
}

const MARKS_OF_THE_CENTRE: ReadonlySet<ModerationEvent['type']> = new Set(['CentreMarksReceived', 'CentreMarkAmended', 'LateCentreMarkReceived']);

/** What the event did to the candidate; nothing at all where it is not about them. */
function changeOf(event: ModerationEvent, at: CandidateAt, centreMark: CentreMark | undefined): Change | undefined {
  switch (event.type) {
    case 'CentreMarksReceived':
      return event.data.centre === at.centre ? receivedIn(event.data.candidates, at) : undefined;
    case 'SampleDrawn':
    case 'FurtherSampleDrawn':
      return event.data.candidates.some((one) => isSame(one, at)) ? {} : undefined;
    case 'SampleCandidateReplaced':
      return isSame(event.data.out, at) || isSame(event.data.in, at) ? { reason: event.data.reason } : undefined;
    case 'OutcomeComputed':
      return { from: centreMark, to: event.data.adjusted.find((one) => isSame(one, at))?.mark ?? centreMark };
    case 'CentreReportSaved':
    case 'CentreReportCompleted':
    case 'CentreReportReopened':
    case 'FurtherSampleRequested':
    case 'CentreMarkChangeRefused':
      return undefined;
    default:
      return aboutMark(event, at) ?? ofTheCentre(event);
  }
}

function aboutMark(event: ModerationEvent, at: CandidateAt): Change | undefined {
  if (!('candidate' in event.data) || !isSame(event.data, at)) return undefined;
  switch (event.type) {
    case 'ModeratorMarkEntered':
      return { to: event.data.mark };
    case 'ModeratorMarkCorrected':
      return { from: event.data.from, to: event.data.mark };
    case 'ModeratorMarkCleared':
      return { from: event.data.from };
    case 'CentreMarkChangeRequested':
    case 'LateCentreMarkReceived':
      return { to: event.data.mark, reason: event.data.reason };
    case 'CentreMarkAmended':
      return { from: event.data.from, to: event.data.to, reason: event.data.reason };
    case 'WorkNotReceived':
      return { reason: event.data.reason };
    default:
      return {};
  }
}

/** What happens to a centre happens to each of its candidates. */
function ofTheCentre({ data }: ModerationEvent): Change | undefined {
  if ('candidate' in data) return undefined;
  return 'reason' in data ? { reason: data.reason } : {};
}

function receivedIn(
  candidates: Extract<ModerationEvent, { readonly type: 'CentreMarksReceived' }>['data']['candidates'],
  { candidate }: CandidateAt,
): Change | undefined {
  const found = candidates.find((one) => one.candidate === candidate);
  return found === undefined ? undefined : { from: found.from, to: found.mark };
}

function peopleOf(event: ModerationEvent): Pick<HistoryEntry, 'fromExaminer' | 'toExaminer'> {
  if (event.type === 'ModeratorReallocated') return { fromExaminer: event.data.from, toExaminer: event.data.to };
  return { fromExaminer: undefined, toExaminer: event.type === 'ModeratorAllocated' ? event.data.moderator : undefined };
}

const isSame = (one: CandidateAt, other: CandidateAt): boolean => one.centre === other.centre && one.candidate === other.candidate;

function points(mark: CentreMark | undefined, halfMarks: boolean): CentreMark | undefined {
  return mark === undefined || mark === 'CF' ? mark : inPoints(mark, halfMarks);
}
