import type * as Wire from '@portal/contract';
import type {
  AccountDeed, Api, CandidateCommand, CandidatePlace, Command, ConcernKind, FactorDeed, ImportCommand, Read, Script, SignInLogFilter,
  Submit, Verify,
} from './api.js';
import type { ApiResult } from './result.js';
import type { Call, Send } from './transport.js';

/** Where each call goes. */

const SLOW_MS = 60_000;

export function reads(read: ReturnType<typeof reader>) {
  return {
    me: () => read<Wire.Me>('/me', { atLeast: '' }),
    services: (options?: Read) => read<readonly Wire.ServiceEntry[]>('/services', options),
    emi: (options?: Read) => read<readonly Wire.EmiSummary[]>('/emi', options),
    sheets: (component: string, options?: Read) =>
      read<readonly Wire.SheetSummary[]>(`${emi(component)}/sheets`, options),
    sheet: (component: string, centre: string, options?: Read) =>
      read<Wire.Sheet>(sheet(component, centre), options),
    history: (at: CandidatePlace, options?: Read) =>
      read<readonly Wire.HistoryEntry[]>(
        `/history/${segment(at.component)}/${segment(at.centre)}/${segment(at.candidate)}`,
        options,
      ),
    receipts: (component: string, options?: Read) =>
      read<readonly Wire.Receipt[]>(`${emi(component)}/submissions`, options),
    team: (component: string, options?: Read) => read<readonly Wire.TeamNode[]>(`/team/${segment(component)}`, options),
    signInLog: (asked: SignInLogFilter, options?: Read) => read<readonly Wire.SignInLogEntry[]>('/audit/sign-ins', { ...options, query: asked }),
    component: (component: string, options?: Read) =>
      read<Wire.Component>(`/admin/components/${segment(component)}`, options),
  } satisfies Partial<Api>;
}

export function commands(write: ReturnType<typeof writer>) {
  const about = (at: CandidatePlace, what: string) =>
    `${sheet(at.component, at.centre)}/candidates/${segment(at.candidate)}/${what}`;
  const post = <T>(path: string, body: unknown, command: CandidateCommand) =>
    write<T>({ method: 'POST', path, body }, command);
  return {
    enterMarks: (component: string, centre: string, marks: readonly Wire.MarkRow[], options: Partial<Command> = {}) =>
      write<readonly Wire.MarkAnswer[]>(
        { method: 'POST', path: `${sheet(component, centre)}/marks`, body: { marks } },
        options,
      ),
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
    workAs: (component: string, command: Command) => post<Wire.WorkingAs>(`/team/${segment(component)}/work-as`, {}, command),
    endSession: (session: string) =>
      write<Wire.SessionEnded>({ method: 'POST', path: '/sessions/end', body: { session } }, {}),
    sessions: () => write<Wire.OpenSessions>({ method: 'POST', path: '/sessions/list', body: {} }, {}),
    factors: <T>(deed: FactorDeed, body: object = {}, { quietly } = { quietly: false }) =>
      write<T>({ method: 'POST', path: `/factors/${deed}`, body, quietly }, {}),
    signOutEverywhere: () => write<Wire.SignedOutEverywhere>({ method: 'POST', path: '/sign-out/everywhere' }, {}),
  } satisfies Partial<Api>;
}

export function administration(write: ReturnType<typeof writer>) {
  const rowsTo = <Answer = Wire.ImportAnswer>(path: string, rows: readonly unknown[], command: ImportCommand) =>
    write<Answer>(
      { method: 'POST', path, body: { rows, ...(command.dryRun && { dryRun: true }) }, timeoutMs: SLOW_MS },
      command,
    );
  const of = (component: string) => `/admin/components/${segment(component)}`;
  return {
    rotateKeys: (command: Command) => write<Wire.KeysRotated>({ method: 'POST', path: '/admin/keys/rotation' }, command),
    changeAccount: (username: string, deed: AccountDeed, command: Command) =>
      write<Wire.AccountChanged>({ method: 'POST', path: `/admin/accounts/${segment(username)}/${deed}` }, command),
    putComponent: (body: Wire.Component, command: Command) =>
      write<Wire.Component>({ method: 'PUT', path: of(body.component), body }, command),
    allocate: (component: string, rows: readonly unknown[], command: ImportCommand) =>
      rowsTo(`${of(component)}/allocations`, rows, command),
    putTeam: (component: string, rows: readonly unknown[], command: ImportCommand) =>
      rowsTo(`${of(component)}/team`, rows, command),
    putCandidates: (rows: readonly unknown[], command: ImportCommand) => rowsTo('/admin/candidates', rows, command),
    putCentres: (rows: readonly unknown[], command: ImportCommand) => rowsTo('/admin/centres', rows, command),
    putAccounts: (rows: readonly unknown[], command: ImportCommand) => rowsTo<Wire.AccountsAnswer>('/admin/accounts/rows', rows, command),
    temporaryPass: (username: string, command: Command) =>
      write<Wire.TemporaryPass>({ method: 'POST', path: `/admin/accounts/${segment(username)}/temporary-pass` }, command),
    createAccount: (body: Wire.CreateAccount, command: Command) =>
      write<Wire.AccountCreated>({ method: 'POST', path: '/admin/accounts', body }, command),
  } satisfies Partial<Api>;
}

const segment = encodeURIComponent;
const emi = (component: string) => `/emi/${segment(component)}`;
const sheet = (component: string, centre: string) => `${emi(component)}/sheets/${segment(centre)}`;

export function reader(send: Send, seen: () => string | undefined) {
  return <T>(path: string, options: Read & { readonly query?: SignInLogFilter } = {}): Promise<ApiResult<T>> =>
    send<T>({
      method: 'GET',
      path,
      query: { ...options.query, atLeast: (options.atLeast ?? seen()) || undefined },
      ...(options.capacity !== undefined && { capacity: options.capacity }),
    });
}

export function writer(send: Send, note: (position: string | null | undefined) => void) {
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
