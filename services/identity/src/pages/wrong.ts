import { Refused } from '../http/problems.js';
import type { Html } from './html.js';
import type { TextKey, Texts } from './texts.js';

/** What a page says of a refusal; undefined where it is none: that is a fault and not the person's. */
export function wordsOf(error: unknown, { say }: Texts): Html | undefined {
  if (!(error instanceof Refused)) return undefined;
  const { problem, headers } = error;
  if (problem.type === 'too-many-requests') return say('wrong-too-many', { count: Number(headers['retry-after'] ?? 60) });
  const opensAt = problem['opensAt'];
  if (typeof opensAt === 'string') return say('wrong-closed', { time: timeOf(opensAt) });
  return say(WORDS[problem.type] ?? 'wrong-other');
}

/** As the clock on the wall of the board shows it. */
export const timeOf = (iso: string): string => new Date(iso).toLocaleTimeString('en-GB', { timeZone: 'Europe/London' });

const WORDS: Readonly<Record<string, TextKey>> = {
  'password-refused': 'wrong-password',
  'code-refused': 'wrong-code',
  'approval-denied': 'wrong-denied',
  'approval-expired': 'wrong-expired',
  'factor-unavailable': 'wrong-unavailable',
  'store-full': 'wrong-not-recorded',
  'outcome-unknown': 'wrong-not-recorded',
  unavailable: 'wrong-not-recorded',
};
