/** Words are written once: what an event refers to never changes, it can only be erased. */
import type { Decider } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { FreeTextEvent } from './events.js';

export type WriteText = { readonly type: 'WriteText'; readonly text: string; readonly words: string };
export type FreeTextRefusal = { readonly reason: 'SettingMalformed'; readonly field: string };

export const freeText: Decider<WriteText, FreeTextEvent, string | undefined, FreeTextRefusal> = {
  initial: undefined,
  decide({ text, words }, before) {
    if (before === words) return accept();
    if (before !== undefined) return refuse({ reason: 'SettingMalformed', field: 'text' });
    return accept({ type: 'TextWritten', data: { text, words } });
  },
  evolve: (_, { data }) => data.words,
};
