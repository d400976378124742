import type { ApiResult } from '../platform/api/result.js';
import type { MessageId, Values } from '../platform/i18n/catalogue.js';

/** What a command came to; `run.ts` alone turns it into bytes and an exit code. */
export type Outcome = Done | Failed;

export interface Done {
  readonly kind: 'done';
  /** What `--json` prints. */
  readonly document: unknown;
  /** The same for people. */
  readonly text: (say: Say) => string;
  /** Imports alone end otherwise than 0 with a document. */
  readonly code?: 1 | 5 | 6;
  /** On stdout instead of anything else, whatever was asked for: a file was. */
  readonly bytes?: Uint8Array;
  /** Notices for people, on stderr. */
  readonly notices?: readonly Sentence[];
}

export interface Failed {
  readonly kind: 'failed';
  readonly code: 1 | 2 | 3 | 4 | 6;
  readonly error: RefusalFacts;
  /** For people; absent: the catalogue's sentence for the type. */
  readonly sentence?: Sentence;
}

/** As `--json` prints it: the type is what scripts compare, further members come by type. */
export interface RefusalFacts {
  readonly type: string;
  readonly detail?: string;
  readonly field?: string;
  readonly [more: string]: unknown;
}

export interface Sentence {
  readonly id: MessageId;
  readonly values?: Values;
  /** Places filled by sentences of their own. */
  readonly inner?: Readonly<Record<string, Sentence>>;
}

export type Say = (id: MessageId, values?: Values) => string;

export const EXIT = { done: 0, refused: 1, usage: 2, notSignedIn: 3, unreachable: 4, partly: 5, unknown: 6 } as const;

export function failed(code: Failed['code'], error: RefusalFacts, said?: Sentence): Failed {
  return { kind: 'failed', code, error, ...(said && { sentence: said }) };
}

export function usage(field: string, id: MessageId, values?: Values): Failed {
  return failed(EXIT.usage, { type: 'usage', field }, sentence(id, values));
}

export function refused(type: string, field: string | undefined, said: Sentence): Failed {
  return failed(EXIT.refused, { type, ...(field !== undefined && { field }) }, said);
}

export function sentence(id: MessageId, values?: Values): Sentence {
  return values === undefined ? { id } : { id, values };
}

/** Turns the answer of a call into an outcome; `done` is asked only where there is a value. */
export function outcomeOf<T>(
  result: ApiResult<T>,
  about: { readonly server: string; readonly commandId?: string },
  done: (value: T) => Outcome,
): Outcome {
  if (result.kind === 'ok') return done(result.value);
  return notDone(result, about);
}

export function notDone(
  result: Exclude<ApiResult<never>, { kind: 'ok' }>,
  { server, commandId }: { readonly server: string; readonly commandId?: string },
): Failed {
  if (result.kind === 'signed-out') {
    return failed(EXIT.notSignedIn, { type: 'not-signed-in' }, sentence('cli.not-signed-in'));
  }
  if (result.kind === 'unreachable') {
    const { cause } = result;
    return failed(EXIT.unreachable, { type: 'unreachable', server }, sentence('cli.unreachable', { server, cause }));
  }
  if (result.kind === 'unknown') {
    const said = sentence('cli.unknown', { commandId: commandId ?? '' });
    return failed(EXIT.unknown, { type: 'outcome-unknown', commandId }, said);
  }
  const { title: _title, status: _status, ...error } = result.problem;
  return failed(error.type === 'not-signed-in' ? EXIT.notSignedIn : EXIT.refused, error);
}

export function spoken(say: Say, { id, values, inner = {} }: Sentence): string {
  const inside = Object.entries(inner).map(([place, one]) => [place, spoken(say, one)] as const);
  return say(id, { ...values, ...Object.fromEntries(inside) });
}
