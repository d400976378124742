import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import type { Document } from '@portal/contract';
import { StoreUnavailableError, type EventStore } from '@portal/event-store';
import { CENTRE, COMPONENT, enter, setUp } from '../../testing/one-component.js';
import { startPortal } from '../../testing/portal.js';
import { readingAs } from '../../testing/reading-as.js';

/** Reads of mark sheets that fail, from now on. */
let failing = 0;
const stuttering = (events: EventStore): EventStore =>
  readingAs(events, (stream, range) => {
    if (stream.startsWith('markSheet-') && failing-- > 0) return Promise.reject(new StoreUnavailableError('away'));
    return events.readStream(stream, range);
  });

const portal = await startPortal({ alter: (foundation) => ({ ...foundation, events: stuttering(foundation.events) }) });
afterAll(() => portal.stop());

it('a log that is away for a while is no failure of the documents that wait for it', async () => {
  const { anna } = await setUp(portal);
  await enter(anna, '0001', '11');
  failing = 2;
  const asked = await anna.ask<Document>('POST', '/documents', { body: { kind: 'mark-sheet', component: COMPONENT, centre: CENTRE } });
  let { body: document } = asked;
  for (const untilMs = Date.now() + 120_000; document.state !== 'ready' && Date.now() < untilMs; await pause(50)) {
    document = await anna.get<Document>(`/documents/${document.document}`);
  }
  const told = (await portal.log()).filter(({ type }) => type.startsWith('Document')).map(({ type }) => type);
  expect(told).toEqual(['DocumentRequested', 'DocumentRendered']);
  expect(failing).toBeLessThanOrEqual(0);
});
