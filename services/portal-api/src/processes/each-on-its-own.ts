import { log } from '../platform/logging.js';
import { placeOf } from '../platform/place-of.js';

/** What is unfinished, one after the other: one that fails is named, holds up no other, and is tried again the next time. */
export async function eachOnItsOwn(what: 'submission' | 'import', ids: readonly string[], finish: (id: string) => Promise<void>): Promise<void> {
  for (const id of ids) {
    try {
      await finish(id);
    } catch (error) {
      log.warn({ [what]: id, error: placeOf(error) }, 'what was left unfinished could not be taken up');
    }
  }
}
