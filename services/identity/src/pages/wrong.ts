import { Refused } from '../http/problems.js';
import type { Html } from './html.js';
import type { TextKey, Texts } from './texts.js';

/** What a page says of a refusal; undefined where it is none: that is a fault and not the person's. */
export function wordsOf(error: unknown, { say }: Texts): Html | undefined {
  if (!(error instanceof Refused)) return undefined;
  const { problem, headers } = error;
  if (problem.type === 'too-many-requests') return waiting(say, Number(headers['retry-after'] ?? 60));
  const opensAt = problem['opensAt'];
  if (typeof opensAt === 'string') return say('wrong-closed', { time: timeOf(opensAt) });
  return say(WORDS[problem.type] ?? 'wrong-other');
}

/** Minutes where seconds would be counted for long. */
export const waiting = (say: Texts['say'], waitS: number): Html =>
  waitS <= 90 ? say('wrong-too-many', { count: waitS }) : say('wrong-too-many-minutes', { count: Math.ceil(waitS / 60) });

/** Of a code of six digits; what is none is not tried. */
export function wrongDigits(typed: string): TextKey | undefined {
  const bare = typed.replace(/[ -]/g, '');
  if (bare === '') return 'wrong-code-missing';
  return /^\d{6}$/.test(bare) ? undefined : 'wrong-code-digits';
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
