import type { ProblemType } from '@portal/contract';

/** Thrown at the edge only, where a request cannot be answered; everything deeper returns its refusals as values. */
export class ProblemError extends Error {
  constructor(
    readonly type: ProblemType,
    detail: string,
    /** More members of the problem, e.g. `field`. */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }
}
