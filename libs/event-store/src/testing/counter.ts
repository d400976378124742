/** A small decider for tests of the way in: adds up to a maximum. */
import { randomUUID } from 'node:crypto';
import { accept, refuse, type Decider } from '@portal/domain';
import type { CommandContext } from '../streams.js';

export interface Added {
  readonly type: 'Added';
  readonly data: { readonly n: number; readonly note?: string };
}

export const MAXIMUM = 100;

export const counter: Decider<number, Added, number, { readonly reason: 'TooMuch'; readonly left: number }> =
  {
    initial: 0,
    decide: (n, sum) => {
      if (n < 0) throw new Error('a bug in a decision');
      if (n === 0) return accept();
      return sum + n > MAXIMUM
        ? refuse({ reason: 'TooMuch', left: MAXIMUM - sum })
        : accept({ type: 'Added', data: { n } });
    },
    evolve: (sum, event) => sum + event.data.n,
  };

export function contextOf(commandId: string = randomUUID()): CommandContext {
  return {
    commandId,
    correlationId: commandId,
    actor: 'acc-1',
    capacity: 'examiner',
    session: 'ses-1',
    authMethod: 'pwd',
  };
}
