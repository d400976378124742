import { Option, type Command } from 'commander';
import { asksOfCentre, onCentre } from './centre-command.js';
import type { Workshop } from '../program.js';
import { wholeNumber } from '../whole-number.js';

/** What brings the moderation of a centre to its end, or back. */
export function addDeciding(iamis: Command, workshop: Workshop): void {
  const { add, say } = workshop;
  asksOfCentre(workshop, add(iamis, `submit ${onCentre}`, 'cli.command.iamis.submit'), (at, place, command) =>
    at.api.iamis.submit(place, command),
  );
  const approve = add(iamis, `approve ${onCentre}`, 'cli.command.iamis.approve');
  approve.option('--outcome <number>', say('cli.option.outcome'), wholeNumber(say, 0));
  asksOfCentre<{ outcome?: number }>(workshop, approve, ({ api, options: { outcome } }, place, command) =>
    api.iamis.approve(place, { ...(outcome !== undefined && { outcome }) }, command),
  );
  const giveBack = add(iamis, `return ${onCentre}`, 'cli.command.iamis.return')
    .requiredOption('--reason <text>', say('cli.option.reason'))
    .option('--centre-marks', say('cli.option.centreMarks'));
  asksOfCentre<{ reason: string; centreMarks?: true }>(workshop, giveBack, ({ api, options }, place, command) =>
    api.iamis.giveBack(place, { reason: options.reason, of: options.centreMarks ? 'centre-marks' : 'outcome' }, command),
  );
  const further = add(iamis, `further-sample ${onCentre}`, 'cli.command.iamis.further-sample')
    .requiredOption('--reason <text>', say('cli.option.reason'))
    .option('--size <number>', say('cli.option.size'), wholeNumber(say, 1));
  asksOfCentre<{ reason: string; size?: number }>(workshop, further, ({ api, options: { reason, size } }, place, command) =>
    api.iamis.furtherSample(place, { reason, ...(size !== undefined && { size }) }, command),
  );
  const reallocate = add(iamis, `reallocate ${onCentre}`, 'cli.command.iamis.reallocate')
    .requiredOption('--to <username>', say('cli.option.toModerator'))
    .addOption(new Option('--entered <what>', say('cli.option.entered')).choices(['keep', 'clear']));
  asksOfCentre<{ to: string; entered?: 'keep' | 'clear' }>(workshop, reallocate, ({ api, options }, place, command) =>
    api.iamis.reallocate(place, { to: options.to, ...(options.entered && { entered: options.entered }) }, command),
  );
}
