/**
 * Makes documents, one at a time, for the process that started it, and ends with it. A process and not a thread: threads
 * share the collector's helpers and the lock on memory, and a mark would wait for both.
 */
import { readdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { constants, setPriority } from 'node:os';
import type { DocumentModel, Rendered } from '@portal/documents';
import { placeOf } from '../place-of.js';

export type Answer = { readonly rendered: Rendered } | { readonly error: string };

stepBack();
enableCompileCache();
const { render } = await import('@portal/documents');

process.on('message', (model: DocumentModel) => {
  void render(model).then(
    (rendered) => answer({ rendered }),
    (error: unknown) => answer({ error: placeOf(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
// Who stops the service may tell its whole group: the service ends us when it no longer needs us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

function answer(message: Answer): void {
  // Where nobody is left to hear it, there is nothing left to do.
  process.send?.(message, undefined, undefined, (error) => error && process.exit(0));
}

/** Whoever enters marks goes first. */
function stepBack(): void {
  if (process.platform !== 'linux') return setPriority(constants.priority.PRIORITY_LOW);
  // There each thread has its own.
  for (const thread of readdirSync('/proc/self/task')) setPriority(Number(thread), constants.priority.PRIORITY_LOW);
}
