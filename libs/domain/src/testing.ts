/** How rules are tested: given what happened, when this is asked, it records that. For specs only. */
import type { Decider } from './decider.js';
import { fold } from './decider.js';

export interface Then<Event, Refusal> {
  records(events: readonly Event[]): void;
  refuses(refusal: Refusal): void;
  recordsNothing(): void;
}

export function given<Command, Event, State, Refusal>(
  decider: Decider<Command, Event, State, Refusal>,
  past: readonly NoInfer<Event>[],
): { when(command: Command): Then<Event, Refusal> } {
  return {
    when(command) {
      const decision = decider.decide(command, fold(decider, past));
      return {
        records: (events) => expectSame(decision, { accepted: events }),
        refuses: (refusal) => expectSame(decision, { refused: refusal }),
        recordsNothing: () => expectSame(decision, { accepted: [] }),
      };
    },
  };
}

function expectSame(actual: unknown, expected: unknown): void {
  const [is, shouldBe] = [canonical(actual), canonical(expected)];
  if (is !== shouldBe) throw new Error(`decided\n${is}\nand not\n${shouldBe}`);
}

/** Names in order and absent values left out: what two equal events have in common. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isRecord(part) ? sorted(part) : part), 2);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
