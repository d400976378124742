/** In words, what was done with the numbers that were recorded. */
import type { OutcomeShown } from '../models.js';
import { signed } from '../texts/figures.js';
import type { Say } from '../texts/say.js';

export function ruleOf(say: Say, { stage, method, tolerance, anchors = [] }: OutcomeShown, maximum: number): string {
  if (stage === 'order-doubtful') return say('formula.doubtful');
  if (stage === 'accepted') return method === 'accept' ? say('formula.accepted') : say('formula.within', { tolerance });
  if (method === 'use-moderator-marks') return say('formula.moderator-marks');
  if (method !== 'piecewise') return say('formula.line', { maximum });
  const written = anchors.map(({ at, difference }) => `${at}: ${signed(difference)}`).join(', ');
  return say('formula.anchors', { anchors: written, maximum });
}

/** A fraction as it is recorded, and what it comes to. */
export function rational(text: string): string {
  const [over, under] = text.split('/');
  const minus = text.replace('-', '−');
  if (under === undefined) return minus;
  const value = (Math.round((Number(over) / Number(under)) * 10_000) / 10_000).toFixed(4).replace('-', '−');
  return `${minus} ≈ ${value}`;
}
