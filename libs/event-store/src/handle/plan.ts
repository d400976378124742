/** What a run of waiting commands would record, decided one after another on the evolving state. */
import { canonicalEvent, NO_PREVIOUS, sha256 } from '../chain.js';
import { eventId } from '../event-id.js';
import type { EventData, NewEvent, Position, Revision } from '../port.js';
import type { CommandContext, EventMetadata } from '../streams.js';
import type { AnyDecider, Folded, Recorded } from './folded.js';

export interface Waiting {
  readonly decider: AnyDecider;
  readonly command: unknown;
  readonly context: CommandContext;
}

/** `revision` is the stream's after the step. */
export type PlanStep =
  | {
      readonly kind: 'events';
      readonly count: number;
      readonly repeated: boolean;
      readonly state: unknown;
      readonly revision: Revision;
    }
  | { readonly kind: 'nothing'; readonly state: unknown; readonly revision: Revision }
  | {
      readonly kind: 'refused';
      readonly refusal: unknown;
      readonly state: unknown;
      readonly revision: Revision;
    }
  /** Recorded before this run began. */
  | { readonly kind: 'known'; readonly recorded: Recorded }
  /** The command id stands for something else, recorded before or in this run. */
  | { readonly kind: 'reused' }
  | { readonly kind: 'bug'; readonly error: unknown };

export interface Plan {
  /** What it was decided on. */
  readonly base: { readonly revision: Revision; readonly position: Position | undefined };
  /** One for each command taken, from the first on. */
  readonly steps: readonly PlanStep[];
  /** With the revisions they will have; positions come with the append. */
  readonly events: readonly PlannedEvent[];
  /** Of each of them. */
  readonly hashes: readonly string[];
  /** What is true when they are recorded. */
  readonly states: ReadonlyMap<AnyDecider, unknown>;
}

export type PlannedEvent = NewEvent & { readonly stream: string; readonly revision: Revision };

/** Far below what one append may hold, whatever the characters: the last command taken may be large itself. */
const ENOUGH_CHARACTERS = 150_000;

export function plan(stream: string, folded: Folded, waiting: readonly Waiting[], recordedAt: string): Plan {
  const base = { revision: folded.revision, position: folded.position };
  const draft = new Draft(stream, folded, recordedAt);
  const steps: PlanStep[] = [];
  for (const entry of waiting) {
    steps.push(draft.step(entry));
    if (draft.characters > ENOUGH_CHARACTERS) break;
  }
  return { base, steps, events: draft.events, hashes: draft.hashes, states: draft.states };
}

interface Taken {
  readonly step: PlanStep & { readonly kind: 'events' };
  readonly request: string | undefined;
}
type Accepted = readonly { readonly type: string; readonly data: EventData }[];

class Draft {
  readonly events: PlannedEvent[] = [];
  readonly hashes: string[] = [];
  characters = 0;
  readonly #stream: string;
  readonly #commands: ReadonlyMap<string, Recorded>;
  readonly #recordedAt: string;
  readonly #taken = new Map<string, Taken>();
  #states: Map<AnyDecider, unknown>;
  #revision: Revision;
  #lastHash: string | undefined;

  constructor(stream: string, folded: Folded, recordedAt: string) {
    this.#stream = stream;
    this.#commands = folded.commands;
    this.#recordedAt = recordedAt;
    this.#states = new Map(folded.states);
    this.#revision = folded.revision;
    this.#lastHash = folded.lastHash;
  }

  get states(): ReadonlyMap<AnyDecider, unknown> {
    return this.#states;
  }

  /** A retry is answered before it is decided; a command that throws leaves no trace in the draft. */
  step({ decider, command, context }: Waiting): PlanStep {
    const recorded = this.#commands.get(context.commandId);
    const taken = this.#taken.get(context.commandId);
    if (isAnother(context, recorded ?? taken)) return { kind: 'reused' };
    if (recorded) return { kind: 'known', recorded };
    if (taken) return { ...taken.step, repeated: true };
    const before = {
      states: new Map(this.#states),
      revision: this.#revision,
      lastHash: this.#lastHash,
      events: this.events.length,
    };
    try {
      return this.#decide(decider, command, context);
    } catch (error) {
      this.events.length = this.hashes.length = before.events;
      [this.#states, this.#revision, this.#lastHash] = [before.states, before.revision, before.lastHash];
      return { kind: 'bug', error };
    }
  }

  #decide(decider: AnyDecider, command: unknown, context: CommandContext): PlanStep {
    const state = this.#states.get(decider);
    const decision = decider.decide(command as never, state as never);
    if ('refused' in decision)
      return { kind: 'refused', refusal: decision.refused, state, revision: this.#revision };
    const accepted = decision.accepted as Accepted;
    if (accepted.length === 0) return { kind: 'nothing', state, revision: this.#revision };
    accepted.forEach((event, index) => this.#record(event, index, context));
    const step = {
      kind: 'events',
      count: accepted.length,
      repeated: false,
      state: this.#states.get(decider),
      revision: this.#revision,
    } as const;
    this.#taken.set(context.commandId, { step, request: context.request });
    return step;
  }

  #record({ type, data }: Accepted[number], index: number, context: CommandContext): void {
    const event: PlannedEvent = {
      stream: this.#stream,
      revision: this.#revision + 1,
      id: eventId(context.commandId, this.#stream, index),
      type,
      data,
      metadata: metadataOf(context, this.#recordedAt, this.#lastHash),
    };
    const canonical = canonicalEvent(event);
    for (const [decider, state] of this.#states)
      this.#states.set(decider, decider.evolve(state as never, event as never));
    this.#lastHash = sha256(canonical);
    this.hashes.push(this.#lastHash);
    this.#revision++;
    this.characters += canonical.length;
    this.events.push(event);
  }
}

/** What a process repeats for a person says nothing of the request, and is the same command all the same. */
function isAnother(context: CommandContext, known: Pick<Recorded, 'request'> | undefined): boolean {
  return known?.request !== undefined && context.request !== undefined && known.request !== context.request;
}

/**
 * Field by field: whatever else a caller's object carries must not come into the log. In the order of the hash chain's
 * canonical form.
 */
function metadataOf(
  { actor, authMethod, capacity, causationId, client, commandId, correlationId, enteredAt, queuedMs, request, session }: CommandContext,
  recordedAt: string,
  prevHash = NO_PREVIOUS,
): EventMetadata {
  return {
    actor,
    authMethod,
    capacity,
    causationId: causationId ?? commandId,
    client,
    commandId,
    correlationId,
    enteredAt,
    prevHash,
    queuedMs,
    recordedAt,
    request,
    schema: 1,
    session,
  };
}
