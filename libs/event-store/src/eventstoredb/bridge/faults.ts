/** What a test can make go wrong between the client and the log. */

/**
 * Of one append:
 * - `request-lost`: it is never looked at, and never answered.
 * - `reply-lost`: it is written, and never answered.
 * - `duplicate-reply`: it is written, and answered twice.
 * - `not-known`: it is written, and the answer is that the server ran out of time.
 */
export type AppendFault = 'request-lost' | 'reply-lost' | 'duplicate-reply' | 'not-known';

export interface Faults {
  /** For the next appends, one each; then all is well again. */
  readonly appends: AppendFault[];
  /** Every byte comes that much later, in both directions. */
  delay(ms: number): void;
  /** Connections stay open and say nothing any more; new ones are taken and say nothing either. */
  freeze(): void;
  thaw(): void;
  /** The connections of now say nothing any more; new ones are served. */
  hang(): void;
  /** Every connection is cut now; new ones are taken. */
  drop(): void;
  /** Connections are refused from now on; `accept` ends it. */
  refuse(): void;
  accept(): void;
}
