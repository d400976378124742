import type { MessageId, Say } from '../texts/say.js';
import { en } from '../texts/say.js';

/** In Welsh the principal of a paper and that of a unit are called by what they do. */
export function roleOf(say: Say, role: string, of: 'marking' | 'moderating'): string {
  const id = [`summary.role.${role}.${of}`, `summary.role.${role}`].find((one) => one in en);
  return id === undefined ? role : say(id as MessageId);
}
