import type { ExportModel, ExportRow } from '@portal/documents';
import { historyOf, moderatedInOrder, moderationHistoryOf, moderationOutcome } from '@portal/domain';
import type { RecordedEvent } from '@portal/event-store';
import { candidatesOf, readComponent } from './component.js';
import { moderationsOf, type FoundModeration } from './moderations.js';
import type { Reading } from './reading.js';
import type { DocumentRequest, Sources } from './request.js';
import { sheetsOf, type FoundSheet } from './sheets.js';

/** One row a candidate of the asker's part. Names are not exported; a UCI is what others know a candidate by. */
export async function gatherExport(request: DocumentRequest, sources: Sources, reading: Reading): Promise<ExportModel> {
  const { settings, shown } = await readComponent(reading, request.component);
  const rows = settings.kind === 'EMI' ? await marked(request, sources, reading) : await moderated(request, sources, reading);
  const known = await candidatesOf(sources, reading, { component: request.component, centres: [...new Set(rows.map(({ centre }) => centre))] });
  return {
    kind: 'export',
    language: request.language,
    format: request.format ?? 'csv',
    component: shown,
    rows: rows.map((row) => ({ ...row, uci: known(row.centre, row.candidate)?.uci ?? '' })).toSorted(byNumber),
    source: await reading.source(),
  };
}

type Bare = Omit<ExportRow, 'uci'>;

function byNumber(a: ExportRow, b: ExportRow): number {
  if (a.centre !== b.centre) return a.centre < b.centre ? -1 : 1;
  return a.candidate < b.candidate ? -1 : 1;
}

async function marked(request: DocumentRequest, sources: Sources, reading: Reading): Promise<readonly Bare[]> {
  const sheets = await sheetsOf(reading, request, sources);
  return (await reading.each(sheets, markedRows)).flat();
}

/** The examiner's mark stands beside the final one, which there is only when it is submitted. */
function markedRows({ centre, events, rows }: FoundSheet): readonly Bare[] {
  const submittedAt = submissionsIn(events);
  return rows.map(({ candidate, mark, state, flagged }) => ({
    centre,
    candidate,
    status: mark === undefined ? 'NONE' : mark === 'ABS' ? 'ABS' : 'MARK',
    isSampled: flagged,
    ...(typeof mark === 'number' && { moderatorMark: mark, ...(state === 'submitted' && { finalMark: mark }) }),
    outcome: state,
    submittedAt: state === 'submitted' ? (submittedAt.get(candidate) ?? '') : '',
    position: historyOf(candidate, events).at(-1)?.position ?? '',
  }));
}

function submissionsIn(events: readonly RecordedEvent[]): ReadonlyMap<string, string> {
  const times = new Map<string, string>();
  for (const { type, data, metadata } of events) {
    if (type !== 'MarksSubmitted') continue;
    const { candidates } = data as unknown as { readonly candidates: readonly { readonly candidate: string }[] };
    for (const { candidate } of candidates) times.set(candidate, String(metadata['recordedAt']));
  }
  return times;
}

async function moderated(request: DocumentRequest, sources: Sources, reading: Reading): Promise<readonly Bare[]> {
  const found = await moderationsOf(reading, request, sources);
  return (await reading.each(found, moderatedRows)).flat();
}

/** A mark is final when its outcome is approved, and not before. */
function moderatedRows({ state, events }: FoundModeration): readonly Bare[] {
  const { stage, isApproved, rows } = moderationOutcome(events);
  const sampled = new Map(moderatedInOrder(state.candidates).map((one) => [`${one.centre}/${one.candidate}`, one.isSampled]));
  const submitted = state.submitted ? events.findLast(({ type }) => type === 'ModerationSubmitted') : undefined;
  return rows.map(({ centre, candidate, centreMark, moderatorMark, adjusted }) => ({
    centre,
    candidate,
    status: typeof centreMark === 'number' ? 'MARK' : centreMark,
    ...(typeof centreMark === 'number' && { centreMark }),
    isSampled: sampled.get(`${centre}/${candidate}`) === true,
    ...(moderatorMark !== undefined && { moderatorMark }),
    ...(isApproved && typeof adjusted === 'number' && { finalMark: adjusted }),
    outcome: state.nothingToModerate ? 'nothing-to-moderate' : stage,
    submittedAt: String(submitted?.metadata['recordedAt'] ?? ''),
    position: moderationHistoryOf({ centre, candidate }, events).at(-1)?.position ?? '',
  }));
}
