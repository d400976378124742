import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Document } from '@portal/contract';
import { document as decider, documentStream } from '@portal/domain';
import type { EventStore } from '@portal/event-store';
import { CENTRE, COMPONENT, enter, setUp, type Examination } from '../../testing/one-component.js';
import { startPortal, type Portal } from '../../testing/portal.js';
import { readingAs } from '../../testing/reading-as.js';

/** Streams of documents that were read, one after another. */
const read: string[] = [];
const counted = (events: EventStore): EventStore =>
  readingAs(events, (stream, range) => {
    if (stream.startsWith('document-')) read.push(stream);
    return events.readStream(stream, range);
  });

let portal: Portal;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal({ alter: (foundation) => ({ ...foundation, events: counted(foundation.events) }) });
  exam = await setUp(portal);
  await enter(exam.anna, '0001', '11');
});
afterAll(() => portal.stop());

const asked = async (body: object): Promise<string> =>
  (await exam.anna.ask<Document>('POST', '/documents', { body: { component: COMPONENT, ...body } })).body.document;

/** The list, and which streams it took to answer it. */
async function listed(): Promise<{ readonly documents: readonly Document[]; readonly read: readonly string[] }> {
  read.length = 0;
  const documents = await exam.anna.get<Document[]>('/documents');
  return { documents, read: [...new Set(read)] };
}

const inState = (documents: readonly Document[], ...states: readonly Document['state'][]) =>
  documents.filter(({ state }) => states.includes(state)).map(({ document }) => document);

async function settled() {
  for (const untilMs = Date.now() + 60_000; Date.now() < untilMs; await pause(100)) {
    const now = await listed();
    if (inState(now.documents, 'ready', 'parked').length === now.documents.length) return listed();
  }
  throw new Error('not made in time');
}

it('a list that is asked for again reads what may have moved, and says of nothing what is no longer so', async () => {
  for (const language of ['en', 'cy', 'en', 'cy', 'en', 'cy']) await asked({ kind: 'mark-sheet', centre: CENTRE, language });
  const receipt = await asked({ kind: 'receipt' });
  const { documents, read: again } = await settled();
  expect([inState(documents, 'ready').length, inState(documents, 'parked')]).toEqual([6, [receipt]]);
  expect(again).toEqual([documentStream(receipt)]);
  for (const one of documents) expect(one).toEqual(await exam.anna.get(`/documents/${one.document}`));

  // Made all the same, by a process that knows nothing of this one.
  const by = { actor: 'process:documents', capacity: 'process', session: 'process', authMethod: 'process' };
  const artefact = { sha256: 'ab'.repeat(32), bytes: 9, pages: 1, mediaType: 'application/pdf', extension: 'pdf' };
  const rendered = { type: 'RecordRendering', document: receipt, ...artefact } as const;
  await portal.foundation.streams.handle(decider, documentStream(receipt), rendered, { commandId: randomUUID(), correlationId: receipt, ...by });
  const ready = await listed();
  expect([inState(ready.documents, 'ready').length, ready.read]).toEqual([7, [documentStream(receipt)]]);
  expect(await listed()).toEqual({ documents: ready.documents, read: [] });

  // A download moves its stream, and nothing that is shown.
  const { token } = exam.anna;
  const oldest = ready.documents.at(-1) as Document;
  const content = await fetch(`${portal.url}/documents/${oldest.document}/content`, { headers: { authorization: `Bearer ${token}` } });
  expect([content.status, (await content.arrayBuffer()).byteLength]).toEqual([200, oldest.bytes]);
  expect(await listed()).toEqual({ documents: ready.documents, read: [] });
  const other = await asked({ kind: 'mark-sheet', centre: CENTRE });
  const more = await listed();
  expect([more.documents.slice(1), more.read]).toEqual([ready.documents, [documentStream(other)]]);
});
