import type * as Wire from '@portal/contract';
import type { ApiResult } from './result.js';
import { createTransport, type Call, type Send, type TransportOptions } from './transport.js';

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

type Verify = { readonly mark: string; readonly keep?: 'first' | 'second' | undefined };
type Script = { readonly received: boolean; readonly reason?: string | undefined };
type ConcernKind = 'malpractice' | 'special-consideration' | 'illegible' | 'wrong-paper' | 'other';
export type Submit = {
  readonly sheets?: readonly {
    readonly centre: string;
    readonly candidates: readonly { readonly candidate: string; readonly revision: number }[];
  }[];
  readonly centre?: string | undefined;
  readonly confirmed?: boolean | undefined;
};

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
  readonly verify: (place: CandidatePlace, body: Verify, command: CandidateCommand) => Promise<ApiResult<Wire.MarkEntered>>;
  readonly flag: (place: CandidatePlace, flagged: boolean, command: CandidateCommand) => Promise<ApiResult<Wire.MarkEntered>>;
  readonly script: (place: CandidatePlace, body: Script, command: CandidateCommand) => Promise<ApiResult<Wire.MarkEntered>>;
  readonly concern: (place: CandidatePlace, kind: ConcernKind, command: CandidateCommand) => Promise<ApiResult<Wire.MarkEntered>>;
  readonly unlisted: (component: string, centre: string, number: string, command: Command) => Promise<ApiResult<Wire.Recorded>>;
  readonly submit: (component: string, body: Submit, command: Command) => Promise<ApiResult<Wire.Receipt>>;
  readonly reallocate: (
    component: string,
    centre: string,
    body: Wire.Reallocate,
    command: Command,
  ) => Promise<ApiResult<Wire.Recorded>>;

  readonly putComponent: (component: Wire.Component, command: Command) => Promise<ApiResult<Wire.Component>>;
  readonly allocate: (component: string, rows: readonly unknown[], command: ImportCommand) => Promise<ApiResult<Wire.ImportAnswer>>;
  readonly putTeam: (component: string, rows: readonly unknown[], command: ImportCommand) => Promise<ApiResult<Wire.ImportAnswer>>;
  readonly putCandidates: (rows: readonly unknown[], command: ImportCommand) => Promise<ApiResult<Wire.ImportAnswer>>;
  readonly putCentres: (rows: readonly unknown[], command: ImportCommand) => Promise<ApiResult<Wire.ImportAnswer>>;
  readonly createAccount: (account: Wire.CreateAccount, command: Command) => Promise<ApiResult<Wire.AccountCreated>>;
}

const SLOW_MS = 60_000;

export function createApi(options: TransportOptions): Api {
  const seen = createSeen();
  const send = createTransport(options);
  const read = reader(send, seen.get);
  const write = writer(send, seen.note);
  return { server: options.server, seen: seen.get, noteSeen: seen.note, forgetSeen: seen.forget, ...reads(read), ...commands(write), ...administration(write) };
}

function reads(read: ReturnType<typeof reader>) {
  return {
    me: () => read<Wire.Me>('/me', { atLeast: '' }),
    services: (options?: Read) => read<readonly Wire.ServiceEntry[]>('/services', options),
    emi: (options?: Read) => read<readonly Wire.EmiSummary[]>('/emi', options),
    sheets: (component: string, options?: Read) => read<readonly Wire.SheetSummary[]>(`${emi(component)}/sheets`, options),
    sheet: (component: string, centre: string, options?: Read) => read<Wire.Sheet>(sheet(component, centre), options),
    history: (at: CandidatePlace, options?: Read) =>
      read<readonly Wire.HistoryEntry[]>(`/history/${segment(at.component)}/${segment(at.centre)}/${segment(at.candidate)}`, options),
    receipts: (component: string, options?: Read) => read<readonly Wire.Receipt[]>(`${emi(component)}/submissions`, options),
    team: (component: string, options?: Read) => read<readonly Wire.TeamNode[]>(`/team/${segment(component)}`, options),
    component: (component: string, options?: Read) =>
      read<Wire.Component>(`/admin/components/${segment(component)}`, options),
  } satisfies Partial<Api>;
}

