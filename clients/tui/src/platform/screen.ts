import type { Key } from './input/key.js';

/** The same shape as a decider: a pure update, and what it wants done given back as data. */
export interface Update<State, Effect> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** A key as data: footer, help and palette are all made from these. */
export interface KeyBinding<State, Action extends string> {
  readonly action: Action;
  /** As `keyName` writes them: `enter`, `ctrl-z`, `A`, `pad-*`. */
  readonly keys: readonly string[];
  /** Catalogue id of the sentence in help and palette; the footer's short word is `<id>.short`. */
  readonly description: string;
  /** Shown in the footer, most important first; not shown where absent. */
  readonly footer?: number;
  /** Undefined when it works here and now, else the catalogue id of why not. */
  readonly whyNot?: (state: State) => string | undefined;
}

/** `ctrl-z`, `pad-enter`, `shift-tab`, `A`: how a binding names a key. */
export function keyName(key: Extract<Key, { kind: 'key' }>): string {
  const parts = [key.ctrl && 'ctrl', key.alt && 'alt', key.shift && 'shift', key.pad && 'pad', key.name];
  return parts.filter(Boolean).join('-');
}
