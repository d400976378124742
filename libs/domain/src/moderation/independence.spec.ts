import { describe, expect, it } from '@jest/globals';
import { byAda, complete, enter, FOUR, opened, reviewed, REPORT, submit } from '../testing/one-moderation.js';
import type { ModerationCommand } from './commands.js';
import { moderation } from './decide.js';
import type { Moderation } from './state.js';

/**
 * Nobody approves an outcome in which they entered a moderator mark or the report, in any capacity. Gone through one
 * by one: every pair of people who have the centre one after the other, every capacity of each, every part that the
 * first may have had, every way of handing over, a return in between or not, and every person who then approves.
 */
const PEOPLE = ['anna', 'bryn', 'pam', 'chad'] as const;
const REVIEWING = ['moderator', 'team-leader', 'principal'] as const;
const APPROVING = ['principal', 'chair'] as const;

const PARTS: readonly { readonly name: string; readonly isHand: boolean; readonly commands: readonly ModerationCommand[] }[] = [
  { name: 'nothing', isHand: false, commands: [] },
  { name: 'a mark', isHand: true, commands: [enter('0001', '12')] },
  { name: 'a mark, cleared again', isHand: true, commands: [enter('0001', '12'), enter('0001', 'CLEAR')] },
  { name: 'a refused mark', isHand: false, commands: [enter('0001', '99')] },
  { name: 'a draft of the report', isHand: true, commands: [{ ...complete, type: 'SaveReport' }] },
  { name: 'the report', isHand: true, commands: [complete] },
  { name: 'all marks and the report', isHand: true, commands: [...reviewed(5), complete] },
];
const RETURNS: readonly (readonly ModerationCommand[])[] = [
  [],
  [
    { type: 'ReturnCentreMarks', actor: 'zoe', role: 'chair', reason: { text: 't-1', sha256: 'ab'.repeat(32) } },
    { type: 'SubmitCentreMarks', ...byAda, rule: 'jcq-classic', seed: 's-2' },
  ],
];

interface Case {
  readonly first: string;
  readonly second: string;
  readonly roles: readonly [string, string];
  readonly part: (typeof PARTS)[number];
  readonly entered: 'keep' | 'clear';
  readonly returned: readonly ModerationCommand[];
}

describe('independence', () => {
  it('is kept over everybody who may have had a hand in it, in every capacity', () => {
    let [approved, refused] = [0, 0];
    for (const one of cases()) {
      const state = submitted(one);
      // the second enters what the first left blank, or nothing: then only the report may be new
      const hands = new Set([...(one.part.isHand ? [one.first] : []), one.second]);
      for (const person of PEOPLE) {
        for (const role of APPROVING) {
          const command = { type: 'ApproveOutcome', actor: person, role, outcome: state.outcome?.revision ?? -1, approvers: PEOPLE } as const;
          const decision = moderation.decide(command, state);
          const others = PEOPLE.filter((other) => !hands.has(other) && other !== person);
          if (hands.has(person)) expect(decision).toEqual({ refused: { reason: 'NotIndependent', person, others } });
          else expect(decision).toMatchObject({ accepted: [{ type: 'OutcomeApproved' }] });
          if (hands.has(person)) refused += 1;
          else approved += 1;
        }
      }
    }
    expect(refused).toBeGreaterThan(1000);
    expect(approved).toBeGreaterThan(1000);
  });
});

function* cases(): Generator<Case> {
  for (const first of PEOPLE) {
    for (const second of PEOPLE) {
      for (const one of REVIEWING) {
        for (const other of REVIEWING) {
          for (const part of PARTS) {
            for (const entered of ['keep', 'clear'] as const) {
              for (const returned of RETURNS) yield { first, second, roles: [one, other], part, entered, returned };
            }
          }
        }
      }
    }
  }
}

/** The second always writes in the report anew, so their hand is never in doubt; the first's is the question. */
function submitted({ first, second, roles, part, entered, returned }: Case): Moderation {
  const allocation = opened.map((command) => (command.type === 'AllocateModerator' ? { ...command, moderator: first } : command));
  const seniorTo = PEOPLE;
  const rest = Object.keys(FOUR).map((candidate, at) => enter(candidate, String(20 + 10 * at)));
  const anew = { ...complete, report: { ...REPORT, language: 'cy' as const } };
  let state = after(moderation.initial, allocation);
  state = after(state, as(first, roles[0], part.commands));
  state = after(state, returned);
  state = after(state, [{ type: 'ReallocateModerator', actor: 'zoe', role: 'chair', to: second, entered, seniorTo, teamRevision: 1 }]);
  state = after(state, as(second, roles[1], [...rest, { type: 'ReopenReport', actor: '', role: '' }, anew, submit]));
  if (!state.submitted) throw new Error(`not submitted after ${part.name}`);
  return state;
}

function as(actor: string, role: string, commands: readonly ModerationCommand[]): readonly ModerationCommand[] {
  return commands.map((command) => ({ ...command, actor, role }));
}

/** Refused ones change nothing. */
function after(state: Moderation, commands: readonly ModerationCommand[]): Moderation {
  return commands.reduce((before, command) => {
    const decision = moderation.decide(command, before);
    return 'accepted' in decision ? decision.accepted.reduce(moderation.evolve, before) : before;
  }, state);
}
