import type { Document } from '@portal/contract';
import { dayAndTime } from '../../components/time.js';
import type { Language } from '../../platform/i18n/catalogue.js';
import { reasonWords } from '../../platform/documents/reason.js';
import type { Say } from '../outcome.js';
import { headings, table } from '../table.js';

/** Documents as a table for people: all that tells one from another, and why one was not made. */
export function documentsText(say: Say, documents: readonly Document[], language: Language): string {
  const heads = headings([
    'document', 'kind', 'component', 'centre', 'candidate', 'receipt', 'language', 'format', 'state', 'progress', 'bytes', 'pages', 'asked', 'reason',
  ]);
  const rows = documents.map((one) => [
    one.document, say(`documents.kind.${one.kind}`), one.component, one.centre, one.candidate, one.receipt, one.language, one.format,
    stateText(say, one), one.progress, one.bytes, one.pages, dayAndTime(one.requestedAt, language), reasonText(say, one),
  ]);
  return table(say, heads, rows);
}

const stateText = (say: Say, { state }: Document): string => say(state === 'rendering' ? 'cli.document.rendering' : `documents.state.${state}`);

/** A reason is a word; what is newer than this client is shown as it is. */
function reasonText(say: Say, { reason }: Document): string | undefined {
  const words = reason === undefined ? undefined : reasonWords(reason);
  return words === undefined ? reason : say(words);
}
