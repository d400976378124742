import type { Generation } from '../port.js';
import { REGISTRY } from './keys.js';
import type { ScriptedRedis } from './scripts.js';

export type Registered = Omit<Generation, 'checkpoint'>;

export interface Registry {
  /** Number of the last generation begun, of whatever view: none is given twice. */
  readonly last: number;
  readonly generations: readonly Registered[];
  /** Gone, and not yet known to be cleared away. */
  readonly dropped: readonly Registered[];
}

const EMPTY: Registry = { last: 0, generations: [], dropped: [] };

export async function readRegistry(redis: ScriptedRedis): Promise<Registry> {
  return parsed(await redis.get(REGISTRY));
}

/** `change` is asked again where somebody else changed it meanwhile; what it gives back undefined for stays as it is. */
export async function changeRegistry(
  redis: ScriptedRedis,
  change: (before: Registry) => Registry | undefined,
): Promise<Registry | undefined> {
  for (;;) {
    const text = await redis.get(REGISTRY);
    const after = change(parsed(text));
    if (after === undefined) return undefined;
    if ((await redis.portalReplace(REGISTRY, text ?? '', JSON.stringify(after))) === 1) return after;
  }
}

/** Each generation of the view gets the state that `next` says; undefined: it is dropped. */
export function restated(
  before: Registry, view: string, next: (generation: Registered) => Generation['state'] | undefined,
): Registry {
  const states = before.generations.map((one) => ({ one, state: one.view === view ? next(one) : one.state }));
  return {
    ...before,
    generations: states.flatMap(({ one, state }) => (state === undefined ? [] : [{ ...one, state }])),
    dropped: [...before.dropped, ...states.filter(({ state }) => state === undefined).map(({ one }) => one)],
  };
}

const parsed = (text: string | null): Registry => (text === null ? EMPTY : (JSON.parse(text) as Registry));
