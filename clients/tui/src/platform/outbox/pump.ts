import type { MarkAnswer, MarkRow } from '@portal/contract';
import { isPassing, type ApiResult } from '../api/result.js';
import type { Drained, DrainOptions, MarkSender, OutboxAnswer } from './outbox.js';
import type { SheetQueue } from './sheet-queue.js';
import type { StatusBoard } from './status.js';

/** Sends one batch after another for as long as something waits; one request is under way at a time. */
export interface Pump {
  readonly wake: () => void;
  readonly retryNow: () => void;
  readonly drain: (options: DrainOptions) => Promise<Drained>;
  readonly stop: () => Promise<void>;
}

interface PumpOptions {
  readonly sheets: readonly SheetQueue[];
  readonly api: MarkSender;
  readonly status: StatusBoard;
  readonly tell: (answer: OutboxAnswer) => void;
  readonly backoffMs: { readonly first: number; readonly longest: number };
}

const DRAIN_MS = 30_000;

export function createPump(options: PumpOptions): Pump {
  const { status } = options;
  const attempts = new Set<() => void>();
  let failures = 0;
  let turn = 0;
  let stopped = false;
  let running: Promise<void> | undefined;
  let pause: { readonly end: () => void } | undefined;

  const nextSheet = () => {
    const busy = options.sheets.filter(sheet => sheet.count() > 0);
    return busy[turn++ % Math.max(1, busy.length)];
  };
  const run = async () => {
    for (let sheet = nextSheet(); sheet && !stopped && status.get().connection !== 'signed-out'; sheet = nextSheet()) {
      failures = (await sendBatch(options, sheet)) ? 0 : failures + 1;
      attempts.forEach(heard => heard());
      if (failures > 0 && !stopped && status.get().connection !== 'signed-out') await rest();
    }
    running = undefined;
  };
  const rest = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, waitMs(options.backoffMs, failures));
      pause = { end: () => { clearTimeout(timer); resolve(); } };
    });
  const wake = () => {
    if (!stopped) running ??= Promise.resolve().then(run);
  };
  const retryNow = () => {
    if (status.get().connection === 'signed-out') status.set({ connection: 'offline', trouble: undefined });
    failures = 0;
    pause?.end();
    wake();
  };
  return {
    wake,
    retryNow,
    drain: drainOptions => drain(drainOptions, options, attempts, retryNow),
    stop: async () => {
      stopped = true;
      pause?.end();
      await running;
    },
  };
}

/** True where every row of the batch has its answer. */
async function sendBatch({ api, status, tell }: PumpOptions, sheet: SheetQueue): Promise<boolean> {
  const rows = sheet.take();
  status.changed();
  const result = await api.enterMarks(sheet.component, sheet.centre, rows);
  const answers = answersOf(rows, result);
  const settled = sheet.settle(rows, answers);
  const trouble = troubleOf(result) ?? settled.again;
  status.set({
    connection: result.kind === 'signed-out' ? 'signed-out' : trouble === undefined ? 'online' : 'offline',
    trouble,
    ...(settled.answers.length > 0 && { lastAcknowledgedAt: new Date().toISOString() }),
  });
  settled.answers.forEach(tell);
  // Unwritten answers cost one repeated sending after a crash; the person is told that the disk is in trouble.
  await settled.noted.catch(error => status.set({ trouble: (error as NodeJS.ErrnoException).code ?? String(error) }));
  return trouble === undefined;
}

/** A refusal of the whole request that will not pass is the answer of each row: it stays in the journal, listed. */
function answersOf(rows: readonly MarkRow[], result: ApiResult<readonly MarkAnswer[]>): readonly MarkAnswer[] {
  if (result.kind === 'ok') return result.value;
  if (result.kind !== 'problem' || isPassing(result.problem)) return [];
  return rows.map(row => ({ commandId: row.commandId, refused: result.problem }));
}

function troubleOf(result: ApiResult<unknown>): string | undefined {
  if (result.kind === 'unreachable' || result.kind === 'unknown') return result.cause;
  if (result.kind === 'signed-out') return 'not-signed-in';
  return result.kind === 'problem' && isPassing(result.problem) ? result.problem.type : undefined;
}

/** Doubling, with up to a fifth of chance so that forty clients do not come back in step. */
function waitMs(backoff: { first: number; longest: number }, failures: number): number {
  return Math.min(backoff.longest, backoff.first * 2 ** (failures - 1)) * (0.8 + Math.random() * 0.2);
}

function drain(
  { component, timeoutMs = DRAIN_MS }: DrainOptions,
  { sheets, status }: PumpOptions,
  attempts: Set<() => void>,
  retryNow: () => void,
): Promise<Drained> {
  const left = () =>
    sheets.filter(sheet => component === undefined || sheet.component === component).reduce((sum, sheet) => sum + sheet.count(), 0);
  if (left() === 0) return Promise.resolve({ kind: 'drained' });
  return new Promise(resolve => {
    const finish = (drained: Drained) => {
      clearTimeout(timer);
      attempts.delete(look);
      resolve(drained);
    };
    const look = () => {
      const { connection } = status.get();
      if (left() === 0) finish({ kind: 'drained' });
      else if (connection !== 'online') finish({ kind: connection, left: left() });
    };
    const timer = setTimeout(() => finish({ kind: 'timeout', left: left() }), timeoutMs);
    attempts.add(look);
    retryNow();
  });
}
