import type { Command } from 'commander';
import type { HistoryEntry } from '@portal/contract';
import { timeRemark } from '../../components/entered.js';
import { stamp } from '../../components/time.js';
import type { Language } from '../../platform/i18n/catalogue.js';
import { outcomeOf, type Outcome, type Say } from '../outcome.js';
import type { Served, Workshop } from '../program.js';
import { headings, table } from '../table.js';

export function addHistory(program: Command, { add, served }: Workshop): void {
  served(add(program, 'history <component> <centre> <candidate>', 'cli.command.history'), showHistory);
}

async function showHistory(at: Served<object>): Promise<Outcome> {
  const [component = '', centre = '', candidate = ''] = at.words;
  return outcomeOf(await at.read(() => at.api.history({ component, centre, candidate })), at, entries => ({
    kind: 'done',
    document: entries,
    text: say => historyText(entries, say, at.context.language),
  }));
}

/** When it was recorded and when it was typed, each by its own clock; where an allocation moved the candidate, whom from and to. */
export function historyText(entries: readonly HistoryEntry[], say: Say, language: Language): string {
  const heads = headings(['recordedAt', 'enteredAt', 'type', 'from', 'to', 'actor', 'capacity', 'reason']);
  const rows = entries.map(entry => [
    stamp(entry.recordedAt, language),
    enteredText(entry, say, language),
    entry.type,
    entry.from ?? entry.fromExaminer,
    entry.to ?? entry.toExaminer,
    entry.actor,
    entry.capacity,
    entry.reason,
  ]);
  return table(say, heads, rows);
}

function enteredText(entry: HistoryEntry, say: Say, language: Language): string | null {
  if (entry.enteredAt === null) return null;
  return [stamp(entry.enteredAt, language), timeRemark(entry, say)].filter(part => part !== undefined).join(' ');
}
