import type { RequestDocument } from '@portal/contract';
import type { MessageId, Translate } from './i18n/catalogue.js';
import type { Key } from './input/key.js';
import type { Meaning } from './theme.js';
import type { WorkAs } from './work-as.js';

/**
 * How a screen is written.
 *
 * A screen is a value of four pure functions and a table of keys; it never touches Ink, the terminal, a file or the
 * network. `init` and `update` answer the next state and, as data, what should be done; `view` answers the rows of its
 * part of the terminal. The program (`program.ts`) holds the state outside React, hands every effect to the interpreter
 * registered for its `type` (`main.tsx`), and brings the interpreter's answer back as a message **to the same opened
 * screen**, also when another lies on top of it by then.
 *
 * What arrives: `CommonMessage`, and whatever messages the screen's own effects are answered with.
 * - `key`: every key, except those the frame around all screens takes first: `ctrl-c`, `ctrl-l`, `ctrl-p`, `f1`, `f9`, and
 *   `?` and `:` unless `takesText(state)`. `escape` goes to the screen; it answers `{ type: 'back' }` when it has nothing
 *   of its own to close. The bottom screen's `back` never quits.
 * - `resumed`: what lay on top has gone: read again what may have changed.
 * - `changed`: the service's doorbell rang: something this person can see has moved.
 * - `tick`: once a second, while the screen is on top.
 *
 * What may be asked for: `CommonEffect`, and the screen's own effects, whose `type` begins with the screen's name
 * (`mark-entry/load`), with no functions inside.
 *
 * Rows: a `Line` is a string, or a list of spans with their meaning (never a colour). A row is composed once and reused:
 * lines are painted once per object and remembered (`paint.ts`), so return the *same* line object for an unchanged row
 * (a `WeakMap` from the candidate's object to its line does it), and make only the rows that fit `size`. A frame has at
 * most `size.rows` lines; longer lines are cut, shorter ones filled. Text of people goes through `sanitise` first.
 */
export interface Screen<State, Message extends Typed, Effect extends Typed, Params> {
  readonly name: string;
  readonly init: (params: Params, services: Services) => Update<State, Effect | CommonEffect>;
  readonly update: (
    state: State,
    message: Message | CommonMessage,
    services: Services,
  ) => Update<State, Effect | CommonEffect>;
  readonly view: (state: State, size: Size, context: ViewContext) => Frame;
  readonly keys: readonly KeyBinding<State, string>[];
  /** What stands in the breadcrumb. */
  readonly title: (state: State, context: ViewContext) => string;
  /** True while printable keys are text: then `?` and `:` belong to the screen as well. */
  readonly takesText?: (state: State) => boolean;
  /** The full id of the component that it is about: the title line then names the capacity held there. */
  readonly worksOn?: (state: State) => string | undefined;
  /** Somebody reads papers between the keys: it is not soon covered. */
  readonly isLongWork?: boolean;
  /** What would be lost by leaving the program now, as a catalogue id; shown in the question. */
  readonly unsaved?: (state: State) => Sentence | undefined;
}

export interface Typed {
  readonly type: string;
}

export type CommonMessage =
  | { readonly type: 'key'; readonly key: Key }
  | { readonly type: 'action'; readonly action: string }
  | { readonly type: 'resumed' }
  | { readonly type: 'changed' }
  | { readonly type: 'tick' };

export type CommonEffect =
  | { readonly type: 'go'; readonly to: string; readonly params: unknown }
  /** Instead of this screen. */
  | { readonly type: 'replace'; readonly to: string; readonly params: unknown }
  | { readonly type: 'back' }
  | { readonly type: 'bell' }
  /** On the message line until the next key. */
  | { readonly type: 'say'; readonly sentence: Sentence; readonly as?: Meaning }
  /** In this capacity from now on, also at the next start; undefined ends it. */
  | { readonly type: 'work-as'; readonly component: string; readonly capacity: WorkAs | undefined }
  /** To the clipboard, where the terminal has one for us. */
  | { readonly type: 'copy'; readonly text: string }
  | AskDocument
  /** The agendas of these components' conferences; that there is none is said. */
  | { readonly type: 'documents/agenda'; readonly components: readonly string[] }
  /** Ask to leave the program. */
  | { readonly type: 'quit' };

