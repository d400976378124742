import { randomUUID } from 'node:crypto';

/** Random ids, where a use case needs one. */
export interface Ids {
  /** A version 4 UUID. */
  random(): string;
}
export const IDS = Symbol('ids');
export const randomIds: Ids = { random: randomUUID };
