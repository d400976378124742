/** What an error of the client means for whoever called it. */
import { ErrorType } from '@eventstore/db-client';

/**
 * - `no-stream`, `deleted`: answers, as errors.
 * - `not-leader`: the client goes to the leader by itself; ask it again.
 * - `refused`: the user may not, or the server does not know him; asking again changes nothing.
 * - `no-position`: there is no event at that place of the log.
 * - `lost`: anything else, and above all a server that is away, of which the errors have many faces.
 */
export type FailureKind = 'no-stream' | 'deleted' | 'not-leader' | 'refused' | 'no-position' | 'lost';

/** Of the client, which gives it a type, or as it came over the wire. */
interface ClientError {
  readonly type?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly metadata?: { get(key: string): readonly unknown[] };
}

export function kindOf(error: unknown): FailureKind {
  const { type, code, message, metadata } = error as ClientError;
  switch (type ?? metadata?.get('exception')[0]) {
    case ErrorType.STREAM_NOT_FOUND:
      return 'no-stream';
    case ErrorType.STREAM_DELETED:
      return 'deleted';
    case ErrorType.NOT_LEADER:
      return 'not-leader';
    case ErrorType.ACCESS_DENIED:
      return 'refused';
    default:
      if (code === UNAUTHENTICATED || code === PERMISSION_DENIED) return 'refused';
      return code === UNKNOWN && String(message).includes('Unexpected Read') ? 'no-position' : 'lost';
  }
}

const UNKNOWN = 2;
const PERMISSION_DENIED = 7;
const UNAUTHENTICATED = 16;

/** One line. */
export function causeOf(error: unknown): string {
  return (error instanceof Error && error.message !== '' ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
