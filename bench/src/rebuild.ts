/** All views from a log of a million events, in one read, against reading and parsing that log and nothing else. */
import { dirname, join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { markSheetStream, VIEWS, type PortalEvent } from '@portal/domain';
import type { NewEvent } from '@portal/event-store';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import { buildGenerations, SqliteViewStore } from '@portal/portal-api';
import { createLog, encodeRow, markEntered, openBare, type BareLog, type LogFile } from './log-fixture.js';
import { compare, median, nowMs, toFigure, type Figure } from './measure.js';

const EVENTS = 1_000_000;
const CANDIDATES = 50;
const COMPONENTS = 200;
const SHEETS_AT_ONCE = 40;
const SAMPLE_EVERY = 50_000;

export async function run(): Promise<readonly Figure[]> {
  const log = await createLog();
  try {
    const events = fill(log.file);
    const memory: number[][] = [];
    const figure = await compare({
      name: 'rebuild: all views from 1,000,000 events, against reading and parsing them', unit: 'events/s', goal: { atLeast: 0.5 }, runs: 3,
      ours: () => rebuild(log, events, memory), peer: () => readAndParse(log.file, events),
    });
    return [figure, flatness(memory)];
  } finally {
    await log.remove();
  }
}

/** Resident megabytes in the last third of the events over those in the first, warm-up run left out. */
function flatness(memory: readonly (readonly number[])[]): Figure {
  const thirds = memory.slice(1).map((samples) => {
    const third = Math.floor(samples.length / 3);
    return { first: median(samples.slice(0, third)), last: median(samples.slice(-third)) };
  });
  const about = { name: 'rebuild: memory in the last third, against the first', unit: 'MB', goal: { atMost: 1.3 } } as const;
  return toFigure(about, thirds.map(({ last }) => last), thirds.map(({ first }) => first));
}

let runs = 0;

async function rebuild({ file }: LogFile, expected: number, memory: number[][]): Promise<number> {
  const events = await openEmbeddedStore({ file });
  const views = new SqliteViewStore(join(dirname(file), `views-${(runs += 1)}.db`));
  const samples: number[] = [];
  let folded = 0;
  const onProgress = (count: number): void => {
    if (Math.floor(count / SAMPLE_EVERY) > Math.floor(folded / SAMPLE_EVERY)) samples.push(process.memoryUsage.rss() / 1e6);
    folded = count;
  };
  const began = nowMs();
  await buildGenerations(events, views, VIEWS, { onProgress });
  const perSecond = (folded * 1000) / (nowMs() - began);
  await views.close();
  await events.close();
  memory.push(samples);
  if (folded !== expected) throw new Error(`folded ${folded} events of ${expected}`);
  return perSecond;
}

/** Whole rows in pages, as plain arrays: of the ways to read a log with this SQLite the fastest. */
function readAndParse(file: string, expected: number): number {
  const db = new DatabaseSync(file, { readOnly: true });
  const page = db.prepare('SELECT position, data, metadata, stream, revision, id, type FROM events WHERE position > ? ORDER BY position LIMIT 1000');
  page.setReturnArrays(true);
  const began = nowMs();
  let read = 0;
  for (let rows = rowsAfter(page, 0); rows.length > 0; rows = rowsAfter(page, rows.at(-1)![0])) {
    for (const [, data, metadata] of rows) [JSON.parse(data), JSON.parse(metadata)];
    read += rows.length;
  }
  const perSecond = (read * 1000) / (nowMs() - began);
  db.close();
  if (read !== expected) throw new Error(`read ${read} events of ${expected}`);
  return perSecond;
}

const rowsAfter = (page: StatementSync, after: number) => page.all(after) as unknown as readonly [number, string, string][];

type Said = PortalEvent extends infer Event ? (Event extends PortalEvent ? Pick<Event, 'type' | 'data'> : never) : never;

/** Sheets of fifty candidates allocated, marked, half of it corrected, submitted: forty of them at a time. */
function fill(file: string): number {
  const log = openBare(file);
  const eventsEach = sheetEvents(0).length;
  const sheets = Math.floor(EVENTS / eventsEach / SHEETS_AT_ONCE) * SHEETS_AT_ONCE;
  for (let first = 0; first < sheets; first += SHEETS_AT_ONCE) {
    log.begin();
    const open = Array.from({ length: SHEETS_AT_ONCE }, (_, n) => openSheet(log, first + n));
    for (let n = 0; n < eventsEach; n++) for (const { stream, events } of open) write(log, stream, n, events[n]!);
    log.commit();
  }
  log.db.close();
  return sheets * eventsEach;
}

const componentOf = (sheet: number): string => `${9000 + (sheet % COMPONENTS)}/01@2017-01`;
const centreOf = (sheet: number): string => String(60_000 + Math.floor(sheet / COMPONENTS));

/** The stream of a sheet, and what is recorded in it, ready to be appended. */
export const sheetOf = (sheet: number): { readonly stream: string; readonly events: readonly NewEvent[] } => ({
  stream: markSheetStream(componentOf(sheet), centreOf(sheet)),
  events: sheetEvents(sheet).map((event, n) => ({ ...markEntered(n), ...(event as object) })),
});

const openSheet = (log: BareLog, sheet: number) => ({
  stream: log.createStream(markSheetStream(componentOf(sheet), centreOf(sheet))),
  events: sheetEvents(sheet),
});

function write(log: BareLog, stream: number, revision: number, event: Said): void {
  log.insert(stream, revision, encodeRow({ ...markEntered(revision), ...(event as object) }));
}

function sheetEvents(sheet: number): readonly Said[] {
  const [component, centre, examiner] = [componentOf(sheet), centreOf(sheet), `account-${sheet % 1_000}`];
  const candidates = Array.from({ length: CANDIDATES }, (_, n) => String(n + 1).padStart(4, '0'));
  const mark = (n: number): number => 1 + ((n * 7 + sheet) % 78);
  return [
    { type: 'MarkSheetAllocated', data: { component, centre, examiner, maximum: 80, halfMarks: false, candidates } },
    ...candidates.map((candidate, n): Said => ({ type: 'MarkEntered', data: { candidate, examiner, mark: mark(n) } })),
    ...candidates.slice(0, CANDIDATES / 2).map(
      (candidate, n): Said => ({ type: 'MarkCorrected', data: { candidate, examiner, from: mark(n), mark: mark(n) + 1 } }),
    ),
    ...candidates.slice(0, 10).map(
      (candidate): Said => ({
        type: 'CandidateRegistered',
        data: { id: `${sheet}-${candidate}`, series: 'January 2017', centre, candidate, name: `Candidate ${candidate}` },
      }),
    ),
    {
      type: 'MarksSubmitted',
      data: { submission: `submission-${sheet}`, examiner, candidates: candidates.map((candidate, n) => ({ candidate, mark: mark(n) })), late: false },
    },
  ];
}
