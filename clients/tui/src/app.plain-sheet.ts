import { randomUUID } from 'node:crypto';
import type { EmiSummary, Sheet, SheetCandidate } from '@portal/contract';
import { inPoints, isExtreme, parseMark, type MarkRefusal } from '@portal/domain';
import type { Plain } from './app.plain.js';
import type { OutboxAnswer, OutboxSheet } from './platform/outbox/outbox.js';
import { sentenceOf } from './platform/i18n/not-done.js';
import { sanitise } from './platform/text/sanitise.js';

/** One mark sheet, candidate by candidate. A mark is on this machine's disk before it is called taken. */
export async function enterSheet(plain: Plain, component: EmiSummary, centre: string): Promise<void> {
  const { api, outbox, dialogue } = plain;
  const read = await api.sheet(component.component, centre);
  if (read.kind !== 'ok') return dialogue.refused(read);
  const sheet = read.value;
  const queue = await outbox.open(component.component, centre);
  const marks = new Map<string, string>(queue.queued().map(({ candidate, mark }) => [candidate, mark]));
  const stop = outbox.onAnswer((answer) => sayRefusal(plain, answer));
  dialogue.say('plain.sheet-open', { centre, name: sanitise(sheet.name), maximum: sheet.maximum });
  await candidates({ plain, sheet, queue, marks });
  stop();
  const blank = sheet.candidates.filter((one) => one.state === 'blank' && !marks.has(one.candidate)).length;
  dialogue.say('plain.sheet-end', { entered: sheet.candidates.length - blank, blank });
}

interface Entering {
  readonly plain: Plain;
  readonly sheet: Sheet;
  readonly queue: OutboxSheet;
  /** Typed here, by candidate. */
  readonly marks: Map<string, string>;
}

async function candidates(entering: Entering): Promise<void> {
  const { sheet, plain } = entering;
  let at = Math.max(0, sheet.candidates.findIndex(({ state }) => state === 'blank'));
  while (at < sheet.candidates.length) {
    const one = sheet.candidates[at]!;
    if (one.state === 'submitted') {
      plain.dialogue.say('plain.locked', { candidate: one.candidate });
      at += 1;
      continue;
    }
    const line = (await plain.dialogue.ask('plain.candidate', spoken(one, entering.marks)))?.trim();
    if (line === undefined || line.toLowerCase() === 'back') return;
    if (line.startsWith('#')) at = found(entering, line.slice(1).trim(), at);
    else if (line === '' || (await take(entering, one, line))) at += 1;
  }
}

function spoken({ candidate, name, mark }: SheetCandidate, marks: ReadonlyMap<string, string>) {
  const now = marks.get(candidate) ?? (mark === null ? 'none' : String(mark));
  return { candidate, name: name === '' ? 'none' : sanitise(name), mark: now };
}

function found({ sheet, plain }: Entering, wanted: string, at: number): number {
  const number = wanted.padStart(4, '0');
  const index = sheet.candidates.findIndex(({ candidate }) => candidate === number);
  if (index >= 0) return index;
  plain.dialogue.say('plain.unknown-candidate', { candidate: sanitise(wanted) });
  return at;
}

/** False where the mark was not taken: the same candidate is asked for again. */
async function take({ plain, sheet, queue, marks }: Entering, one: SheetCandidate, typed: string): Promise<boolean> {
  const { dialogue } = plain;
  const mark = /^(abs|clear)$/i.test(typed) ? typed.toUpperCase() : typed;
  const read = parseMark(mark, sheet);
  if ('refused' in read) {
    sayWhyNot(plain, read.refused);
    return false;
  }
  const { candidate, revision } = one;
  await queue.commit([{ commandId: randomUUID(), candidate, mark, expect: revision, enteredAt: new Date().toISOString() }]);
  marks.set(candidate, mark);
  const isMark = read.parsed !== 'CLEAR' && typeof read.parsed === 'number';
  const extreme = isMark && isExtreme(inPoints(read.parsed, sheet.halfMarks), sheet.maximum);
  dialogue.say(extreme ? 'plain.taken-extreme' : 'plain.taken', { candidate, mark });
  return true;
}

function sayWhyNot({ dialogue }: Plain, refusal: MarkRefusal): void {
  if (refusal.reason === 'MarkMalformed') dialogue.say('plain.malformed', { typed: sanitise(refusal.typed) });
  else if (refusal.reason === 'MarkNotHalf') dialogue.say('plain.not-half');
  else dialogue.say('plain.out-of-range', { maximum: refusal.maximum });
}

function sayRefusal({ dialogue }: Plain, answer: OutboxAnswer): void {
  if (!('refused' in answer)) return;
  const why = sentenceOf({ kind: 'problem', problem: answer.refused });
  const { candidate, mark } = answer;
  dialogue.say('plain.refused', { candidate, mark, why: dialogue.t(why.id, why.values) });
}
