import { en, type MessageId } from '../platform/i18n/catalogue.js';
import { problemId, problemValues } from '../platform/i18n/not-done.js';
import { sanitise } from '../platform/text/sanitise.js';
import type { Failed, Say } from './outcome.js';

/** A refusal as one line for people: the catalogue's sentence, the input at fault, and whom it is about. */
export function problemSentence(say: Say, error: Failed['error']): string {
  if (error.type === 'usage') return sanitise(error.detail ?? error.type);
  // Named below where there are any; that nobody may is a sentence of its own.
  if (error.type === 'not-independent' && Array.isArray(error['others']) && error['others'].length === 0) return say('iamis.not-independent.nobody');
  const id = problemId(error);
  const spoken = id !== undefined ? say(id, problemValues(error)) : say('problem.other', { type: sanitise(error.type) });
  const field = error.field === undefined ? '' : say('cli.field', { field: sanitise(error.field) });
  const about = ABOUT.flatMap(name => (Array.isArray(error[name]) ? error[name].flatMap(one => named(say, one)) : []));
  return `${spoken}${field}${about.length === 0 ? '' : ` ${about.join(', ')}`}`;
}

/** What a refusal names besides: whom it is about, who may instead, what is missing. */
const ABOUT = ['candidates', 'centres', 'fields', 'others', 'flags'] as const;

/** `68101 0007`, or the number alone; a word of the service in words of ours. */
function named(say: Say, one: unknown): readonly string[] {
  if (typeof one === 'object' && one !== null) {
    const { centre, candidate } = one as { centre?: unknown; candidate?: unknown };
    return [sanitise([centre, candidate].filter(part => typeof part === 'string').join(' '))];
  }
  const word = String(one);
  const id = [`iamis.flag.${word}`, `cli.report.${word}`].find(known => known in en);
  // The report as a whole is what the sentence is about already.
  return word === 'report' ? [] : [id === undefined ? sanitise(word) : say(id as MessageId)];
}
