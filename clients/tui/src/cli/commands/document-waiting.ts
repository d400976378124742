import { setTimeout as pause } from 'node:timers/promises';
import type { Document } from '@portal/contract';
import { reasonWords } from '../../platform/documents/reason.js';
import { notDone, refused, sentence, type Outcome, type Sentence } from '../outcome.js';
import type { Served } from '../program.js';
import { repeatWhileAway } from '../repeat.js';

/** Waits until a document is there, saying on standard error how far it is where a person looks on. */
export async function untilReady(at: Served<object>, asked: Document, then: (ready: Document) => Promise<Outcome>): Promise<Outcome> {
  const show = progressOn(at);
  let now = asked;
  while (now.state !== 'ready' && now.state !== 'parked') {
    show(now);
    const watched = await at.api.documents.watch(now.document, show);
    // Cut off in the middle, it goes on where it is by then.
    const next = watched.kind === 'ok' && watched.value !== undefined ? watched : await repeatWhileAway(() => at.api.documents.show(now.document));
    if (next.kind !== 'ok') return notDone(next, at);
    now = next.value as Document;
    if (now.state === 'requested' || now.state === 'failed') await pause(LOOK_AGAIN_MS);
  }
  show(undefined);
  return now.state === 'ready' ? then(now) : parked(now);
}

const LOOK_AGAIN_MS = 300;

function parked({ document, reason = '' }: Document): Outcome {
  const { error, ...no } = refused('document-parked', undefined, whyParked(reason));
  return { ...no, error: { ...error, document, reason } };
}

export function whyParked(reason: string): Sentence {
  const words = reasonWords(reason);
  return words === undefined ? sentence('cli.document.parked', { reason }) : { id: 'cli.document.parked', inner: { reason: sentence(words) } };
}

/** One line that is written over, and taken away at the end. */
function progressOn({ context: { surroundings, options } }: Served<object>): (now: Document | undefined) => void {
  const { stderr } = surroundings;
  if (!stderr.isTTY || options.quiet) return () => undefined;
  return (now) => void stderr.write(now === undefined ? '\r\u001b[K' : `\r\u001b[K${bar(now.progress)} ${String(now.progress).padStart(3)} %`);
}

const COLUMNS = 30;
const bar = (progress: number): string => '█'.repeat(Math.round((progress * COLUMNS) / 100)).padEnd(COLUMNS, '░');
