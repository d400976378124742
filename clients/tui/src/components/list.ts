import type { Key } from '../platform/input/key.js';
import type { KeyBinding } from '../platform/screen.js';
import { EMPTY_FIELD, editField, type Field } from './field.js';

/** A list with a selected row and a filter: the same keys on every screen. */
export interface ListState {
  readonly selected: number;
  readonly filter: Field;
  /** The filter is being typed. */
  readonly isTyping: boolean;
}

export const EMPTY_LIST: ListState = { selected: 0, filter: EMPTY_FIELD, isTyping: false };

export type ListAction = 'up' | 'down' | 'first' | 'last' | 'page-up' | 'page-down' | 'filter';

export const LIST_KEYS: readonly KeyBinding<never, ListAction>[] = [
  { action: 'up', keys: ['up', 'k'], description: 'key.up' },
  { action: 'down', keys: ['down', 'j'], description: 'key.down' },
  { action: 'first', keys: ['home', 'g'], description: 'key.first' },
  { action: 'last', keys: ['end', 'G'], description: 'key.last' },
  { action: 'page-up', keys: ['pageup'], description: 'key.page-up' },
  { action: 'page-down', keys: ['pagedown', 'space'], description: 'key.page-down' },
  { action: 'filter', keys: ['/', 'ctrl-f'], description: 'key.filter', footer: 3 },
];

/** `count` rows are shown after filtering, `page` of them at once. Undefined where the action is none of a list's. */
export function moveList(list: ListState, action: string, count: number, page: number): ListState | undefined {
  const to = (selected: number) => ({ ...list, selected: clamp(selected, count) });
  const at = clamp(list.selected, count);
  if (action === 'up') return to(at - 1);
  if (action === 'down') return to(at + 1);
  if (action === 'first') return to(0);
  if (action === 'last') return to(count - 1);
  if (action === 'page-up') return to(at - page);
  if (action === 'page-down') return to(at + page);
  return action === 'filter' ? { ...list, isTyping: true } : undefined;
}

/** While the filter is typed, every key is the filter's: Enter keeps it, Esc shows everything again. */
export function typeFilter(list: ListState, key: Key): ListState {
  if (key.kind === 'key' && key.name === 'enter') return { ...list, isTyping: false };
  if (key.kind === 'key' && key.name === 'escape') return { ...list, filter: EMPTY_FIELD, isTyping: false };
  const filter = editField(list.filter, key);
  return filter === undefined ? list : { ...list, filter, selected: 0 };
}

/** Every word of the filter must stand somewhere in the row. */
export function matches(list: ListState, row: string): boolean {
  const words = list.filter.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const text = row.toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}

/** The first row to show, so that the selected one is visible and the list moves as little as it can. */
export function firstVisible(selected: number, count: number, page: number): number {
  return Math.max(0, Math.min(selected - Math.floor(page / 2), count - page));
}

export function clamp(selected: number, count: number): number {
  return Math.max(0, Math.min(selected, count - 1));
}
