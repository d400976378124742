import type { AuditReportModel } from '@portal/documents';
import {
  allCandidates,
  fold,
  historyOf,
  markSheet,
  markSheetStream,
  moderatedInOrder,
  moderationHistoryOf,
  type CandidateAt,
  type HistoryEntry,
  type MarkSheet,
  type MarkSheetEvent,
} from '@portal/domain';
import type { RecordedEvent } from '@portal/event-store';
import { linesOf, shownLine } from './audit-lines.js';
import { candidatesOf, centresShown, readComponent } from './component.js';
import { moderationOf } from './moderations.js';
import type { Reading } from './reading.js';
import { NothingToShow, type DocumentRequest, type Sources } from './request.js';

/** Of one candidate everything that concerns them; of a centre every event, and each mark that one set. */
export async function gatherAuditReport(request: DocumentRequest, sources: Sources, reading: Reading): Promise<AuditReportModel> {
  const { settings, shown } = await readComponent(reading, request.component);
  const found = settings.kind === 'EMI' ? await marked(request, reading) : await moderated(request, sources, reading);
  const { candidate: number, centre = '' } = request;
  const isWanted = (one: CandidateAt): boolean => number === undefined || (one.centre === centre && one.candidate === number);
  const wanted = found.candidates.filter(isWanted);
  if (number !== undefined && wanted.length === 0) throw new NothingToShow('candidate-unknown');
  const histories = await reading.each(wanted, (at) => ({ at, entries: found.history(at) }));
  const ofOne = histories.flatMap(({ at, entries }) => entries.map((entry) => ({ entry, candidates: [at] })));
  const lines = number === undefined ? linesOf(found.events, histories) : ofOne;
  const known = await candidatesOf(sources, reading, { component: request.component, centres: found.centres });
  return {
    kind: 'audit-report',
    of: settings.kind === 'EMI' ? 'marking' : 'moderating',
    language: request.language,
    component: shown,
    centres: await centresShown(sources, number === undefined ? found.centres : [centre]),
    ...(number !== undefined && { candidate: { number, name: known(centre, number)?.name ?? '' } }),
    entries: await reading.each(lines, (line) => shownLine(line, sources)),
    source: await reading.source(),
  };
}

interface Found {
  readonly centres: readonly string[];
  readonly events: readonly RecordedEvent[];
  readonly candidates: readonly CandidateAt[];
  readonly history: (at: CandidateAt) => readonly HistoryEntry[];
}

async function marked({ component, centre = '' }: DocumentRequest, reading: Reading): Promise<Found> {
  const events = await reading.stream(markSheetStream(component, centre));
  if (events.length === 0) throw new NothingToShow('centre-unknown');
  const state = fold<MarkSheetEvent, MarkSheet>(markSheet, events as unknown as readonly MarkSheetEvent[]);
  const candidates = [...allCandidates(state.candidates)].map(({ number }) => ({ centre, candidate: number }));
  return { centres: [centre], events, candidates, history: ({ candidate }) => historyOf(candidate, events) };
}

async function moderated(request: DocumentRequest, sources: Sources, reading: Reading): Promise<Found> {
  const { events, state } = await moderationOf(reading, request, sources);
  const candidates = moderatedInOrder(state.candidates).map(({ centre, candidate }) => ({ centre, candidate }));
  return { centres: state.centres, events, candidates, history: (at) => moderationHistoryOf(at, events) };
}
