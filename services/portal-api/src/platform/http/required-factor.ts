import { ProblemError } from './problem-error.js';
import { FACTOR_AGE_S, type Freshness } from './routes.js';

/** Thrown at whoever proved longer ago than this who they are; `provenAt` in seconds since 1970, undefined where nobody says. */
export function requireFactor(freshness: Freshness, { provenAt }: { readonly provenAt: number | undefined }): void {
  const maxAgeS = FACTOR_AGE_S[freshness];
  if (provenAt !== undefined && Date.now() / 1000 - provenAt <= maxAgeS) return;
  throw new ProblemError('factor-needed', 'prove again who you are, and repeat the request', { maxAgeS });
}
