import type { Recorded } from '@portal/contract';
import type { Done } from './outcome.js';

/** The plain answer to a command: the event, or that nothing changed. */
export function recorded(document: Recorded): Done {
  return { kind: 'done', document, text: say => say(document.event === null ? 'cli.nothing-changed' : 'cli.done') };
}
