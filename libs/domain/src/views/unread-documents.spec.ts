import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../decider.js';
import { document, type DocumentCommand } from '../document/decide.js';
import type { DocumentEvent } from '../document/events.js';
import { readyDocuments } from './ready-documents.js';
import { unreadDocuments } from './unread-documents.js';
import type { Recorded, View } from './view.js';

const PEOPLE = ['anna', 'bryn', 'ada'];
const IDS = ['d-1', 'd-2', 'd-3', 'd-4'];
const artefact = { sha256: 'cd'.repeat(32), bytes: 9, pages: 1, mediaType: 'application/pdf', extension: 'pdf' };

/** Ada reads everything, so she also downloads what others asked for. */
const commands: fc.Arbitrary<DocumentCommand & { readonly document: string }> = fc
  .record({
    type: fc.constantFrom('RequestDocument', 'RequestDocumentAgain', 'RecordRendering', 'RecordFailure', 'RecordLoss', 'DownloadDocument', 'UploadAgenda'),
    document: fc.constantFrom(...IDS),
    account: fc.constantFrom(...PEOPLE),
    isFinal: fc.boolean(),
  })
  .map((one) => {
    const role = one.account === 'ada' ? 'auditor' : 'examiner';
    return { ...artefact, component: 'c', wanted: { kind: 'summary', component: 'c' }, capacity: role, role, isTheirs: true, reason: 'render-failed', ...one } as never;
  });

function run(asked: readonly (DocumentCommand & { readonly document: string })[]) {
  const log: DocumentEvent[] = [];
  for (const command of asked) {
    const decided = document.decide(command, fold(document, log.filter(({ data }) => data.document === command.document)));
    if ('accepted' in decided) log.push(...decided.accepted);
  }
  return log;
}

function built<Document extends object>(view: View<Document>, log: readonly DocumentEvent[]): Map<string, Document> {
  const documents = new Map<string, Document>();
  for (const event of log as unknown as readonly Recorded[]) {
    for (const key of view.keys(event)) {
      const after = view.evolve(key, documents.get(key), event);
      if (after === undefined) documents.delete(key);
      else documents.set(key, after);
    }
  }
  return documents;
}

describe('what waits to be downloaded', () => {
  it('is made, was asked for by this person, and was not downloaded by them: over any commands', () => {
    let waited = 0;
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40, size: 'max' }), (asked) => {
        const log = run(asked);
        const [unread, ready] = [built(unreadDocuments, log), built(readyDocuments, log)];
        for (const person of PEOPLE) {
          const shown = (unread.get(person)?.documents ?? []).filter((id) => ready.has(id));
          const waiting = IDS.filter((id) => {
            const its = log.filter(({ data }) => data.document === id);
            const { state, account, wanted } = fold(document, its);
            const isRead = its.some(({ type, data }) => type === 'DocumentDownloaded' && (data as { account: string }).account === person);
            return state === 'ready' && wanted !== undefined && account === person && !isRead;
          });
          expect(shown.toSorted()).toEqual(waiting);
          waited += waiting.length;
        }
      }),
      { numRuns: 1000 },
    );
    expect(waited).toBeGreaterThan(100);
  });
});
