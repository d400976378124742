import type { CAPACITY_HEADER } from '@portal/contract';
import { authorizing, type ApiProblem, type ApiResult, type GoodToken, type TokenSource } from './result.js';
import { userAgent } from './version.js';

/** One HTTP call: token, headers, deadline, and the honest outcome. The built-in fetch keeps connections alive. */

const capacityHeader: typeof CAPACITY_HEADER = 'portal-capacity';

export interface TransportOptions {
  /** `http://127.0.0.1:4000`, without a slash at the end. */
  readonly server: string;
  readonly tokens: TokenSource;
  /** Of this client; travels in `User-Agent` and `Portal-Client`. */
  readonly version: string;
  readonly language?: () => string;
  readonly timeoutMs?: number;
  readonly cookie?: string;
  readonly fetch?: typeof fetch;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  /** A file instead of JSON. */
  readonly file?: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> };
  /** What to do with an answer that is no JSON; what it throws is taken for a broken connection. */
  readonly take?: (response: Response) => Promise<unknown>;
  readonly commandId?: string;
  /** A candidate's revision. */
  readonly ifMatch?: number;
  /** `role` or `role; member=USERNAME`. */
  readonly capacity?: string;
  readonly timeoutMs?: number;
  /** Nobody is asked to prove who they are for it. */
  readonly quietly?: boolean;
}

export type Send = <T>(call: Call) => Promise<ApiResult<T>>;

const TIMEOUT_MS = 10_000;

export function createTransport(options: TransportOptions): Send {
  return async <T>(call: Call): Promise<ApiResult<T>> => {
    const access = await options.tokens.access();
    if (access.kind !== 'token') return access;
    const first = await once<T>(options, call, access);
    if (first !== 'token-refused' && first !== 'clock-set' && !isBehind(first)) return first;
    const renewed = first === 'clock-set' ? access : await options.tokens.access(access.token);
    if (renewed.kind !== 'token') return renewed;
    const second = await once<T>(options, call, renewed);
    if (second === 'clock-set') return { kind: 'signed-out' };
    return second === 'token-refused' ? { kind: 'signed-out' } : second;
  };
}

/** The token may be older than what was set up since. */
const isBehind = (result: ApiResult<unknown>): boolean => result.kind === 'problem' && result.problem.type === 'factor-not-set-up';

/** `clock-set`: the proof was made at the wrong time, and the next one will not be. */
type Once<T> = ApiResult<T> | 'token-refused' | 'clock-set';

async function once<T>(options: TransportOptions, call: Call, access: GoodToken): Promise<Once<T>> {
  const url = address(options.server, call);
  try {
    const response = await (options.fetch ?? fetch)(url, {
      method: call.method,
      headers: { ...headers(options, call), ...authorizing(access, call.method, url) },
      body: call.file?.bytes ?? (call.body === undefined ? null : JSON.stringify(call.body)),
      redirect: 'error',
      signal: AbortSignal.timeout(call.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS),
    });
    if (response.ok && call.take !== undefined) return { kind: 'ok', value: (await call.take(response)) as T };
    const text = await response.text();
    if (response.status === 401 && isAboutToken(text)) {
      return access.key?.setTime(response.headers.get('date')) === true ? 'clock-set' : 'token-refused';
    }
    return readAnswer<T>(call, response, text);
  } catch (error) {
    return { kind: neverSent(error) || call.method === 'GET' ? 'unreachable' : 'unknown', cause: causeOf(error) };
  }
}

function address(server: string, call: Call): string {
  const query = Object.entries(call.query ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${server}${call.path}${query.length > 0 ? `?${new URLSearchParams(query)}` : ''}`;
}

/** Other refusals with this status are about the person: a factor that is wanted, a code that was wrong. */
function isAboutToken(text: string): boolean {
  const document = parse(text);
  return !document.ok || !isProblem(document.value) || document.value.type === 'not-signed-in';
}

function headers(options: TransportOptions, call: Call): Record<string, string> {
  return {
    accept: 'application/json, application/problem+json',
    'user-agent': userAgent(options.version),
    'portal-client': options.version,
    ...(options.cookie !== undefined && { cookie: options.cookie }),
    ...(options.language && { 'accept-language': options.language() }),
    ...(call.take !== undefined && { accept: '*/*' }),
    ...(call.body !== undefined && { 'content-type': 'application/json' }),
    ...(call.file !== undefined && { 'content-type': call.file.type }),
    ...(call.commandId !== undefined && { 'idempotency-key': call.commandId }),
    ...(call.ifMatch !== undefined && { 'if-match': `"${call.ifMatch}"` }),
    ...(call.capacity !== undefined && { [capacityHeader]: call.capacity }),
  };
}

function readAnswer<T>(call: Call, response: Response, text: string): ApiResult<T> {
  const lost = call.method === 'GET' ? 'unreachable' : 'unknown';
  const document = parse(text);
  if (response.ok) {
    return document.ok ? { kind: 'ok', value: document.value as T } : { kind: lost, cause: 'the answer was cut short' };
  }
  if (!document.ok || !isProblem(document.value)) {
    // Not the service's own voice: something between us and it.
    if (response.status >= 500) return { kind: lost, cause: `HTTP ${response.status}` };
    return { kind: 'problem', problem: bareProblem(response.status) };
  }
  if (document.value.type === 'outcome-unknown') return { kind: lost, cause: document.value.detail };
  return { kind: 'problem', problem: document.value };
}

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function isProblem(value: unknown): value is ApiProblem {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

function bareProblem(status: number): ApiProblem {
  // Node's table of their names would load its whole HTTP client before the first frame.
  const title = `HTTP ${status}`;
  return { type: status === 404 ? 'not-found' : 'malformed-request', title, status, detail: title };
}

/** Failures before the first byte of the request left: nothing can have been done. */
const BEFORE_SENDING: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export function neverSent(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as NodeJS.ErrnoException).code;
    if ((code !== undefined && BEFORE_SENDING.has(code)) || at.message === 'bad port') return true;
    if (at instanceof AggregateError && at.errors.length > 0) return at.errors.every(neverSent);
  }
  return false;
}

/** The innermost reason, for logs and for `info`; never shown as the whole sentence. */
export function causeOf(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  if (!(at instanceof Error)) return String(at);
  // That of a `DOMException` is a number, which tells nobody anything.
  const { code } = at as { code?: unknown };
  return typeof code === 'string' ? code : at.message;
}
