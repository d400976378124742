import { describe, expect, it } from '@jest/globals';
import type { Document } from '@portal/contract';
import { translator } from '../../platform/i18n/translate.js';
import type { CommonMessage, Services } from '../../platform/screen.js';
import { selectedOf, type DocumentsMessage, type DocumentsState } from './documents.state.js';
import { documentsStart, updateDocuments } from './documents.update.js';
import { viewDocuments } from './documents.view.js';

const document = (name: string, change: Partial<Document> = {}): Document => ({
  document: name, kind: 'formula', component: '3000N1@2017-06', language: 'en', state: 'ready', progress: 100, bytes: 9, sha256: 'ab', pages: 1,
  requestedAt: '2017-01-30T11:58:00.000Z', readyAt: '2017-01-30T11:59:00.000Z', fileName: `${name}.pdf`, ...change,
});
const services: Services = { now: 0, newId: () => 'id-1', size: { columns: 80, rows: 20 } };
const after = (state: DocumentsState, message: DocumentsMessage | CommonMessage) => updateDocuments(state, message, services);
const key = (name: string): CommonMessage => ({ type: 'key', key: { kind: 'key', name } });
const typed = (state: DocumentsState, ...names: readonly string[]) => names.reduce((now, name) => after(now, key(name)).state, state);
const loaded = (...documents: readonly Document[]): DocumentsState =>
  after(documentsStart().state, { type: 'loaded', documents, saved: {}, folder: '/home/anna' }).state;
const on = (name: string, change: Partial<Document> = {}) => document(name, { state: 'requested', progress: 0, ...change });

