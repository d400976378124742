import { InvalidArgumentError } from 'commander';
import type { Choose } from '@portal/contract';
import type { Say } from '../outcome.js';

export type Anchors = NonNullable<Choose['anchors']>;

/** Reads `10:+2,40:0`: at the centre mark 10 two points more, at 40 none. Which may follow which, the service says. */
export function anchorsIn(say: Say): (text: string) => Anchors {
  return text =>
    text.split(',').map(one => {
      const [, at, difference] = /^(\d{1,4}):([+-]?\d{1,4})$/.exec(one) ?? [];
      if (at === undefined || difference === undefined) throw new InvalidArgumentError(say('cli.anchors-malformed'));
      // Never the other zero: JSON would write it as 0 and an equal command would differ.
      return { at: Number(at), difference: Number(difference) || 0 };
    });
}

/** As they are written on the command line. */
export function anchorsText(anchors: Anchors): string {
  return anchors.map(({ at, difference }) => `${at}:${difference > 0 ? '+' : ''}${difference}`).join(',');
}
