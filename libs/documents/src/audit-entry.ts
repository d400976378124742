import type { CentreMark, HistoryEntry } from '@portal/domain';

/** A line of an audit report: who, as what, when, from where, from what to what, and why. */
export interface AuditEntryShown {
  readonly event: string;
  readonly type: HistoryEntry['type'];
  readonly recordedAt: string;
  /** A person's name, or their account where they were erased; of a process `process:…`. */
  readonly actor: string;
  readonly role: string;
  /** Whose part they worked in, where it was not their own. */
  readonly member?: string;
  /** From where: the session, how they had signed in to it (RFC 8176 names), and the program, where it said. */
  readonly session: string;
  readonly authMethod: string;
  readonly client?: string;
  /** Empty where the event is not about one. */
  readonly candidate: string;
  readonly from?: CentreMark;
  readonly to?: CentreMark;
  /** Somebody's own words, or of a concern its kind. */
  readonly reason: string;
  readonly position: string;
}
