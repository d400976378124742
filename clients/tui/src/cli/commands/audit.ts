import type { Command } from 'commander';
import type { SignInLogEntry } from '@portal/contract';
import { stamp } from '../../components/time.js';
import type { Language } from '../../platform/i18n/catalogue.js';
import { outcomeOf, type Say } from '../outcome.js';
import type { Workshop } from '../program.js';
import { headings, table } from '../table.js';

interface SignInsOptions {
  readonly person?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit?: string;
  readonly before?: string;
}

/** What an auditor reads. */
export function addAudit(program: Command, { add, served, say }: Workshop): void {
  const audit = add(program, 'audit', 'cli.command.audit');
  const signIns = add(audit, 'sign-ins', 'cli.command.audit.sign-ins')
    .option('--person <username>', say('cli.option.person'))
    .option('--from <time>', say('cli.option.from-time'))
    .option('--to <time>', say('cli.option.to-time'))
    .option('--limit <n>', say('cli.option.limit'))
    .option('--before <position>', say('cli.option.before'));
  served<SignInsOptions>(signIns, async at => {
    const { person, from, to, limit, before } = at.options;
    const asked = Object.fromEntries(Object.entries({ person, from, to, limit, before }).filter(([, value]) => value !== undefined));
    return outcomeOf(await at.read(() => at.api.signInLog(asked)), at, entries => ({
      kind: 'done',
      document: entries,
      text: spoken => signInsText(entries, spoken, at.context.language),
    }));
  });
}

function signInsText(entries: readonly SignInLogEntry[], say: Say, language: Language): string {
  const heads = headings(['recordedAt', 'type', 'person', 'by', 'device', 'amr', 'factor', 'reason']);
  const rows = entries.map(entry => [
    stamp(entry.recordedAt, language),
    entry.type,
    entry.username ?? entry.person,
    entry.by,
    entry.device,
    entry.amr?.join(' ') ?? null,
    entry.factor,
    entry.reason,
  ]);
  return table(say, heads, rows);
}
