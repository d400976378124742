/** What is injected by name because it is an interface. */
export const CONFIG = Symbol('config');
export const EVENT_STORE = Symbol('event store');
export const STREAMS = Symbol('streams');
export const VIEW_STORE = Symbol('view store');
export const FILES = Symbol('files');
export const JOBS = Symbol('jobs');
export const NOTARY_HEAD = Symbol('notary head');

/** The latest signed checkpoint; undefined before the first. */
export type NotaryHead = () => Promise<{ readonly position: string; readonly hash: string } | undefined>;
