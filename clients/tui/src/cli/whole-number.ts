import { InvalidArgumentError } from 'commander';
import type { Say } from './outcome.js';

/** Reads the value of an option that is a whole number from `least` on; anything else is a misuse. */
export function wholeNumber(say: Say, least: number): (text: string) => number {
  return text => {
    const number = /^\d{1,6}$/.test(text) ? Number(text) : undefined;
    if (number === undefined || number < least) throw new InvalidArgumentError(say('cli.number-malformed', { least }));
    return number;
  };
}
