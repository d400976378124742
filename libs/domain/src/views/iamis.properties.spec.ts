import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { moderation } from '../moderation/decide.js';
import { inOrder, isRemaining } from '../moderation/candidates.js';
import type { ModerationEvent } from '../moderation/events.js';
import type { Moderation } from '../moderation/state.js';
import { phaseOf, standingOf } from '../moderation/state.js';
import { moderationStream } from '../streams.js';
import { MODERATORS, runModeration, steps, UNIT } from '../testing/moderations.js';
import { given } from '../testing.js';
import { allocate, close, COMPONENT, receive, told } from '../testing/one-moderation.js';
import type { IamisCentresDocument } from './iamis-centres.js';
import { iamisCentreRows, iamisCentres, iamisCentresKey } from './iamis-centres.js';
import type { IamisSummaryDocument } from './iamis-summary.js';
import { iamisSummary, iamisSummaryKey, summed } from './iamis-summary.js';
import { columnsOf } from './moderating-counts.js';
import type { Recorded, View } from './view.js';

const LEADS = ['68101', '68201', '68301'] as const;
/** Three moderations of one unit, told together. */
const several = fc.tuple(steps, steps, steps);

describe('the counts of the iamis views', () => {
  it('are those of the moderations themselves after any commands, and sum up to the principal', () => {
    fc.assert(
      fc.property(several, (sequences) => {
        const runs = sequences.map((sequence) => runModeration(sequence));
        const log = runs.flatMap(({ events }, at) => recorded(events, moderationStream(UNIT, LEADS[at] as string)));
        const summaries = built(iamisSummary, log);
        const rows: IamisSummaryDocument[] = [];
        for (const person of MODERATORS) {
          const theirs = runs.filter(({ state }) => state.moderator === person).map(({ state }) => columnsOf(standingOf(state)));
          const row = summaries.get(iamisSummaryKey(person, UNIT));
          expect(row).toEqual(theirs.length === 0 ? undefined : { account: person, component: UNIT, ...summed(theirs) });
          if (row !== undefined) rows.push(row);
        }
        // by counting every candidate there is, and not by adding rows
        expect(summed(rows)).toEqual(countedByHand(runs.map(({ state }) => state)));
        expect(summaries.size).toBe(rows.length);
      }),
      { numRuns: 150 },
    );
  });

  it('of each centre are those of its candidates, with the state of the whole', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { state, events } = runModeration(sequence);
        const documents = built(iamisCentres, recorded(events, moderationStream(UNIT, LEADS[0])));
        const document = documents.get(iamisCentresKey(UNIT, LEADS[0])) as IamisCentresDocument;
        expect(documents.size).toBe(1);
        const { moderator, outcome, reportCompleted, flags } = document;
        expect({ state: document.state, moderator, outcome, reportCompleted, flags }).toEqual({
          state: phaseOf(state),
          moderator: state.moderator,
          outcome: state.outcome?.stage,
          reportCompleted: state.report?.isCompleted === true,
          flags: state.outcome?.flags ?? [],
        });
        const rows = iamisCentreRows(document);
        expect(rows.map(({ centre }) => centre)).toEqual(state.centres);
        for (const { centre, entered, cfAbs, sample, remaining } of rows) {
          const own = inOrder(state.candidates).filter((one) => one.centre === centre);
          expect({ entered, cfAbs, sample, remaining }).toEqual({
            entered: own.length,
            cfAbs: own.filter(({ mark }) => typeof mark !== 'number').length,
            sample: own.filter(({ isSampled }) => isSampled).length,
            remaining: own.filter(isRemaining).length,
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are the row of the brief: 6 · 74 · 0 · REVIEW MARKS(74) REMAINING · 506 · 0 · 506', () => {
    const sizes = [4, 38, 52, 101, 105, 206];
    const log = sizes.flatMap((size, at) => {
      const centre = `6810${at}`;
      const marks = Object.fromEntries(Array.from({ length: size }, (_, i) => [String(i + 1).padStart(4, '0'), String((i * 7) % 60 + 1)]));
      const where = { centres: [centre], centre };
      const moderator = at % 2 === 0 ? 'anna' : 'bryn';
      const events = told(receive(marks, where), { ...allocate, centres: [centre], moderator }, close);
      return recorded(events, moderationStream(COMPONENT, centre));
    });
    const rows = ['anna', 'bryn'].map((person) => built(iamisSummary, log).get(iamisSummaryKey(person, COMPONENT)) as IamisSummaryDocument);
    expect(summed(rows)).toEqual({
      totalCentres: 6,
      totalSampleCandidates: 74,
      totalReportsCompleted: 0,
      reviewRemaining: 74,
      totalEntered: 506,
      totalCfAbs: 0,
      totalNewMarks: 506,
    });
    expect(rows.map(({ totalCentres }) => totalCentres)).toEqual([3, 3]);
  });

  it('name nobody before somebody is allocated', () => {
    given(moderation, told(receive({ '0001': '3' }))).when(close).records([
      { type: 'CentreMarksSubmitted', data: { entered: 1, cfAbs: 0 } },
      { type: 'SampleDrawn', data: { rule: 'jcq-classic', seed: 's-1', candidates: [{ centre: '68101', candidate: '0001' }] } },
    ]);
    const log = recorded(told(receive({ '0001': '3' }), close), moderationStream(COMPONENT, '68101'));
    expect(built(iamisSummary, log).size).toBe(0);
    expect(built(iamisCentres, log).size).toBe(1);
  });
});

function countedByHand(states: readonly Moderation[]): object {
  const all = states.flatMap((state) => inOrder(state.candidates));
  const centres = states.flatMap((state) => state.centres.map(() => state));
  const entered = all.length;
  const codes = all.filter(({ mark }) => mark === 'ABS' || mark === 'CF').length;
  return {
    totalCentres: centres.length,
    totalSampleCandidates: all.filter(({ isSampled }) => isSampled).length,
    totalReportsCompleted: centres.filter(({ report }) => report?.isCompleted === true).length,
    reviewRemaining: all.filter((one) => one.isSampled && one.isReceived && one.moderatorMark === undefined).length,
    totalEntered: entered,
    totalCfAbs: codes,
    totalNewMarks: entered - codes,
  };
}

function recorded(events: readonly ModerationEvent[], stream: string): readonly Recorded[] {
  return events.map((event, revision) => ({ ...event, id: `${stream}-${revision}`, stream, revision, position: '', metadata: {} }));
}

function built<Document extends object>(view: View<Document>, log: readonly Recorded[]): Map<string, Document> {
  const documents = new Map<string, Document>();
  for (const event of log) {
    for (const key of view.keys(event)) {
      const after = view.evolve(key, documents.get(key), event);
      if (after === undefined) documents.delete(key);
      else documents.set(key, after);
    }
  }
  return documents;
}
