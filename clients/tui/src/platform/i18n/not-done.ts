import type { NotDone } from '../api/result.js';
import type { Sentence } from '../screen.js';
import { sanitise } from '../text/sanitise.js';
import { en, type MessageId } from './catalogue.js';

/** Why a call was not done, as a sentence for people. */
export function sentenceOf(result: NotDone): Sentence {
  if (result.kind === 'unreachable') return { id: 'problem.unreachable' };
  if (result.kind === 'unknown') return { id: 'problem.outcome-unknown' };
  if (result.kind === 'signed-out') return { id: 'problem.not-signed-in' };
  const id = problemId(result.problem);
  const values = problemValues(result.problem);
  if (id !== undefined) return values === undefined ? { id } : { id, values };
  return { id: 'problem.other', values: { type: sanitise(result.problem.type) } };
}

/** The catalogue's sentence for a refusal; undefined where it has none. */
export function problemId(problem: { readonly type: string; readonly [more: string]: unknown }): MessageId | undefined {
  // Something else about the candidate has moved on, and there is no mark that anybody could have changed.
  const isBlank = problem.type === 'changed-elsewhere' && problem['by'] === '' && problem['mark'] === null;
  const isClosed = problem.type === 'factor-unavailable' && problemValues(problem) !== undefined;
  const id = isBlank ? 'problem.changed-elsewhere-blank' : isClosed ? 'problem.factor-closed' : `problem.${problem.type}`;
  return id in en ? (id as MessageId) : undefined;
}

/** What its sentence names. */
export function problemValues({ opensAt }: { readonly [more: string]: unknown }): Sentence['values'] {
  const at = typeof opensAt === 'string' ? new Date(opensAt) : undefined;
  if (at === undefined || Number.isNaN(at.getTime())) return undefined;
  return { time: at.toLocaleTimeString('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' }) };
}
