import type * as Wire from '@portal/contract';
import type { ApiResult } from './result.js';
import { documentsApi, type DocumentsApi } from './documents.js';
import { iamisApi, type IamisApi } from './iamis.js';
import { administration, commands, reader, reads, writer } from './routes.js';
import { proving, type Prove } from './proving.js';
import { createTransport, type TransportOptions } from './transport.js';

/** Every route of the contract as a typed call. Types only: the schemas themselves are not loaded by the client. */

/** How a write is made repeatable. */
export interface Command {
  /** The same id again is the same command, however often it is sent. */
  readonly commandId: string;
  readonly capacity?: string | undefined;
}

export interface Read {
  /** Wait, briefly, until the answer includes this position. Default: the latest this client has seen. */
  readonly atLeast?: string | undefined;
  readonly capacity?: string | undefined;
}

export interface CandidateCommand extends Command {
  /** The candidate's revision that the person saw. */
  readonly expect?: number | undefined;
}

export interface CandidatePlace {
  readonly component: string;
  readonly centre: string;
  readonly candidate: string;
}

export interface ImportCommand extends Command {
  readonly dryRun?: boolean | undefined;
}

export type Verify = { readonly mark: string; readonly keep?: 'first' | 'second' | undefined };
export type Script = { readonly received: boolean; readonly reason?: string | undefined };
export type ConcernKind = 'malpractice' | 'special-consideration' | 'illegible' | 'wrong-paper' | 'other';
export type Submit = {
  readonly sheets?: readonly {
    readonly centre: string;
    readonly candidates: readonly { readonly candidate: string; readonly revision: number }[];
  }[];
  readonly centre?: string | undefined;
  readonly confirmed?: boolean | undefined;
};

export type SignInLogFilter = Readonly<Partial<Record<'person' | 'from' | 'to' | 'limit' | 'before', string>>>;
export type FactorDeed = 'list' | 'totp' | 'totp-confirmation' | 'sms' | 'sms-confirmation' | 'app' | 'recovery';
export type AccountDeed = 'unlock' | 'end-sessions' | 'reset-factors' | 'disable' | 'enable';

export interface Api {
  readonly server: string;
  /** The latest position this client has been told of; reads include it unless they say otherwise. */
  readonly seen: () => string | undefined;
  readonly noteSeen: (position: string | null | undefined) => void;
  /** For a service that was set up anew, where that position will never come. */
  readonly forgetSeen: () => void;

  readonly me: () => Promise<ApiResult<Wire.Me>>;
  readonly services: (read?: Read) => Promise<ApiResult<readonly Wire.ServiceEntry[]>>;
  readonly emi: (read?: Read) => Promise<ApiResult<readonly Wire.EmiSummary[]>>;
  readonly sheets: (component: string, read?: Read) => Promise<ApiResult<readonly Wire.SheetSummary[]>>;
  readonly sheet: (component: string, centre: string, read?: Read) => Promise<ApiResult<Wire.Sheet>>;
  readonly history: (place: CandidatePlace, read?: Read) => Promise<ApiResult<readonly Wire.HistoryEntry[]>>;
  readonly receipts: (component: string, read?: Read) => Promise<ApiResult<readonly Wire.Receipt[]>>;
  readonly team: (component: string, read?: Read) => Promise<ApiResult<readonly Wire.TeamNode[]>>;
  readonly component: (component: string, read?: Read) => Promise<ApiResult<Wire.Component>>;

