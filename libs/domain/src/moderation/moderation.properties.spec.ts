import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../decider.js';
import { examples } from '../testing/examples.js';
import { runModeration, steps } from '../testing/moderations.js';
import type { ModerationCommand } from './commands.js';
import { moderation } from './decide.js';
import type { ModerationEvent } from './events.js';
import { MODERATION_ROLES } from './permissions.js';
import { phaseOf, standingOf } from './state.js';

const often = { numRuns: 400 };

/** Whatever stands in examples, in any order: also such as no decision would record. */
const anyEvents = fc.array(
  fc.constantFrom(...Object.entries(examples).flatMap(([type, list]) => list.map((data) => ({ type, data }) as unknown as ModerationEvent))),
  { maxLength: 40 },
);

describe('over any commands', () => {
  it('the same command twice records nothing the second time', () => {
    const recordedAtAll = new Set<string>();
    const phases = new Set<string>();
    fc.assert(
      fc.property(steps, (asked) => {
        runModeration(asked, (_, command, recorded, after) => {
          phases.add(phaseOf(after));
          if (recorded.length === 0) return;
          recordedAtAll.add(command.type);
          expect(moderation.decide(command, after)).toEqual({ accepted: [] });
        });
      }),
      { numRuns: 800 },
    );
    // negative control: every kind of command has recorded something on the way, and every phase was reached
    expect([...recordedAtAll].sort()).toEqual(Object.keys(MODERATION_ROLES).sort());
    expect([...phases].sort()).toEqual(['approved', 'receiving', 'reviewing', 'submitted']);
  });

  it('marks stay whole and within range, and only the sampled are marked', () => {
    fc.assert(
      fc.property(steps, (asked) => {
        const { state } = runModeration(asked);
        for (const { mark, moderatorMark, isSampled, isReceived } of state.candidates.values()) {
          for (const value of [mark, moderatorMark]) {
            if (typeof value === 'number') expect(Number.isSafeInteger(value) && value >= 0 && value <= state.maximum).toBe(true);
          }
          if (moderatorMark !== undefined) expect(isSampled && isReceived).toBe(true);
        }
      }),
      often,
    );
  });

  it('nobody approves an outcome in which they had a hand', () => {
    let approvals = 0;
    fc.assert(
      fc.property(steps, (asked) => {
        const hands = new Set<string>();
        runModeration(asked, (_, command, recorded) => {
          if (recorded.length === 0) return;
          if (HANDS.includes(command.type)) hands.add(command.actor);
          if (command.type !== 'ApproveOutcome') return;
          approvals += 1;
          expect(hands.has(command.actor)).toBe(false);
        });
      }),
      often,
    );
    expect(approvals).toBeGreaterThan(0);
  });

  it('an approved outcome never moves', () => {
    fc.assert(
      fc.property(steps, (asked) => {
        runModeration(asked, (before, _, recorded) => {
          if (before.approved) expect(recorded).toEqual([]);
        });
      }),
      often,
    );
  });

  it('what is submitted has nothing left, a report and an outcome', () => {
    fc.assert(
      fc.property(steps, (asked) => {
        runModeration(asked, (_, command, recorded, after) => {
          if (command.type !== 'SubmitModeration' || recorded.length === 0) return;
          expect(standingOf(after)).toMatchObject({ remaining: 0, reports: 2 });
          const [computed, submitted] = recorded;
          expect(computed?.type).toBe('OutcomeComputed');
          expect(submitted).toMatchObject({ type: 'ModerationSubmitted', data: { outcome: after.outcome?.revision } });
        });
      }),
      often,
    );
  });

  it('deciding and folding change no state that somebody still holds', () => {
    fc.assert(
      fc.property(steps, (asked) => {
        runModeration(asked, (before, command, recorded) => {
          const copy = seen(before);
          moderation.decide(command, before);
          for (const other of recorded) moderation.evolve(before, other);
          expect(seen(before)).toBe(copy);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('what is decided on a state is what is decided on its events folded again', () => {
    fc.assert(
      fc.property(steps, (asked) => {
        const { state, events } = runModeration(asked);
        const stored = JSON.parse(JSON.stringify(events)) as ModerationEvent[];
        expect(fold(moderation, stored)).toEqual(state);
        expect(state.revision).toBe(events.length - 1);
        expect(everyNumber(stored)).toBe(true);
      }),
      often,
    );
  });
});

describe('over any events', () => {
  it('folding never throws and counts every event, and neither does deciding', () => {
    fc.assert(
      fc.property(anyEvents, steps, (any, asked) => {
        const state = fold(moderation, any);
        expect(state.revision).toBe(any.length - 1);
        for (const step of asked) {
          if (typeof step === 'string') continue;
          const decision = moderation.decide(step, state);
          expect('accepted' in decision || decision.refused.reason.length > 0).toBe(true);
        }
      }),
      often,
    );
  });
});

describe('the table of roles', () => {
  it('is what decides, over every role and command', () => {
    const roles = ['moderator', 'examiner', 'team-leader', 'principal', 'chair', 'admin', 'auditor', 'appointee', 'toString'];
    for (const [type, allowed] of Object.entries(MODERATION_ROLES)) {
      for (const role of roles) {
        const bare = { type, role, actor: 'anna', reason: { text: 'x', sha256: '' }, report: {}, centres: [], rows: [], seniorTo: [], typed: '' };
        const decision = moderation.decide(bare as unknown as ModerationCommand, moderation.initial);
        const isRefused = 'refused' in decision && decision.refused.reason === 'NotPermitted';
        expect([type, role, isRefused]).toEqual([type, role, !allowed.includes(role)]);
      }
    }
  });
});

/** Entering, correcting or clearing a moderator mark, and writing in the report. */
const HANDS: readonly string[] = ['EnterModeratorMark', 'SaveReport', 'CompleteReport'];

function seen(state: object): string {
  return JSON.stringify(state, (_, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value));
}

function everyNumber(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(everyNumber);
}
