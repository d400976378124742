/** Everything that ever happened to one candidate's mark, oldest first. */
import type { CentreMark } from '../adjustment/outcome.js';
import type { MarkSheetEvent, Value } from '../mark-sheet/events.js';
import { inPoints } from '../mark.js';
import type { ModerationEvent } from '../moderation/events.js';
import type { TextReference } from '../text.js';
import type { Recorded } from './view.js';

export interface HistoryEntry {
  readonly event: string;
  readonly type: (MarkSheetEvent | ModerationEvent)['type'];
  readonly recordedAt: string;
  readonly actor: string;
  readonly capacity: string;
  readonly session: string;
  /** How they had signed in, RFC 8176 names with spaces between; name and version of the client, where it said. */
  readonly authMethod: string;
  readonly client: string | undefined;
  /** The mark before and after, in points; undefined where there was none. */
  readonly from: CentreMark | undefined;
  readonly to: CentreMark | undefined;
  /** A word of ours, or somebody's own by reference. */
  readonly reason: string | TextReference | undefined;
  readonly position: string;
  /** The client's clock and how long it waited in the client's queue, where it said. */
  readonly enteredAt: string | undefined;
  readonly queuedMs: number | undefined;
  /** Account ids: who had the candidate before an allocation and has it after. */
  readonly fromExaminer: string | undefined;
  readonly toExaminer: string | undefined;
}

interface Metadata {
  readonly actor: string;
  readonly capacity: string;
  readonly session: string;
  readonly authMethod: string;
  readonly client?: string;
  readonly recordedAt: string;
  readonly enteredAt?: string;
  readonly queuedMs?: number;
}

/** `events`: all events of the candidate's mark-sheet stream. */
export function historyOf(candidate: string, events: readonly Recorded[]): readonly HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  let mark: Value | undefined;
  let halfMarks = false;
  for (const recorded of events) {
    const event = recorded as unknown as MarkSheetEvent;
    if (event.type === 'MarkSheetAllocated') ({ halfMarks } = event.data);
    if (!concerns(event, candidate)) continue;
    const from = mark;
    mark = markAfter(event, candidate, from);
    entries.push(entry(recorded, event, points(from, halfMarks), points(mark, halfMarks)));
  }
  return entries;
}

function concerns(event: MarkSheetEvent, candidate: string): boolean {
  switch (event.type) {
    case 'UnlistedScriptReported':
      return event.data.number === candidate;
    case 'MarkSheetAllocated':
      return event.data.candidates.includes(candidate);
    case 'MarksSubmitted':
    case 'MarkSheetReallocated':
      return event.data.candidates.some((one) => one.candidate === candidate);
    default:
      return event.data.candidate === candidate;
  }
}

function markAfter(event: MarkSheetEvent, candidate: string, before: Value | undefined): Value | undefined {
  switch (event.type) {
    case 'MarkEntered':
    case 'MarkCorrected':
      return event.data.mark;
    case 'AbsenceRecorded':
      return 'ABS';
    case 'MarkCleared':
      return undefined;
    case 'MarksSubmitted':
      return event.data.candidates.find((one) => one.candidate === candidate)?.mark;
    default:
      return before;
  }
}

function entry(
  recorded: Recorded,
  event: MarkSheetEvent,
  from: Value | undefined,
  to: Value | undefined,
): HistoryEntry {
  return { ...saidOf(recorded), type: event.type, from, to, reason: reasonOf(event), ...examinersOf(event) };
}

/** What is true of any event: who, in which capacity, when and where. */
export function saidOf({ id, position, metadata }: Recorded) {
  const { actor, capacity, session, authMethod, client, recordedAt, enteredAt, queuedMs } = metadata as Metadata;
  return { event: id, recordedAt, actor, capacity, session, authMethod, client, enteredAt, queuedMs, position };
}

function examinersOf(event: MarkSheetEvent): Pick<HistoryEntry, 'fromExaminer' | 'toExaminer'> {
  if (event.type === 'MarkSheetReallocated') return { fromExaminer: event.data.from, toExaminer: event.data.to };
  return { fromExaminer: undefined, toExaminer: event.type === 'MarkSheetAllocated' ? event.data.examiner : undefined };
}

function reasonOf(event: MarkSheetEvent): HistoryEntry['reason'] {
  if (event.type === 'ScriptNotReceived') return event.data.reason;
  return event.type === 'ConcernRaised' ? event.data.kind : undefined;
}

function points(value: Value | undefined, halfMarks: boolean): Value | undefined {
  return value === undefined ? undefined : inPoints(value, halfMarks);
}
