import { randomUUID } from 'node:crypto';
import { rmSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import type { Document } from '@portal/contract';
import { CENTRE, COMPONENT, enter, setUp } from '../../testing/one-component.js';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';

const AGENDA = `/agendas/${encodeURIComponent(COMPONENT)}`;

it('a document whose file is there no more says so, and is made again from the records', async () => {
  const portal = await startPortal();
  const { anna } = await setUp(portal);
  await enter(anna, '0001', '11');
  const { body: asked } = await anna.ask<Document>('POST', '/documents', { body: { kind: 'mark-sheet', component: COMPONENT, centre: CENTRE } });
  const made = await ready(anna, asked.document);
  const content = `/documents/${asked.document}/content`;
  emptied(portal);
  const [one, other] = await Promise.all([anna.ask('GET', content), anna.ask('GET', content)]);
  for (const no of [one, other, await anna.ask('GET', content)]) expect(no).toMatchObject({ status: 409, body: { type: 'document-lost' } });
  const parked = await anna.get<Document>(`/documents/${asked.document}`);
  expect(parked).toMatchObject({ state: 'parked', reason: 'file-lost', sha256: null, bytes: null, pages: null, readyAt: null });
  expect((await anna.ask('POST', `/documents/${asked.document}/retry`)).status).toBe(200);
  expect((await ready(anna, asked.document)).sha256).toBe(made.sha256);
  expect((await raw(portal, anna, content)).status).toBe(200);
  const types = (await portal.log()).filter(({ data }) => data['document'] === asked.document).map(({ type }) => type);
  expect(types).toEqual(['DocumentRequested', 'DocumentRendered', 'DocumentLost', 'DocumentRequestedAgain', 'DocumentRendered', 'DocumentDownloaded']);
  await portal.stop();
});

it('an agenda whose file is there no more says that it has to be uploaded again, which helps', async () => {
  const portal = await startPortal();
  const { admin, anna } = await setUp(portal);
  const upload = () =>
    raw(portal, admin, AGENDA, { method: 'PUT', body: '%PDF-1.7\n%%EOF\n', headers: { 'content-type': 'application/pdf', 'idempotency-key': randomUUID() } });
  const { document } = (await (await upload()).json()) as Document;
  emptied(portal);
  const lost = { status: 409, body: { type: 'agenda-lost' } };
  expect(await anna.ask('GET', `${AGENDA}/content`)).toMatchObject(lost);
  expect(await admin.ask('POST', `/documents/${document}/retry`)).toMatchObject(lost);
  expect((await portal.log()).filter(({ type }) => type === 'DocumentLost')).toEqual([]);
  expect((await upload()).status).toBe(200);
  expect((await raw(portal, anna, `${AGENDA}/content`)).status).toBe(200);
  await portal.stop();
});

/** As with another PORTAL_FILES: the folder is there, and nothing in it. */
function emptied(portal: Portal): void {
  const files = join(portal.folder, 'files');
  rmSync(files, { recursive: true });
  mkdirSync(join(files, 'unfinished'), { recursive: true });
}

const raw = (portal: Portal, person: Person, path: string, more: RequestInit = {}) =>
  fetch(portal.url + path, { ...more, headers: { authorization: `Bearer ${person.token}`, ...(more.headers as object) } });

async function ready(person: Person, document: string): Promise<Document> {
  for (const untilMs = Date.now() + 60_000; ; await pause(50)) {
    const told = await person.get<Document>(`/documents/${document}`);
    if (told.state === 'ready') return told;
    if (Date.now() > untilMs) throw new Error(`it never came: ${told.state} ${told.reason}`);
  }
}
