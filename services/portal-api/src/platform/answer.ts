import type { Refusal } from '@portal/domain';
import type { FailureReason, Handled, RecordedEvent } from '@portal/event-store';

/** What a use case gives back: its result, a refusal with its data, or a failure of the machine. Nothing is thrown. */
export type Answer<Result> = Result | Refused | Failed;

export interface Refused {
  readonly refused: Refusal;
}

export interface Failed {
  readonly failed: FailureReason;
}

export const refused = (refusal: Refusal): Refused => ({ refused: refusal });

export const failed = ({ reason }: Extract<Handled<unknown, unknown>, { kind: 'failed' }>): Failed => ({ failed: reason });

/** The last event of what a command recorded; both null where nothing changed. */
export function recorded({ events }: { readonly events: readonly RecordedEvent[] }): {
  readonly event: string | null;
  readonly position: string | null;
} {
  const last = events.at(-1);
  return { event: last?.id ?? null, position: last?.position ?? null };
}
