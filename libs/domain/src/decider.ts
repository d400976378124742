/** The one shape of every rule: what may happen (`decide`) and what is true afterwards (`evolve`). */

export type Decision<Event, Refusal> = { readonly accepted: readonly Event[] } | { readonly refused: Refusal };

export interface Decider<Command, Event, State, Refusal> {
  readonly initial: State;
  /** Accepting nothing means: it is so already. */
  readonly decide: (command: Command, state: State) => Decision<Event, Refusal>;
  /** Never throws and never decides: an event that makes no sense changes nothing but the revision. */
  readonly evolve: (state: State, event: Event) => State;
}

export const accept = <Event>(...events: readonly Event[]): { readonly accepted: readonly Event[] } => ({
  accepted: events,
});

export const refuse = <Refusal>(refused: Refusal): { readonly refused: Refusal } => ({ refused });

/** The state after these events, from the beginning or from a state already folded. */
export function fold<Event, State>(
  decider: { readonly initial: State; readonly evolve: (state: State, event: Event) => State },
  events: Iterable<Event>,
  from: State = decider.initial,
): State {
  let state = from;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}
