import type { NotDone } from '../api/result.js';
import type { Sentence } from '../screen.js';
import { sanitise } from '../text/sanitise.js';
import { en, type MessageId } from './catalogue.js';

/** Why a call was not done, as a sentence for people. */
export function sentenceOf(result: NotDone): Sentence {
  if (result.kind === 'unreachable') return { id: 'problem.unreachable' };
  if (result.kind === 'unknown') return { id: 'problem.outcome-unknown' };
  if (result.kind === 'signed-out') return { id: 'problem.not-signed-in' };
  const id = `problem.${result.problem.type}`;
  return id in en ? { id: id as MessageId } : { id: 'problem.other', values: { type: sanitise(result.problem.type) } };
}
