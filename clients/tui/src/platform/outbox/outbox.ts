import type { MarkAnswer, MarkEntered, MarkRow } from '@portal/contract';
import type { ApiProblem, ApiResult } from '../api/result.js';
import type { RefusedMark, SetAside } from '../journal/entries.js';
import { openJournal, type Aside } from '../journal/journal.js';
import { sheetsOnDisk } from '../journal/sheets.js';
import { createPump } from './pump.js';
import { createSheet, type SheetQueue } from './sheet-queue.js';
import { createStatus } from './status.js';

/**
 * Carries marks from the journal to the service: in order, in batches, at most one per candidate in flight,
 * repeated with the same command ids until each has an answer. Nothing answered is ever sent again.
 */
export interface Outbox {
  /** Opens the sheet's journal; what it still owes is queued. The same sheet again is the same object. */
  readonly open: (component: string, centre: string) => Promise<OutboxSheet>;
  /** Queues what earlier runs left owing on any sheet of this person. */
  readonly resume: () => Promise<readonly OutboxSheet[]>;
  readonly status: () => OutboxStatus;
  readonly onStatus: (listener: (status: OutboxStatus) => void) => () => void;
  readonly onAnswer: (listener: (answer: OutboxAnswer) => void) => () => void;
  /** Try at once: the person signed in again, or the network came back. */
  readonly retryNow: () => void;
  /** Sends what is queued, of one component or of all, and says what came of it. Before a submission. */
  readonly drain: (options?: DrainOptions) => Promise<Drained>;
  /** What was typed on the sheets of one component and is recorded nowhere: no mark at all, or refused by the service. */
  readonly notTaken: (component: string) => readonly NotTaken[];
  /** Stops sending; what is owed stays on disk. */
  readonly close: () => Promise<void>;
}

export interface NotTaken extends Aside {
  readonly centre: string;
}

export interface OutboxSheet {
  readonly component: string;
  readonly centre: string;
  /** On this machine's disk when it resolves; sending follows by itself. */
  readonly commit: (marks: readonly TypedMark[]) => Promise<void>;
  /** Not answered yet, in order. */
  readonly queued: () => readonly TypedMark[];
  readonly refused: () => readonly RefusedMark[];
  /** Typed and no mark: kept on this machine, sent nowhere. */
  readonly setAside: (entries: readonly SetAside[]) => Promise<void>;
  readonly aside: () => readonly Aside[];
  readonly dismiss: (commandIds: readonly string[]) => Promise<void>;
}

export interface TypedMark {
  readonly commandId: string;
  readonly candidate: string;
  readonly mark: string;
  readonly confirmed?: boolean;
  /** The candidate's revision on the screen. Later ones that this outbox was told of take its place. */
  readonly expect?: number;
  /** Of a moderator's mark: in which it was typed. */
  readonly capacity?: string;
  readonly enteredAt: string;
}

export interface OutboxStatus {
  readonly connection: 'online' | 'offline' | 'signed-out';
  /** Not answered yet, those in flight among them. */
  readonly queued: number;
  readonly inFlight: number;
  /** ISO 8601. */
  readonly lastAcknowledgedAt: string | undefined;
  /** Why it waits, as a problem type or a system's word; undefined while all is well. */
  readonly trouble: string | undefined;
}

export type OutboxAnswer = {
  readonly component: string;
  readonly centre: string;
  readonly candidate: string;
  readonly commandId: string;
  /** What was typed. */
  readonly mark: string;
} & ({ readonly recorded: MarkEntered } | { readonly refused: ApiProblem });

export interface DrainOptions {
  readonly component?: string;
  /** Default 30,000. */
  readonly timeoutMs?: number;
}

export type Drained =
  | { readonly kind: 'drained' }
  | { readonly kind: 'offline' | 'signed-out' | 'timeout'; readonly left: number };

/** Where rows go: the route of mark sheets, or whatever else answers each row by itself, in order. */
export interface MarkSender {
  readonly enterMarks: (component: string, centre: string, rows: readonly OutboxRow[]) => Promise<ApiResult<readonly MarkAnswer[]>>;
}

export type OutboxRow = MarkRow & { readonly capacity?: string };

export interface OutboxOptions {
  readonly api: MarkSender;
  readonly server: string;
  readonly account: string;
  readonly journalFolder: string;
  /** First and longest pause between attempts. */
  readonly backoffMs?: { readonly first: number; readonly longest: number };
}

const BACKOFF_MS = { first: 500, longest: 15_000 };

export function createOutbox(options: OutboxOptions): Outbox {
  const sheets = new Map<string, Promise<SheetQueue>>();
  const opened: SheetQueue[] = [];
  const status = createStatus(opened);
  const answers = new Set<(answer: OutboxAnswer) => void>();
  const tell = (answer: OutboxAnswer) => answers.forEach(listener => listener(answer));
  const pump = createPump({ sheets: opened, api: options.api, status, tell, backoffMs: options.backoffMs ?? BACKOFF_MS });

  const openQueue = async (component: string, centre: string) => {
    const { server, account, journalFolder } = options;
    const journal = await openJournal(journalFolder, { server, account, component, centre });
    const queue = createSheet({ component, centre, journal, onQueued: () => { status.changed(); pump.wake(); } });
    opened.push(queue);
    if (queue.queued().length > 0) pump.wake();
    status.changed();
    return queue;
  };
  const open = (component: string, centre: string) => {
    const key = `${component} ${centre}`;
    const sheet = sheets.get(key) ?? openQueue(component, centre);
    sheets.set(key, sheet);
    // A journal that could not be opened may be tried again.
    sheet.catch(() => sheets.delete(key));
    return sheet;
  };
  return {
    open,
    resume: () =>
      Promise.all(sheetsOnDisk(options.journalFolder, options).map(({ component, centre }) => open(component, centre))),
    status: status.get,
    onStatus: status.listen,
    onAnswer: listener => (answers.add(listener), () => void answers.delete(listener)),
    retryNow: pump.retryNow,
    drain: drainOptions => pump.drain(drainOptions ?? {}),
    notTaken: component => opened.filter(sheet => sheet.component === component).flatMap(notTakenOn),
    close: async () => {
      await pump.stop();
      for (const sheet of opened.splice(0)) await sheet.close();
      sheets.clear();
    },
  };
}

/** The last thing typed for each candidate. */
function notTakenOn(sheet: SheetQueue): readonly NotTaken[] {
  const refused = sheet.refused().map(({ mark }) => [mark.candidate, mark.mark] as const);
  const aside = sheet.aside().map(({ candidate, typed }) => [candidate, typed] as const);
  return [...new Map([...refused, ...aside])].map(([candidate, typed]) => ({ centre: sheet.centre, candidate, typed }));
}
