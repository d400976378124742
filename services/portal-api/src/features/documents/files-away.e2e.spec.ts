import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Document } from '@portal/contract';
import type { FileStore } from '../../platform/files/file-store.js';
import { CENTRE, COMPONENT, enter, setUp } from '../../testing/one-component.js';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';
import { startS3 } from '../../testing/s3-server.js';

interface Kept {
  readonly settings: Readonly<Record<string, string>>;
  readonly lose: (portal: Portal) => void;
  readonly bringBack: (portal: Portal) => Promise<void>;
}

const [key, secret] = ['portal', 'a secret of tests'];
let s3 = await startS3(key, secret);
const filesOf = ({ folder }: Portal): string => join(folder, 'files');
/** The folder is another thing, and the bucket does not listen. */
const kept: Readonly<Record<string, Kept>> = {
  'a folder': {
    settings: {},
    lose: (portal) => {
      renameSync(filesOf(portal), `${filesOf(portal)}.away`);
      writeFileSync(filesOf(portal), 'no folder');
    },
    bringBack: async (portal) => {
      rmSync(filesOf(portal));
      renameSync(`${filesOf(portal)}.away`, filesOf(portal));
    },
  },
  'a bucket': {
    settings: { PORTAL_FILES_S3: `${s3.url}/documents`, PORTAL_FILES_S3_KEY: key, PORTAL_FILES_S3_SECRET: secret },
    lose: () => s3.stop(),
    bringBack: async () => void (s3 = await startS3(key, secret, s3)),
  },
};
afterAll(() => s3.stop());

const AGENDA = `/agendas/${encodeURIComponent(COMPONENT)}`;

describe.each(Object.entries(kept))('while %s with the documents is away', (_, { settings, lose, bringBack }) => {
  let puts = 0;
  const counted = (files: FileStore): FileStore => ({ ...files, put: (...file) => ((puts += 1), files.put(...file)) });
  it('downloads are unavailable, and what waits is made when it is back', async () => {
    const portal = await startPortal({ settings, alter: (foundation) => ({ ...foundation, files: counted(foundation.files) }) });
    const { admin, anna } = await setUp(portal);
    await enter(anna, '0001', '11');
    const raw = (person: Person, path: string, more: RequestInit = {}) =>
      fetch(portal.url + path, { ...more, headers: { authorization: `Bearer ${person.token}`, ...(more.headers as object) } });
    const first = await asked(anna);
    await until(async () => (await stateOf(anna, first)) === 'ready');
    const told = async (...types: readonly string[]) => (await portal.log()).filter(({ type }) => types.includes(type)).length;
    lose(portal);
    puts = 0;
    const second = await asked(anna);
    const pdf = { method: 'PUT', body: '%PDF-1.7\n%%EOF\n', headers: { 'content-type': 'application/pdf', 'idempotency-key': randomUUID() } };
    const content = `/documents/${first}/content`;
    const no = [await raw(anna, content), await raw(anna, content), await raw(admin, AGENDA, pdf)];
    expect(await Promise.all(no.map(async (answer) => [answer.status, ((await answer.json()) as { type: string }).type]))).toEqual([
      [503, 'unavailable'], [503, 'unavailable'], [503, 'unavailable'],
    ]);
    // Nobody is said to have what they did not get.
    expect(await told('DocumentDownloaded')).toBe(0);
    // Once the agenda, and what waits as often as would park it.
    await until(async () => puts > 3 || (await told('DocumentFailed')) > 0);
    expect([await told('DocumentFailed'), await stateOf(anna, second)]).toEqual([0, expect.stringMatching(/^(requested|rendering)$/)]);
    await bringBack(portal);
    await until(async () => (await stateOf(anna, second)) === 'ready');
    expect((await raw(anna, content)).status).toBe(200);
    expect([await told('DocumentFailed'), await told('DocumentRendered'), await told('DocumentDownloaded')]).toEqual([0, 2, 1]);
    await portal.stop();
  });
});

async function asked(person: Person): Promise<string> {
  const { body } = await person.ask<Document>('POST', '/documents', { body: { kind: 'mark-sheet', component: COMPONENT, centre: CENTRE } });
  return body.document;
}

const stateOf = async (person: Person, document: string): Promise<string> => (await person.get<Document>(`/documents/${document}`)).state;

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const untilMs = Date.now() + 60_000; !(await holds()); await pause(50)) if (Date.now() > untilMs) throw new Error('it never came');
}
