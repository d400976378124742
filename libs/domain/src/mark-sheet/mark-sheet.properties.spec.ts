import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../decider.js';
import type { Run } from '../testing/mark-sheets.js';
import { commands, events, PEOPLE, run } from '../testing/mark-sheets.js';
import { allCandidates } from './candidates.js';
import type { MarkSheetCommand } from './commands.js';
import { markSheet } from './decide.js';
import type { MarkSheetEvent } from './events.js';
import { isExtreme } from '../mark.js';
import type { MarkSheet } from './state.js';
import { countsOf } from './state.js';

const sequences = fc.array(commands, { maxLength: 40, size: 'max' });
const often = { numRuns: 500 };

describe('over any commands', () => {
  it('the same command twice records nothing the second time', () => {
    const recordedAtAll = new Set<string>();
    fc.assert(
      fc.property(sequences, (asked) => {
        run(asked, (_, command, recorded, after) => {
          if (recorded.length === 0) return;
          recordedAtAll.add(command.type);
          expect(markSheet.decide(command, after)).toEqual({ accepted: [] });
        });
      }),
      often,
    );
    // negative control: every kind of command has recorded something on the way
    expect([...recordedAtAll].sort()).toEqual(KINDS);
  });

  it('left + outstanding + entered + submitted = allocated, for each and together', () => {
    fc.assert(
      fc.property(sequences, (asked) => {
        run(asked, (_before, _command, _recorded, state) => {
          for (const whose of [undefined, ...PEOPLE]) {
            const { allocated, left, outstanding, entered, submitted } = countsOf(state, whose);
            expect(left + outstanding + entered + submitted).toBe(allocated);
          }
        });
      }),
      often,
    );
  });

  it('marks stay whole and within range, and only zero and full marks are unconfirmed', () => {
    fc.assert(
      fc.property(sequences, (asked) => {
        const { state } = run(asked, (before, _, recorded) => {
          for (const event of recorded) expectInRange(event, before);
        });
        for (const { value, confirmed, state: is } of allCandidates(state.candidates)) {
          expect(value === undefined).toBe(is === 'blank' || is === 'outstanding');
          if (is === 'submitted') expect(confirmed).toBe(true);
          if (value === 'ABS') expect(confirmed).toBe(true);
        }
      }),
      often,
    );
  });

  it('only the examiner of a candidate enters, corrects, clears or verifies its mark', () => {
    fc.assert(
      fc.property(sequences, (asked) => {
        run(asked, (before, command, recorded) => {
          if (!('actor' in command)) return;
          for (const { examiner, candidate } of recorded.flatMap(abouts)) {
            expect([command.actor, command.role]).toEqual([examiner, 'examiner']);
            expect(
              [...allCandidates(before.candidates)].find((one) => one.number === candidate)?.examiner,
            ).toBe(examiner);
          }
        });
      }),
      often,
    );
  });

  it('a submitted mark never changes, never moves, and who touched it is never forgotten', () => {
    fc.assert(
      fc.property(sequences, (asked) => {
        run(asked, (before, _command, _recorded, after) => {
          const now = new Map([...allCandidates(after.candidates)].map((one) => [one.number, one]));
          for (const then of allCandidates(before.candidates)) {
            const same = now.get(then.number);
            expect(same?.touchedBy).toEqual(expect.arrayContaining([...then.touchedBy]));
            if (then.state !== 'submitted') continue;
            expect([same?.value, same?.state, same?.examiner]).toEqual([
              then.value,
              'submitted',
              then.examiner,
            ]);
          }
        });
      }),
      often,
    );
  });

  it('deciding and folding change no state that somebody still holds', () => {
    fc.assert(
      fc.property(sequences, (asked) => {
        run(asked, (before, command, recorded) => {
          const copy = JSON.stringify(before);
          markSheet.decide(command, before);
          for (const other of recorded) markSheet.evolve(before, other);
          expect(JSON.stringify(before)).toBe(copy);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('what is decided on a state is what is decided on its events folded again', () => {
    fc.assert(
      fc.property(sequences, (asked) => {
        const { state, events: recorded }: Run = run(asked);
        const stored = JSON.parse(JSON.stringify(recorded)) as MarkSheetEvent[];
        expect(fold(markSheet, stored)).toEqual(state);
        expect(state.revision).toBe(recorded.length - 1);
      }),
      often,
    );
  });
});

describe('over any events', () => {
  it('folding never throws and counts every event', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 60 }), (any) => {
        const state = fold(markSheet, any);
        expect(state.revision).toBe(any.length - 1);
        const { allocated, left, outstanding, entered, submitted } = countsOf(state);
        expect(left + outstanding + entered + submitted).toBe(allocated);
      }),
      often,
    );
  });

  it('a refusal or a decision on whatever they left never throws', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), commands, (any, command) => {
        const decision = markSheet.decide(command, fold(markSheet, any));
        expect('accepted' in decision || decision.refused.reason.length > 0).toBe(true);
      }),
      often,
    );
  });
});

const KINDS: readonly MarkSheetCommand['type'][] = [
  'AllocateCandidates',
  'ClearMark',
  'ConfirmMark',
  'EnterMark',
  'EnterTyped',
  'FlagSample',
  'RaiseConcern',
  'Reallocate',
  'RecordAbsence',
  'ReportScriptNotReceived',
  'ReportScriptReceived',
  'ReportUnlistedScript',
  'SubmitMarks',
  'UnflagSample',
  'VerifyMark',
  'WithdrawCandidate',
];

function expectInRange({ type, data }: MarkSheetEvent, { maximum }: MarkSheet): void {
  if (type !== 'MarkEntered' && type !== 'MarkCorrected') return;
  expect(Number.isSafeInteger(data.mark) && data.mark >= 0 && data.mark <= maximum).toBe(true);
  expect(data.confirmed !== undefined).toBe(isExtreme(data.mark, maximum));
}

function abouts({
  data,
}: MarkSheetEvent): readonly { readonly examiner: string; readonly candidate: string }[] {
  return 'examiner' in data && 'candidate' in data ? [data] : [];
}
