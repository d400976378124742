import type { Typed, Update } from './screen.js';

/**
 * The state lives here, outside React: the view only subscribes. One message after another, never two at once; what an
 * update wants done is handed to the interpreter registered for it, whose answers come back as messages.
 */
export interface Program<State, Message> {
  readonly state: () => State;
  readonly dispatch: (...messages: readonly Message[]) => void;
  /** Told once after each dispatch that changed something. */
  readonly subscribe: (listener: () => void) => () => void;
}

export interface ProgramOptions<State, Message, Effect> {
  readonly start: Update<State, Effect>;
  readonly update: (state: State, message: Message) => Update<State, Effect>;
  readonly perform: (effect: Effect, dispatch: (message: Message) => void) => void;
}

export function createProgram<State, Message, Effect>(
  options: ProgramOptions<State, Message, Effect>,
): Program<State, Message> {
  let state = options.start.state;
  let isBusy = false;
  const waiting: Message[] = [];
  const listeners = new Set<() => void>();

  const perform = (effects: readonly Effect[]) => {
    for (const effect of effects) options.perform(effect, dispatch);
  };
  const drain = () => {
    for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
      const next = options.update(state, message);
      state = next.state;
      perform(next.effects);
    }
  };
  function dispatch(...messages: readonly Message[]): void {
    waiting.push(...messages);
    if (isBusy) return;
    const before = state;
    isBusy = true;
    try {
      drain();
    } finally {
      isBusy = false;
    }
    if (state !== before) for (const listener of listeners) listener();
  }
  isBusy = true;
  perform(options.start.effects);
  isBusy = false;
  drain();
  return {
    state: () => state,
    dispatch,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/**
 * Does what an effect asks for. What the world refuses is answered as a message; anything thrown is a mistake of ours and
 * ends the program with the terminal restored.
 */
export type Interpreter<Effect extends Typed = never, Message extends Typed = Typed> = (
  effect: Effect,
  answer: (message: Message) => void,
) => void | Promise<void>;

/** By the effect's `type`. */
export type Interpreters = Readonly<Record<string, Interpreter>>;

/** Finds the interpreter; an effect without one is a mistake of ours. */
export function interpret(interpreters: Interpreters, effect: Typed, answer: (message: Typed) => void): void {
  const interpreter = interpreters[effect.type];
  if (interpreter === undefined) throw new Error(`no interpreter for the effect ${effect.type}`);
  void interpreter(effect as never, answer);
}