describe('documents', () => {
  it('show how far one is, and what is made stays made whatever an overtaken answer says', () => {
    const some = loaded(on('d-1'));
    const half = after(some, { type: 'moved', document: on('d-1', { state: 'rendering', progress: 40 }) }).state;
    expect(half.documents).toMatchObject([{ state: 'rendering', progress: 40 }]);
    const ready = after(half, { type: 'moved', document: document('d-1') }).state;
    const late = after(ready, { type: 'loaded', documents: [on('d-1')], saved: {}, folder: '' }).state;
    expect(late.documents).toMatchObject([{ state: 'ready' }]);
    expect(after(ready, { type: 'moved', document: on('d-9') }).state.documents).toHaveLength(1);
  });

  it('that were made and whose file is lost say so, soon after it was found, and are made again by r', () => {
    const ready = loaded(document('d-1', { sha256: 'aa' }));
    const failed = after({ ...ready, busy: 'd-1' }, { type: 'not-done', document: 'd-1', sentence: { id: 'problem.document-lost' } }).state;
    expect(after(after(failed, { type: 'tick' }).state, { type: 'tick' }).effects).toEqual([{ type: 'documents/load' }]);
    const now = { state: 'parked', reason: 'file-lost', bytes: null, sha256: null, pages: null, readyAt: null } as const;
    const lost = after(failed, { type: 'loaded', documents: [document('d-1', now)], saved: {}, folder: '' }).state;
    const shown = (language: 'en' | 'cy') => JSON.stringify(viewDocuments(lost, services.size, { t: translator(language), language, now: 0 }).lines);
    expect(shown('en')).toMatch(/! file lost.*It was made, and its file is not there any more/);
    expect(shown('cy')).toMatch(/! ar goll.*Fe’i lluniwyd, ac nid yw ei ffeil yno mwyach/);
    expect(shown('en')).not.toMatch(/could not be made|not made/);
    expect(after(lost, key('r')).effects).toMatchObject([{ type: 'documents/retry' }]);
    const again = after(after(lost, { type: 'moved', document: on('d-1') }).state, { type: 'moved', document: document('d-1', { sha256: 'bb' }) }).state;
    expect(again.documents).toMatchObject([{ state: 'ready', sha256: 'bb' }]);
  });

  describe('are asked for again', () => {
    /** At which seconds, where it rings in some of them, many times in each. */
    const asks = (state: DocumentsState, forSeconds: number, rings: (second: number) => boolean = () => false) => {
      let now = state;
      return Array.from({ length: forSeconds }, (_, index) => index + 1).filter((second) => {
        if (rings(second)) for (const _ of 'many') now = after(now, { type: 'changed' }).state;
        const next = after(now, { type: 'tick' });
        now = next.state;
        return next.effects.length > 0;
      });
    };
    const always = () => true;

    it('while one is on its way, or the service was away, sooner where it rings', () => {
      const away = after(loaded(), { type: 'refused', sentence: { id: 'problem.unreachable' } }).state;
      for (const state of [loaded(on('d-1'), document('d-2')), away]) {
        expect(asks(state, 11)).toEqual([5, 10]);
        expect(asks(state, 7, always)).toEqual([2, 4, 6]);
      }
    });

    it('where all are there only after a ring, and seldom however much it rings', () => {
      const all = loaded(document('d-1'), document('d-2', { state: 'parked' }));
      expect(asks(all, 300)).toEqual([]);
      expect(asks(all, 100, always)).toEqual([30, 60, 90]);
      expect(asks(all, 100, (second) => second === 3)).toEqual([30]);
      expect(asks(all, 100, (second) => second === 64 || second === 65)).toEqual([64, 94]);
    });

    it('after a while where one has just been asked for: the list may not have it at once', () => {
      const long = { ...loaded(document('d-1')), waited: 300 };
      const asked = after(long, { type: 'asked', commandId: 'd-2', document: on('d-2'), sentence: { id: 'documents.asked' } }).state;
      expect(asks(asked, 11)).toEqual([5, 10]);
    });
  });

  it('are none only where the service has said so', () => {
    const heading = (state: DocumentsState) => JSON.stringify(viewDocuments(state, services.size, { t: translator('en'), language: 'en', now: 0 }).lines[0]);
    const unknown = after(documentsStart().state, { type: 'refused', sentence: { id: 'problem.unreachable' } }).state;
    expect([unknown, loaded()].map((state) => heading(state).includes('none'))).toEqual([false, true]);
  });

  it('that could not be read are said to be so, and those of before are shown', () => {
    const shown = (state: DocumentsState) => JSON.stringify(viewDocuments(state, services.size, { t: translator('en'), language: 'en', now: 0 }).lines);
    const start = documentsStart().state;
    const refused = { type: 'refused', sentence: { id: 'problem.unreachable' } } as const;
    expect([shown(start), shown(after(start, refused).state)].map((text) => text.includes('The list could not be read.'))).toEqual([false, true]);
    const kept = after(start, { ...refused, before: [document('d-1')] }).state;
    expect([shown(kept).includes('could not be read'), kept.documents, kept.problem]).toEqual([false, [document('d-1')], refused.sentence]);
    expect(after(loaded(document('d-2')), { ...refused, before: [document('d-1')] }).state.documents).toEqual([document('d-2')]);
  });

  it('tell the rows and the sums of an export', () => {
    const manifest = { schemaVersion: '1', component: 'c', series: 's', position: '7', source: 'ab', rows: 1506, sumOfMarks: { centreMark: 12345, moderatorMark: 67.5, finalMark: 12300 }, sha256: 'cd' };
    const text = (language: 'en' | 'cy') =>
      viewDocuments(loaded(document('d-1', { kind: 'export', format: 'csv', manifest })), services.size, { t: translator(language), language, now: 0 }).lines.join('\n');
    expect(text('en')).toContain('Sum of 1,506 rows: centre 12,345 · moderator 67.5 · final 12,300');
    expect(text('cy')).toContain('Cyfanswm 1,506 rhes: canolfan 12,345 · cymedrolwr 67.5 · terfynol 12,300');
  });

  it('stay under the cursor when a newer one comes on top', () => {
    const some = loaded(document('d-2'), document('d-1'));
    const more = { type: 'loaded', documents: [on('d-3'), document('d-2'), document('d-1')], saved: {}, folder: '' } as const;
    expect(selectedOf(after(some, more).state)?.document).toBe('d-2');
    expect(selectedOf(after(typed(some, 'j'), more).state)?.document).toBe('d-1');
  });

  it('are saved where it is typed; what is there already leaves the question open', () => {
    const asking = typed(loaded(document('d-1')), 's');
    expect(asking.saving?.field.text).toBe('/home/anna/d-1.pdf');
    const saving = after(asking, key('enter'));
    expect(saving.effects).toEqual([{ type: 'documents/save', document: document('d-1'), path: '/home/anna/d-1.pdf' }]);
    expect(after(saving.state, key('enter')).effects).toEqual([]);
    const there = after(saving.state, { type: 'not-done', document: 'd-1', sentence: { id: 'documents.file-exists' } });
    expect([there.state.saving?.problem?.id, there.state.busy, there.effects]).toEqual(['documents.file-exists', undefined, [{ type: 'bell' }]]);
    const done = after(after(there.state, key('enter')).state, { type: 'done', document: 'd-1', sentence: { id: 'documents.saved' }, path: '/x' });
    expect([done.state.saving, done.state.saved]).toEqual([undefined, { 'd-1': '/x' }]);
    expect(after(done.state, key('y')).effects).toMatchObject([{ type: 'copy', text: '/x' }, { type: 'say' }]);
    const empty = typed(asking, ...Array.from({ length: 40 }, () => 'backspace'));
    expect(after(empty, key('enter')).state.saving?.problem?.id).toBe('documents.save.empty');
  });

  it('say why a key does nothing', () => {
    const why = (one: Document, name: string) => after(loaded(one), key(name)).effects.map((effect) => ('sentence' in effect ? effect.sentence.id : effect.type));
    expect(why(on('d-1'), 's')).toEqual(['bell', 'documents.why.not-ready']);
    expect(why(document('d-1'), 'r')).toEqual(['bell', 'documents.why.not-parked']);
    expect(why(document('d-1'), 'y')).toEqual(['bell', 'documents.why.not-saved']);
    expect(why(document('d-1', { kind: 'export', format: 'csv' }), 'p')).toEqual(['bell', 'documents.why.not-paper']);
    expect(why(document('d-1'), 'p')).toEqual(['documents/print']);
    expect(after(loaded(on('d-1', { state: 'parked', reason: 'no-receipt' })), key('r')).effects).toMatchObject([{ type: 'documents/retry', commandId: 'id-1' }]);
  });
});
