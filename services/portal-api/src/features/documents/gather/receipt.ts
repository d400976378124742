import type { ReceiptModel } from '@portal/documents';
import {
  inPoints,
  kebabCase,
  markSheetStream,
  receipts,
  receiptsKey,
  submissionStream,
  type MarkSheetEvent,
  type ReceiptEntry,
  type SubmissionEvent,
} from '@portal/domain';
import { centreShown, readComponent } from './component.js';
import { subjectOf } from './part.js';
import { Reading } from './reading.js';
import { NothingToShow, type DocumentRequest, type Sources } from './request.js';

/** As it was when it was submitted: what happens to the sheets later does not touch it. */
export async function gatherReceipt(request: DocumentRequest, sources: Sources): Promise<ReceiptModel> {
  const entry = await entryOf(request, sources);
  const reading = new Reading(sources.events, entry.position);
  const { shown } = await readComponent(reading, request.component);
  const { receipt, marks, absent, late, position, recordedAt, logHead, leftOut } = entry;
  return {
    kind: 'receipt',
    language: request.language,
    component: shown,
    receipt,
    person: await sources.names.display(subjectOf(request)),
    recordedAt,
    position,
    marks,
    absent,
    late,
    ...(logHead !== undefined && { logHead }),
    sheets: await sheets(entry, request.component, { reading, sources }),
    leftOut: leftOut.map(({ centre, candidate, why }) => ({ centre, candidate, why: kebabCase(why) })),
    source: await reading.source(),
  };
}

/** By its number, or the latest there was. */
async function entryOf(request: DocumentRequest, { views }: Sources): Promise<ReceiptEntry> {
  const { component, receipt, at } = request;
  const all = (await views.get(receipts, receiptsKey(subjectOf(request), component)))?.receipts ?? [];
  const known = all.filter(({ position }) => at === undefined || position <= at);
  const entry = receipt === undefined ? known.at(-1) : known.find((one) => one.receipt === receipt);
  if (entry === undefined) throw new NothingToShow('no-receipt');
  return entry;
}

interface From {
  readonly reading: Reading;
  readonly sources: Sources;
}

async function sheets({ submission }: ReceiptEntry, component: string, { reading, sources }: From): Promise<ReceiptModel['sheets']> {
  const started = (await reading.stream(submissionStream(submission))) as unknown as readonly SubmissionEvent[];
  const numbers = started.flatMap((event) => (event.type === 'SubmissionStarted' ? event.data.sheets.map(({ centre }) => centre) : []));
  const found: ReceiptModel['sheets'][number][] = [];
  for (const centre of numbers.toSorted()) {
    const events = (await reading.stream(markSheetStream(component, centre))) as unknown as readonly MarkSheetEvent[];
    const submitted = events.flatMap((event) => (event.type === 'MarksSubmitted' && event.data.submission === submission ? [event.data] : []));
    const values = submitted.flatMap(({ candidates, unit }) => candidates.map(({ mark }) => inPoints(mark, unit === 'half')));
    const marks = values.filter((value) => typeof value === 'number');
    if (values.length === 0) continue;
    const total = marks.reduce((sum, mark) => sum + mark, 0);
    found.push({ ...(await centreShown(sources, centre)), marks: marks.length, absent: values.length - marks.length, total });
  }
  return found;
}