/** A document in the background: the client rings when it is there, whichever page is open by then. */
export interface AskDocument {
  readonly type: 'documents/ask';
  /** In the language of the screen where none is named. */
  readonly wanted: RequestDocument;
  readonly capacity: string | undefined;
  /** Unless the same is on its way already. */
  readonly commandId: string;
  /** It goes to the printer as soon as it is there. */
  readonly isToPrint: boolean;
}

/** What an update may use besides its arguments; in tests all of it is fixed. */
export interface Services {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A new UUID at every call. */
  readonly newId: () => string;
  /** The room for the screen's own rows. */
  readonly size: Size;
  readonly workAs?: Capacities;
  /** User name of who is signed in. */
  readonly person?: string;
  /** That of the screen. */
  readonly language?: 'en' | 'cy';
}

/** In which capacity this window works, by full component id; one that is not here is the person's lowest role. */
export type Capacities = Readonly<Record<string, WorkAs>>;

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface ViewContext {
  readonly t: Translate;
  readonly language: 'en' | 'cy';
  readonly now: number;
  readonly workAs?: Capacities;
}

/** Something to be said, in whatever language is on when it is shown. */
export interface Sentence {
  readonly id: MessageId;
  readonly values?: Readonly<Record<string, string | number>>;
}

export type Line = string | readonly Span[];
export type Span = string | { readonly text: string; readonly as: Meaning };

export interface Frame {
  readonly lines: readonly Line[];
  /** The message line; where absent, what was last said with `say`. */
  readonly message?: Line;
  /** Footer words instead of those of the key table, while keys mean something else: a filter is typed. */
  readonly keys?: readonly (readonly [key: string, word: string])[];
  /** Laid over the screen, centred, by the frame around all screens: a question, a preview, a history. */
  readonly overlay?: Overlay;
}

export interface Overlay {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Footer words while it is open, instead of the screen's: `['enter', 'Submit'], ['escape', 'Not yet']`. */
  readonly keys: readonly (readonly [key: string, word: string])[];
}

export type WhyNot = string | Sentence | undefined;

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
  /** Undefined when it works here and now, else why not: a catalogue id, or a sentence that names somebody. */
  readonly whyNot?: (state: State) => WhyNot;
}

/** `ctrl-z`, `pad-enter`, `shift-tab`, `A`: how a binding names a key. */
export function keyName(key: Extract<Key, { kind: 'key' }>): string {
  const parts = [key.ctrl && 'ctrl', key.alt && 'alt', key.shift && 'shift', key.pad && 'pad', key.name];
  return parts.filter(Boolean).join('-');
}

export type Looked<Action extends string> =
  | { readonly action: Action }
  | { readonly whyNot: MessageId; readonly sentence: Sentence }
  | undefined;

/**
 * What a key means here and now: an action, or why not; undefined where it is bound to nothing.
 * A pad key that is bound to nothing means what the same key means elsewhere.
 */
export function lookUp<State, Action extends string>(
  keys: readonly KeyBinding<State, Action>[],
  state: State,
  key: Key,
): Looked<Action> {
  if (key.kind === 'paste') return undefined;
  const names = key.pad ? [keyName(key), keyName({ ...key, pad: undefined } as never)] : [keyName(key)];
  const found = names.map((name) => keys.find((binding) => binding.keys.includes(name))).find(Boolean);
  if (found === undefined) return undefined;
  const sentence = sentenceWhyNot(found.whyNot?.(state));
  return sentence === undefined ? { action: found.action } : { whyNot: sentence.id, sentence };
}

export const sentenceWhyNot = (whyNot: WhyNot): Sentence | undefined =>
  typeof whyNot === 'string' ? { id: whyNot as MessageId } : whyNot;
