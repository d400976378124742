import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { markSheet } from '../mark-sheet/decide.js';
import { countsOf } from '../mark-sheet/state.js';
import { markSheetStream, moderationStream, STREAMS_OF } from '../streams.js';
import { examples } from '../testing/examples.js';
import { CENTRE, commands, COMPONENT, events, PEOPLE, run } from '../testing/mark-sheets.js';
import { fold } from '../decider.js';
import { VIEWS } from './all.js';
import type { EmiSummaryDocument } from './emi-summary.js';
import { emiSummary, emiSummaryKey } from './emi-summary.js';
import { markSheetKey, markSheets } from './mark-sheets.js';
import { allServices } from './all-services.js';
import { sheetOf } from './sheet.js';
import type { Recorded, View } from './view.js';

type Documents = Map<string, object>;
type Happened = { readonly type: string; readonly data: object };

const sequences = fc.array(commands, { maxLength: 40, size: 'max' });

/** Every event type, whatever stream: what a projector is shown. */
const anything: fc.Arbitrary<Happened> = fc.oneof(
  events as fc.Arbitrary<Happened>,
  fc.constantFrom(...Object.entries(examples).flatMap(([type, list]) => list.map((data) => ({ type, data })))),
);

describe('the counts of the views', () => {
  it('are those of the sheet itself after any commands', () => {
    fc.assert(
      fc.property(sequences, (asked) => {
        const { state, events: happened } = run(asked);
        const log = recorded(happened);
        const [summaries, sheets, waiting] = [emiSummary, markSheets, allServices].map((view) =>
          built(view, log),
        ) as [Documents, Documents, Documents];
        for (const person of PEOPLE) {
          const counts = countsOf(state, person);
          const none = counts.allocated === 0;
          const summary = summaries.get(emiSummaryKey(person, COMPONENT));
          const sheet = sheets.get(markSheetKey(COMPONENT, person, CENTRE));
          expect(summary).toEqual(none ? undefined : { account: person, component: COMPONENT, ...counts });
          expect(sheet).toEqual(
            none ? undefined : { account: person, component: COMPONENT, centre: CENTRE, ...counts },
          );
          expect((waiting.get(person) as { emi: number } | undefined)?.emi ?? 0).toBe(counts.left);
          expect(sheetOf(log, person).rows).toHaveLength(counts.allocated);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('left + outstanding + entered + submitted = allocated, also over events in any order', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 60 }), (any) => {
        for (const document of built(emiSummary, recorded(any)).values()) {
          const { allocated, left, outstanding, entered, submitted } = document as EmiSummaryDocument;
          expect(left + outstanding + entered + submitted).toBe(allocated);
        }
      }),
    );
  });
});

describe.each(VIEWS.map((view) => [view.name, view] as const))('%s', (_, view) => {
  it('built piece by piece, through JSON, is the view built at once', () => {
    fc.assert(
      fc.property(
        fc.array(anything, { maxLength: 60 }),
        fc.array(fc.nat(60), { maxLength: 5 }),
        (any, cuts) => {
          const log = recorded(any);
          const edges = [0, ...cuts.map((cut) => Math.min(cut, log.length)).sort((a, b) => a - b), log.length];
          let documents: Documents = new Map();
          for (let i = 1; i < edges.length; i += 1) {
            documents = stored(built(view, log.slice(edges[i - 1], edges[i]), documents));
          }
          expect(documents).toEqual(stored(built(view, log)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never changes a document that it was given, and asks for each key once', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 40 }), (any) => {
        const documents: Documents = new Map();
        for (const event of recorded(any)) {
          const keys = view.keys(event);
          expect(new Set(keys).size).toBe(keys.length);
          for (const key of keys) {
            const before = documents.get(key);
            const copy = JSON.stringify(before);
            const after = view.evolve(key, before, event);
            expect(JSON.stringify(before)).toBe(copy);
            set(documents, key, after);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('names every event type that it asks keys for, and no other', () => {
    const asking = new Set<string>();
    fc.assert(
      fc.property(anything, (one) => {
        for (const event of recorded([one])) if (view.keys(event).length > 0) asking.add(event.type);
      }),
      { numRuns: 3000 },
    );
    expect([...asking].sort()).toEqual([...view.types].sort());
    for (const type of view.types) expect(Object.keys(STREAMS_OF)).toContain(type);
  });
});

describe('a sheet', () => {
  it('read back is the state that decided', () => {
    fc.assert(
      fc.property(sequences, (asked) => {
        const { state, events: happened } = run(asked);
        const sheet = sheetOf(recorded(happened));
        expect(fold(markSheet, happened)).toEqual(state);
        expect(sheet.revision).toBe(state.revision);
        for (const { mark, savedAt } of sheet.rows) expect(mark === undefined).toBe(savedAt === undefined);
        expect(sheet.rows.map((row) => row.candidate)).toEqual(sheet.rows.map((row) => row.candidate).sort());
      }),
      { numRuns: 200 },
    );
  });
});

function recorded(happened: readonly Happened[]): readonly Recorded[] {
  return happened.map((event, index) => ({
    ...event,
    id: `id-${index}`,
    stream: streamOf(event.type),
    revision: index,
    position: String(index).padStart(20, '0'),
    metadata: { actor: 'anna', recordedAt: `2017-01-01T00:00:${String(index % 60).padStart(2, '0')}Z` },
  }));
}

/** Two nouns count by the names of their streams. */
function streamOf(type: string): string {
  const [prefix] = Object.entries(STREAMS_OF).find(([name]) => name === type)?.[1] ?? [];
  return prefix === 'moderation-' ? moderationStream(COMPONENT, CENTRE) : markSheetStream(COMPONENT, CENTRE);
}

function built(view: View, log: readonly Recorded[], from: Documents = new Map()): Documents {
  for (const event of log) {
    for (const key of view.keys(event)) set(from, key, view.evolve(key, from.get(key), event));
  }
  return from;
}

function set(documents: Documents, key: string, document: object | undefined): void {
  if (document === undefined) documents.delete(key);
  else documents.set(key, document);
}

/** As the view store gives them back. */
function stored(documents: Documents): Documents {
  return new Map(JSON.parse(JSON.stringify([...documents])) as [string, object][]);
}
