/** Does a big log get slow? The same work on logs of 10⁴, 10⁵ and 10⁶ events, in turn. */
import { openEmbeddedStore } from '@portal/event-store/embedded';
import { createStreams, type EventStore } from '@portal/event-store';
import { randomUUID } from 'node:crypto';
import { createLog, encodeRow, markEntered, openBare, type LogFile } from './log-fixture.js';
import { median, nowMs, toFigure, type Figure } from './measure.js';

const SIZES = [10_000, 100_000, 1_000_000] as const;
/** As many marks as a centre has candidates. */
const EVENTS_PER_SHEET = 50;
/**
 * Sheets that are marked at the same time: the events of one lie that far apart. A million marks in twenty
 * days of eight hours are 1.7 a second; at two seconds a mark three or four sheets grow at once.
 */
const SHEETS_AT_ONCE = 4;
/** The worst hour, reported beside it: every event of a sheet lies on a page of its own. */
const SHEETS_AT_WORST = 40;
const ROUNDS = 7;
const PER_ROUND = 200;

interface Log {
  readonly size: number;
  readonly sheetsAtOnce: number;
  readonly file: LogFile;
  readonly store: EventStore;
  readonly appends: number[];
  readonly loads: number[];
}

export async function run(): Promise<readonly Figure[]> {
  const logs: Log[] = [];
  try {
    for (const size of SIZES) logs.push(await build(size, SHEETS_AT_ONCE));
    logs.push(await build(SIZES.at(-1)!, SHEETS_AT_WORST));
    // The first round only warms up; then each log in turn.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const log of logs) {
        const [append, load] = [await appendLatency(log.store), await loadLatency(log)];
        if (round === 0) continue;
        log.appends.push(append);
        log.loads.push(load);
      }
    }
    return [
      ...figures('append latency', logs, (log) => log.appends),
      ...figures('sheet-load latency', logs, (log) => log.loads),
    ];
  } finally {
    for (const { store, file } of logs) {
      await store.close();
      await file.remove();
    }
  }
}

function figures(what: string, logs: readonly Log[], of: (log: Log) => readonly number[]): readonly Figure[] {
  const [smallest, ...bigger] = logs;
  return bigger.map((log) => {
    const worst = log.sheetsAtOnce === SHEETS_AT_WORST;
    const where = `at ${log.size} events${worst ? `, ${SHEETS_AT_WORST} sheets at once` : ''}, against ${smallest!.size}`;
    return toFigure(
      { name: `growth: ${what} ${where}`, unit: 'ms', goal: worst ? 'reported' : { atMost: 1.5 } },
      of(log),
      of(smallest!),
    );
  });
}

async function build(size: number, sheetsAtOnce: number): Promise<Log> {
  const file = await createLog();
  const log = openBare(file.file);
  for (let done = 0; done < size; done += sheetsAtOnce * EVENTS_PER_SHEET) {
    log.db.exec('BEGIN');
    const first = done / EVENTS_PER_SHEET;
    const streams = Array.from({ length: sheetsAtOnce }, (_, n) => log.createStream(sheet(first + n)));
    for (let n = 0; n < EVENTS_PER_SHEET; n++)
      for (const stream of streams) log.insert(stream, n, encodeRow(markEntered(n)));
    log.db.exec('COMMIT');
  }
  log.db.close();
  return {
    size,
    sheetsAtOnce,
    file,
    store: await openEmbeddedStore({ file: file.file }),
    appends: [],
    loads: [],
  };
}

const sheet = (n: number): string => `markSheet-9999%2F01@2017-01-${n}`;

/** One writer, each event first of a new stream: no head is remembered. */
async function appendLatency(store: EventStore): Promise<number> {
  const took: number[] = [];
  for (let n = 0; n < PER_ROUND; n++) {
    const event = markEntered(n);
    const began = nowMs();
    await store.append(`markSheet-new-${randomUUID()}`, [event], 'no-stream');
    took.push(nowMs() - began);
  }
  return median(took);
}

/** Sheets taken over the whole log, none of them folded before. */
async function loadLatency({ store, size }: Log): Promise<number> {
  const sheets = size / EVENTS_PER_SHEET;
  const took: number[] = [];
  for (let n = 0; n < PER_ROUND; n++) {
    const streams = createStreams(store, { clock: () => new Date() });
    const began = nowMs();
    const loaded = await streams.load(COUNT, sheet(Math.floor(Math.random() * sheets)));
    took.push(nowMs() - began);
    if (loaded.state !== EVENTS_PER_SHEET) throw new Error(`a sheet of ${loaded.state} events`);
  }
  return median(took);
}

const COUNT = {
  initial: 0,
  decide: () => ({ accepted: [] }),
  evolve: (events: number) => events + 1,
};
