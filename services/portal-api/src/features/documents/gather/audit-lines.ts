import type { AuditEntryShown } from '@portal/documents';
import { saidOf, type CandidateAt, type HistoryEntry, type TextReference } from '@portal/domain';
import type { RecordedEvent } from '@portal/event-store';
import { memberOf, roleOf } from '../../../platform/capacity.js';
import type { Sources } from './request.js';

export interface Line {
  readonly entry: HistoryEntry;
  /** Nobody where it concerns the whole centre. */
  readonly candidates: readonly CandidateAt[];
}

interface History {
  readonly at: CandidateAt;
  readonly entries: readonly HistoryEntry[];
}

/** A line an event; where it set marks, a line for each mark that is another now. */
export function linesOf(events: readonly RecordedEvent[], histories: readonly History[]): readonly Line[] {
  const all = histories.flatMap(({ at, entries }) => entries.map((entry) => ({ at, entry })));
  const told = Map.groupBy(all, ({ entry }) => entry.event);
  return events.flatMap((event): readonly Line[] => {
    const about = told.get(event.id) ?? [];
    const moved = about.filter(({ entry }) => entry.from !== entry.to);
    if (moved.length > 0) return moved.map(({ at, entry }) => ({ entry, candidates: [at] }));
    const [first] = about;
    if (first !== undefined && about.length === 1) return [{ entry: first.entry, candidates: [first.at] }];
    // What happens to a centre happens to each of its candidates: then nobody is named.
    const candidates = about.length === histories.length ? [] : about.map(({ at }) => at);
    return [{ entry: { ...(first?.entry ?? bareEntry(event)), from: undefined, to: undefined }, candidates }];
  });
}

/** With names where events have ids. */
export async function shownLine({ entry, candidates }: Line, { names, texts }: Sources): Promise<AuditEntryShown> {
  const { event, type, recordedAt, actor, capacity, session, authMethod, client, from, to, reason, position } = entry;
  const member = memberOf(capacity);
  return {
    event,
    type,
    recordedAt,
    actor: (await names.display(actor)) || actor,
    role: roleOf(capacity),
    ...(member !== undefined && { member: (await names.display(member)) || member }),
    session,
    authMethod,
    ...(client !== undefined && { client }),
    candidate: candidates.length > MOST_NAMED ? `(${candidates.length})` : candidates.map(({ candidate }) => candidate).join(' '),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    reason: typeof reason === 'object' ? await texts.read(reason) : (reason ?? ''),
    position,
  };
}

const MOST_NAMED = 60;

/** Of an event that is in no candidate's history: the report of a centre, a script that no list has. */
function bareEntry(event: RecordedEvent): HistoryEntry {
  const { reason, number } = event.data as { readonly reason?: TextReference; readonly number?: string };
  return {
    ...saidOf(event),
    type: event.type as HistoryEntry['type'],
    from: undefined,
    to: undefined,
    reason: reason ?? number,
    fromExaminer: undefined,
    toExaminer: undefined,
  };
}
