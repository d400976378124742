import { randomUUID } from 'node:crypto';
import type { EmiSummary } from '@portal/contract';
import type { Plain } from './app.plain.js';
import { readEnteredSheets } from './app.sheets.js';
import { sanitise } from './platform/text/sanitise.js';
import { receiptLines } from './screens/submission/receipt.js';
import { seen, summarise } from './screens/submission/submission.state.js';

/** Summary, one confirmation in words, receipt. */
export async function submitComponent({ api, outbox, dialogue }: Plain, { component }: EmiSummary): Promise<void> {
  dialogue.say('plain.waiting');
  const drained = await outbox.drain({ component });
  if (drained.kind !== 'drained') return dialogue.say('plain.not-sent', { count: drained.left });
  const read = await readEnteredSheets(api, component, outbox.notTaken(component));
  if (read.kind !== 'ok') return dialogue.refused(read);
  const { marks, absent, total, sheets, unconfirmed } = summarise(read.value.sheets);
  if (marks + absent === 0) return dialogue.say('submission.nothing');
  dialogue.say('plain.summary', { marks, absent, total, sheets: sheets.length });
  const { notTaken } = read.value;
  if (notTaken.length > 0) {
    const list = notTaken.map(({ centre, candidate, typed }) => `${centre} ${candidate} ${sanitise(typed)}`).join(', ');
    dialogue.say('plain.not-taken', { count: notTaken.length, list });
  }
  if (unconfirmed.length > 0) {
    dialogue.say('plain.unconfirmed', { list: unconfirmed.map(({ centre, candidate, mark }) => `${centre} ${candidate} ${mark}`).join(', ') });
  }
  const answer = (await dialogue.ask('plain.confirm'))?.trim().toLocaleLowerCase();
  if (answer !== dialogue.t('plain.confirm-word')) return dialogue.say('plain.not-submitted');
  const command = { commandId: randomUUID() };
  const body = { sheets: seen(read.value.sheets), confirmed: true };
  let done = await api.submit(component, body, command);
  // A lost answer is asked for again with the same command: never submitted twice.
  for (let tries = 0; done.kind === 'unknown' && tries < 5; tries += 1) done = await api.submit(component, body, command);
  if (done.kind !== 'ok') return dialogue.refused(done);
  dialogue.say('submission.receipt.heading');
  for (const line of receiptLines(done.value, dialogue)) dialogue.line(line);
}
