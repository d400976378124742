import type { MessageId } from './messages.en.js';

/** Something that ends the program: what is said, and its exit code (1 refused, 2 usage, 3 not paired, 4 unreachable). */
export class Failure extends Error {
  constructor(
    readonly id: MessageId,
    readonly code: 1 | 2 | 3 | 4,
    readonly values: Readonly<Record<string, string>> = {},
  ) {
    super(id);
  }
}
