import type { Me } from '@portal/contract';
import type { ListState } from './components/list.js';
import type { Field } from './components/field.js';
import type { Language } from './platform/i18n/catalogue.js';
import type { Key } from './platform/input/key.js';
import type { Capacities, CommonMessage, Screen, Sentence, Typed } from './platform/screen.js';
import type { Meaning, ThemeName } from './platform/theme.js';
import type { WorkAs } from './platform/work-as.js';

/** What the frame around all screens remembers, and the messages that move it. */

// The frame knows screens only by their shape: each one's own state and messages stay its own.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyScreen = Screen<any, any, any, any>;
export type Screens = Readonly<Record<string, AnyScreen>>;

/** A screen that was opened: answers find it by its number, also when others lie on top. */
export interface Opened {
  readonly id: number;
  readonly name: string;
  readonly state: unknown;
  /** Drawn as a box over the screen below, which stays as it is. */
  readonly isOver: boolean;
}

export interface Connection {
  /** `recognising`: somebody stayed signed in here, and it is being asked who. */
  readonly kind: 'none' | 'recognising' | 'online' | 'offline' | 'signed-out';
  readonly queued: number;
}

export type AppOverlay =
  | { readonly kind: 'help'; readonly top: number }
  | { readonly kind: 'palette'; readonly field: Field; readonly list: ListState }
  | { readonly kind: 'quit' };

export interface AppState {
  readonly stack: readonly Opened[];
  readonly nextId: number;
  readonly overlay: AppOverlay | undefined;
  /** Pressed so far. */
  readonly keys: number;
  /** When the last one was, in milliseconds since 1970. */
  readonly idleSince: number;
  readonly columns: number;
  readonly rows: number;
  readonly language: Language;
  readonly theme: ThemeName;
  readonly now: number;
  readonly connection: Connection;
  readonly person: Me | undefined;
  readonly workAs: Capacities;
  readonly said: { readonly sentence: Sentence; readonly as: Meaning } | undefined;
}

export type AppMessage =
  | { readonly type: 'key'; readonly key: Key }
  | { readonly type: 'resized'; readonly columns: number; readonly rows: number }
  | { readonly type: 'second'; readonly now: number }
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'rang' }
  | { readonly type: 'answered'; readonly to: number; readonly message: Typed }
  /** A call found that the session is over. */
  | { readonly type: 'session-ended' }
  | { readonly type: 'session-began'; readonly me: Me }
  /** `stillOpen`: what of it is left elsewhere. */
  | { readonly type: 'signed-out'; readonly stillOpen?: readonly Sentence[] }
  /** A call waits until the person has proved once more who they are. */
  | { readonly type: 'factor-needed' }
  /** `once`: not where one of that name is open. */
  | { readonly type: 'open'; readonly name: string; readonly params: unknown; readonly once?: true }
  /** What no page asked for, and the person should know; `on`: other words where that page is open. */
  | { readonly type: 'told'; readonly sentence: Sentence; readonly on?: Readonly<Record<string, Sentence>>; readonly as: Meaning; readonly isHeard?: boolean };

export type AppEffect =
  | { readonly type: 'of-screen'; readonly from: number; readonly effect: Typed }
  | { readonly type: 'bell' }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'repaint' }
  | { readonly type: 'leave' }
  | { readonly type: 'keep-work-as'; readonly account: string; readonly component: string; readonly capacity: WorkAs | undefined }
  | { readonly type: 'keep-settings'; readonly language: Language; readonly theme: ThemeName };

export const SMALLEST = { columns: 80, rows: 24 };
/** Title line, message line and footer; one row of the terminal stays free, so that drawing never scrolls. */
export const FRAME_ROWS = 4;

export function bodySize(state: Pick<AppState, 'columns' | 'rows'>) {
  return { columns: state.columns, rows: Math.max(1, state.rows - FRAME_ROWS) };
}

export function isTooSmall({ columns, rows }: Pick<AppState, 'columns' | 'rows'>): boolean {
  return columns < SMALLEST.columns || rows < SMALLEST.rows;
}

export function topOf(state: AppState): Opened {
  return state.stack.at(-1)!;
}

export type ToScreen = CommonMessage | Typed;
