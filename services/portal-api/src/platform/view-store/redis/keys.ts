/**
 * Where views are in Redis. All that belongs to one generation has one hash tag, so that one script moves it also in a
 * cluster; which generations there are stands apart from them.
 */

/** Every generation there is, and which of them is read: one JSON text. */
export const REGISTRY = 'portal:view:generations';
/** Held by whoever changes generations. */
export const LEASE = 'portal:view:lease';
/** Rung when views have moved. */
export const MOVED = 'portal:view:moved';

/** Position of the last event folded, empty before the first. It is there as long as the generation is. */
export const checkpointKey = (view: string, generation: number): string => `${tagged(view, generation)}:checkpoint`;
/** Hash: a document by its key. */
export const documentsKey = (view: string, generation: number): string => `${tagged(view, generation)}:documents`;
/** Sorted set of the keys, all with the same score, which is by the keys themselves. */
export const orderKey = (view: string, generation: number): string => `${tagged(view, generation)}:order`;

/** Which event stands at the checkpoint. */
export const lastEventKey = (view: string, generation: number): string => `${tagged(view, generation)}:last-event`;

export const keysOf = (view: string, generation: number): readonly [string, string, string, string] =>
  [checkpointKey(view, generation), documentsKey(view, generation), orderKey(view, generation), lastEventKey(view, generation)];

const tagged = (view: string, generation: number): string => `portal:view:{${view}/${generation}}`;
