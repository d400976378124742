import type { Decider } from '@portal/domain';
import type { EventData, Position, RecordedEvent, Revision } from './port.js';

/** Who asked, in what capacity, and how it came here: becomes the metadata of every event of the command. */
export interface CommandContext {
  /** A UUID chosen by the client; event ids are UUID v5 of (commandId, stream, index). */
  readonly commandId: string;
  /** Opaque account id, or the name of a process (`process:…`). */
  readonly actor: string;
  /** `role`, or `role; member=ACCOUNT`. */
  readonly capacity: string;
  readonly session: string;
  readonly authMethod: string;
  readonly correlationId: string;
  /** The event that led to this command, for processes; otherwise the command is its own cause. */
  readonly causationId?: string;
  /** Client's clock (ISO), untrusted. */
  readonly enteredAt?: string;
  readonly queuedMs?: number;
  /** Name and version of the client. */
  readonly client?: string;
  /** Stands for who asked for what, as hexadecimal digits: the same command id with another is refused. */
  readonly request?: string;
}

export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

export interface StreamState<State> {
  readonly state: State;
  /** Undefined where the stream does not exist. */
  readonly revision: Revision | undefined;
  /** Of the stream's last event. */
  readonly position: Position | undefined;
}

export type Handled<State, Refusal> =
  | (StreamState<State> & {
      readonly kind: 'recorded';
      /** What the command recorded; none where nothing had to change. */
      readonly events: readonly RecordedEvent[];
      /** The command had been recorded before: these are the events of then. */
      readonly repeated: boolean;
    })
  | (StreamState<State> & { readonly kind: 'refused'; readonly refusal: Refusal })
  | {
      readonly kind: 'failed';
      /** `contended`: five conflicts with another writer. `unknown`: repeat with the same command id. `reused`: it stands for another request. */
      readonly reason: FailureReason;
      readonly detail: string;
    };

export type FailureReason = 'deleted' | 'full' | 'unknown' | 'contended' | 'reused';

/**
 * The one way to write: a retry is answered from the folded stream before anything is decided; then decide,
 * chain, append, and on a conflict read again and decide again. Commands that wait for the same stream are
 * decided one after another and appended together.
 */
export interface Streams {
  handle<Command, Event extends DomainEvent, State, Refusal>(
    decider: Decider<Command, Event, State, Refusal>,
    stream: string,
    command: Command,
    context: CommandContext,
  ): Promise<Handled<State, Refusal>>;

  load<Command, Event extends DomainEvent, State, Refusal>(
    decider: Decider<Command, Event, State, Refusal>,
    stream: string,
  ): Promise<StreamState<State>>;
}

export type EventMetadata = EventData & {
  readonly actor: string;
  readonly capacity: string;
  readonly session: string;
  readonly authMethod: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly commandId: string;
  /** ISO 8601 UTC, by the clock of the service. */
  readonly recordedAt: string;
  readonly schema: number;
  /** Hex SHA-256 of the previous event of the stream; zeros for the first. */
  readonly prevHash: string;
  readonly request?: string;
};
