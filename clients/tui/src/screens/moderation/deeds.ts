import type { CommonEffect, Sentence, Services } from '../../platform/screen.js';
import { capacityOn, type At, type Deed, type DeedEffect, type DeedMessage } from './moderation.messages.js';

/** One thing that was asked for and is not answered yet. A lost answer is asked for again with the same number. */

export interface Asked extends DeedEffect {
  /** False: the answer was lost, and the person may ask again. */
  readonly isWaiting: boolean;
}

/** What a page remembers for it. */
export interface Asking {
  readonly asked: Asked | undefined;
  readonly problem: Sentence | undefined;
}

export const NOT_ASKED: Asking = { asked: undefined, problem: undefined };

type Next<S> = { readonly state: S; readonly effects: readonly (DeedEffect | CommonEffect)[] };

/** Nothing is asked while an answer is outstanding: least of all the same thing under another number. */
export function ask<S extends Asking>(state: S, deed: Deed, at: At, services: Services): Next<S> {
  if (state.asked !== undefined) return { state, effects: [{ type: 'bell' }, { type: 'say', sentence: { id: 'iamis.why.asked' }, as: 'warning' }] };
  const capacity = capacityOn(at.component, services);
  const effect: DeedEffect = { type: 'moderation/do', deed, at, capacity, commandId: services.newId() };
  return { state: { ...state, asked: { ...effect, isWaiting: true }, problem: undefined }, effects: [effect] };
}

export function askAgain<S extends Asking>(state: S): Next<S> {
  const { asked } = state;
  if (asked === undefined || asked.isWaiting) return { state, effects: [] };
  const { isWaiting: _, ...effect } = asked;
  return { state: { ...state, asked: { ...effect, isWaiting: true }, problem: undefined }, effects: [effect] };
}

/** The page goes on from here: what was done, or why it was not. An answer to something else changes nothing. */
export function answered<S extends Asking>(state: S, message: DeedMessage): Next<S> & { readonly done: Deed | undefined } {
  const { asked } = state;
  if (asked === undefined || asked.commandId !== message.commandId) return { state, effects: [], done: undefined };
  if (message.type === 'done') return { state: { ...state, asked: undefined, problem: undefined }, effects: [], done: asked.deed };
  const next = message.mayRepeat
    ? { ...state, asked: { ...asked, isWaiting: false }, problem: { id: 'iamis.lost' } as const }
    : { ...state, asked: undefined, problem: message.sentence };
  return { state: next, effects: [{ type: 'bell' }], done: undefined };
}

/** A refusal is said until the next key; that an answer was lost stays said, and that nothing could be read. */
export function heard<S extends Asking>(state: S, isLoaded: boolean): S {
  return state.problem === undefined || state.asked !== undefined || !isLoaded ? state : { ...state, problem: undefined };
}

export const whyNotAgain = ({ asked }: Asking): string | undefined =>
  asked === undefined || asked.isWaiting ? 'iamis.why.nothing-lost' : undefined;