function commands(write: ReturnType<typeof writer>) {
  const about = (at: CandidatePlace, what: string) =>
    `${sheet(at.component, at.centre)}/candidates/${segment(at.candidate)}/${what}`;
  const post = <T>(path: string, body: unknown, command: CandidateCommand) => write<T>({ method: 'POST', path, body }, command);
  return {
    enterMarks: (component: string, centre: string, marks: readonly Wire.MarkRow[], options: Partial<Command> = {}) =>
      write<readonly Wire.MarkAnswer[]>({ method: 'POST', path: `${sheet(component, centre)}/marks`, body: { marks } }, options),
    enterMark: (at: CandidatePlace, body: Wire.EnterMark, command: CandidateCommand) =>
      write<Wire.MarkEntered>({ method: 'PUT', path: about(at, 'mark'), body }, command),
    verify: (at: CandidatePlace, body: Verify, command: CandidateCommand) =>
      post<Wire.MarkEntered>(about(at, 'verification'), body, command),
    flag: (at: CandidatePlace, flagged: boolean, command: CandidateCommand) =>
      post<Wire.MarkEntered>(about(at, 'flag'), { flagged }, command),
    script: (at: CandidatePlace, body: Script, command: CandidateCommand) =>
      post<Wire.MarkEntered>(about(at, 'script'), body, command),
    concern: (at: CandidatePlace, kind: ConcernKind, command: CandidateCommand) =>
      post<Wire.MarkEntered>(about(at, 'concern'), { kind }, command),
    unlisted: (component: string, centre: string, number: string, command: Command) =>
      post<Wire.Recorded>(`${sheet(component, centre)}/unlisted`, { number }, command),
    submit: (component: string, body: Submit, command: Command) =>
      write<Wire.Receipt>({ method: 'POST', path: `${emi(component)}/submissions`, body, timeoutMs: SLOW_MS }, command),
    reallocate: (component: string, centre: string, body: Wire.Reallocate, command: Command) =>
      post<Wire.Recorded>(`${sheet(component, centre)}/reallocation`, body, command),
  } satisfies Partial<Api>;
}

function administration(write: ReturnType<typeof writer>) {
  const rowsTo = (path: string, rows: readonly unknown[], command: ImportCommand) =>
    write<Wire.ImportAnswer>(
      { method: 'POST', path, body: { rows, ...(command.dryRun && { dryRun: true }) }, timeoutMs: SLOW_MS },
      command,
    );
  const of = (component: string) => `/admin/components/${segment(component)}`;
  return {
    putComponent: (body: Wire.Component, command: Command) =>
      write<Wire.Component>({ method: 'PUT', path: of(body.component), body }, command),
    allocate: (component: string, rows: readonly unknown[], command: ImportCommand) =>
      rowsTo(`${of(component)}/allocations`, rows, command),
    putTeam: (component: string, rows: readonly unknown[], command: ImportCommand) =>
      rowsTo(`${of(component)}/team`, rows, command),
    putCandidates: (rows: readonly unknown[], command: ImportCommand) => rowsTo('/admin/candidates', rows, command),
    putCentres: (rows: readonly unknown[], command: ImportCommand) => rowsTo('/admin/centres', rows, command),
    createAccount: (body: Wire.CreateAccount, command: Command) =>
      write<Wire.AccountCreated>({ method: 'POST', path: '/admin/accounts', body }, command),
  } satisfies Partial<Api>;
}

const segment = encodeURIComponent;
const emi = (component: string) => `/emi/${segment(component)}`;
const sheet = (component: string, centre: string) => `${emi(component)}/sheets/${segment(centre)}`;

function reader(send: Send, seen: () => string | undefined) {
  return <T>(path: string, options: Read = {}): Promise<ApiResult<T>> =>
    send<T>({
      method: 'GET',
      path,
      query: { atLeast: (options.atLeast ?? seen()) || undefined },
      ...(options.capacity !== undefined && { capacity: options.capacity }),
    });
}

function writer(send: Send, note: (position: string | null | undefined) => void) {
  return async <T>(call: Call, command: Partial<CandidateCommand>): Promise<ApiResult<T>> => {
    const result = await send<T>({
      ...call,
      ...(command.commandId !== undefined && { commandId: command.commandId }),
      ...(command.capacity !== undefined && { capacity: command.capacity }),
      ...(command.expect !== undefined && { ifMatch: command.expect }),
    });
    if (result.kind === 'ok') positionsOf(result.value).forEach(note);
    return result;
  };
}

/** Every answer to a write, single or row by row, says where its events stand. */
function positionsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(positionsOf);
  const { position, recorded } = value as { position?: unknown; recorded?: unknown };
  return typeof position === 'string' ? [position] : recorded ? positionsOf(recorded) : [];
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