  /** Rows are accepted one by one, each with its own answer, in their order; 1 to 500. */
  readonly enterMarks: (
    component: string,
    centre: string,
    marks: readonly Wire.MarkRow[],
    options?: Partial<Command>,
  ) => Promise<ApiResult<readonly Wire.MarkAnswer[]>>;
  readonly enterMark: (
    place: CandidatePlace,
    mark: Wire.EnterMark,
    command: CandidateCommand,
  ) => Promise<ApiResult<Wire.MarkEntered>>;
  readonly verify: (
    place: CandidatePlace,
    body: Verify,
    command: CandidateCommand,
  ) => Promise<ApiResult<Wire.MarkEntered>>;
  readonly flag: (
    place: CandidatePlace,
    flagged: boolean,
    command: CandidateCommand,
  ) => Promise<ApiResult<Wire.MarkEntered>>;
  readonly script: (
    place: CandidatePlace,
    body: Script,
    command: CandidateCommand,
  ) => Promise<ApiResult<Wire.MarkEntered>>;
  readonly concern: (
    place: CandidatePlace,
    kind: ConcernKind,
    command: CandidateCommand,
  ) => Promise<ApiResult<Wire.MarkEntered>>;
  readonly unlisted: (
    component: string,
    centre: string,
    number: string,
    command: Command,
  ) => Promise<ApiResult<Wire.Recorded>>;
  readonly submit: (component: string, body: Submit, command: Command) => Promise<ApiResult<Wire.Receipt>>;
  readonly reallocate: (
    component: string,
    centre: string,
    body: Wire.Reallocate,
    command: Command,
  ) => Promise<ApiResult<Wire.Recorded>>;
  /** Checked and recorded; the capacity itself goes with every request. */
  readonly workAs: (component: string, command: Command) => Promise<ApiResult<Wire.WorkingAs>>;
  /** Of the caller's account, here and on every other device. Sent twice, the second finds nothing to end. */
  readonly signOutEverywhere: () => Promise<ApiResult<Wire.SignedOutEverywhere>>;
  /** For auditors: what happened at sign-ins, newest first. */
  readonly signInLog: (asked: SignInLogFilter, options?: Read) => Promise<ApiResult<readonly Wire.SignInLogEntry[]>>;
  readonly sessions: () => Promise<ApiResult<Wire.OpenSessions>>;
  /** One of the caller's own. Sent twice, the second finds it ended. */
  readonly endSession: (session: string) => Promise<ApiResult<Wire.SessionEnded>>;
  /** What is asked for besides the password: the routes of contract/factors.ts by their last word. */
  readonly factors: <T>(deed: FactorDeed, body?: object, how?: { readonly quietly: boolean }) => Promise<ApiResult<T>>;
  readonly changeAccount: (username: string, deed: AccountDeed, command: Command) => Promise<ApiResult<Wire.AccountChanged>>;
  readonly rotateKeys: (command: Command) => Promise<ApiResult<Wire.KeysRotated>>;

  readonly iamis: IamisApi;
  readonly documents: DocumentsApi;

  readonly putComponent: (component: Wire.Component, command: Command) => Promise<ApiResult<Wire.Component>>;
  readonly allocate: (
    component: string,
    rows: readonly unknown[],
    command: ImportCommand,
  ) => Promise<ApiResult<Wire.ImportAnswer>>;
  readonly putTeam: (
    component: string,
    rows: readonly unknown[],
    command: ImportCommand,
  ) => Promise<ApiResult<Wire.ImportAnswer>>;
  readonly putCandidates: (rows: readonly unknown[], command: ImportCommand) => Promise<ApiResult<Wire.ImportAnswer>>;
  readonly putCentres: (rows: readonly unknown[], command: ImportCommand) => Promise<ApiResult<Wire.ImportAnswer>>;
  readonly putAccounts: (rows: readonly unknown[], command: ImportCommand) => Promise<ApiResult<Wire.AccountsAnswer>>;
  readonly temporaryPass: (username: string, command: Command) => Promise<ApiResult<Wire.TemporaryPass>>;
  readonly createAccount: (account: Wire.CreateAccount, command: Command) => Promise<ApiResult<Wire.AccountCreated>>;
}

export interface ApiOptions extends TransportOptions {
  /** Without it what wants a newer factor is refused, and that is all. */
  readonly prove?: Prove;
}

export function createApi(options: ApiOptions): Api {
  const seen = createSeen();
  const send = proving(createTransport(options), options.prove);
  const read = reader(send, seen.get);
  const write = writer(send, seen.note);
  return {
    server: options.server,
    seen: seen.get,
    noteSeen: seen.note,
    forgetSeen: seen.forget,
    ...reads(read),
    ...commands(write),
    ...administration(write),
    iamis: iamisApi(read, write),
    documents: documentsApi(send, read, write),
  };
}

/** Positions of one store compare as text. */
function createSeen() {
  let latest: string | undefined;
  return {
    get: () => latest,
    note: (position: string | null | undefined) => {
      if (position && (latest === undefined || position > latest)) latest = position;
    },
    forget: () => {
      latest = undefined;
    },
  };
}
