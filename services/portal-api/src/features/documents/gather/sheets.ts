import { markSheets, markSheetStream, sheetOf, type SheetRow } from '@portal/domain';
import type { RecordedEvent } from '@portal/event-store';
import { isIn, partOf } from './part.js';
import type { Reading } from './reading.js';
import { NothingToShow, type DocumentRequest, type Sources } from './request.js';

export interface FoundSheet {
  readonly centre: string;
  readonly events: readonly RecordedEvent[];
  /** Of the asker's part, in the order of their numbers. */
  readonly rows: readonly SheetRow[];
}

/** The mark sheets of the asker's part, by centre; or the one that was asked for. */
export async function sheetsOf(reading: Reading, request: DocumentRequest, sources: Sources): Promise<readonly FoundSheet[]> {
  const { component, centre: only } = request;
  const part = await partOf(request, sources);
  const numbers = only === undefined ? await centresOf(component, sources) : [only];
  const found: FoundSheet[] = [];
  for (const centre of numbers) {
    const events = await reading.stream(markSheetStream(component, centre));
    const rows = sheetOf(events).rows.filter(({ examiner }) => isIn(part, examiner));
    if (rows.length > 0) found.push({ centre, events, rows });
  }
  if (only !== undefined && found.length === 0) throw new NothingToShow('centre-unknown');
  return found;
}

async function centresOf(component: string, { views }: Sources): Promise<readonly string[]> {
  const all = await views.list(markSheets, `${component}/`);
  return [...new Set(all.map(({ centre }) => centre))].toSorted();
}
