import { Option, type Command } from 'commander';
import type { Choose, Comparison } from '@portal/contract';
import { inCapacity, type Placed } from '../capacity.js';
import { outcomeOf, usage, type Outcome } from '../outcome.js';
import type { Workshop } from '../program.js';
import { repeatWhileAway } from '../repeat.js';
import { wholeNumber } from '../whole-number.js';
import { asksOfCentre, centrePlace, onCentre } from './centre-command.js';
import { anchorsIn } from './anchors.js';
import { comparisonText } from './iamis-comparison.js';
import { METHODS, optionsIn, type WhatIfOptions } from './what-if-options.js';

/** What a principal compares, and then chooses. */

/** As many as one request may compare. */
const MOST_OPTIONS = 12;

export function addChoosing(iamis: Command, workshop: Workshop): void {
  const { add, served, say } = workshop;
  const choose = add(iamis, `choose ${onCentre}`, 'cli.command.iamis.choose')
    .addOption(new Option('--method <method>', say('cli.option.method')).choices(METHODS).makeOptionMandatory())
    .requiredOption('--reason <text>', say('cli.option.reason'))
    .option('--tolerance <marks>', say('cli.option.tolerance'), wholeNumber(say, 1))
    .option('--lambda <number>', say('cli.option.lambda'))
    .option('--anchors <list>', say('cli.option.anchors'), anchorsIn(say));
  asksOfCentre<Choose>(workshop, choose, ({ api, options }, place, command) => {
    const { method, reason, tolerance, lambda, anchors } = options;
    const settings = { ...(tolerance !== undefined && { tolerance }), ...(lambda !== undefined && { lambda }) };
    return api.iamis.choose(place, { method, reason, ...settings, ...(anchors && { anchors }) }, command);
  });
  const whatIf = add(iamis, `what-if ${onCentre}`, 'cli.command.iamis.what-if')
    .addOption(new Option('--method <method...>', say('cli.option.methods')).choices(METHODS))
    .option('--tolerance <marks...>', say('cli.option.tolerances'), several(wholeNumber(say, 1)))
    .option('--lambda <number...>', say('cli.option.lambdas'))
    .option('--anchors <list...>', say('cli.option.anchorsToCompare'), several(anchorsIn(say)));
  served<WhatIfOptions>(whatIf, inCapacity(compare));
}

async function compare(at: Placed<WhatIfOptions>): Promise<Outcome> {
  const options = optionsIn(at.options);
  if (options.length > MOST_OPTIONS) return usage('method', 'cli.what-if-many', { count: options.length, most: MOST_OPTIONS });
  const answer = await repeatWhileAway(() => at.api.iamis.whatIf(centrePlace(at), { options }, { capacity: at.capacity }));
  return outcomeOf(answer, at, (rows: readonly Comparison[]) => {
    // In the order of the options; each says what it was asked for.
    const document = rows.map((row, index) => ({ ...row, option: options[index]! }));
    return { kind: 'done', document, text: say => comparisonText(say, document) };
  });
}

/** Gathers an option that may be given several times. */
function several<T>(one: (text: string) => T): (text: string, before: readonly T[] | undefined) => readonly T[] {
  return (text, before = []) => [...before, one(text)];
}

