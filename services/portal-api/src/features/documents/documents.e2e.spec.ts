import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AGENDA_BYTES, Document, type EmiSummary, type ServiceEntry } from '@portal/contract';
import { CENTRE, COMPONENT, enter, HALVES, imported, OTHER_CENTRE, rows, setUp, submissionsPath, succeeded, type Examination } from '../../testing/one-component.js';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';

let portal: Portal;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal();
  exam = await setUp(portal);
});
afterAll(() => portal.stop());

const AGENDA = `/agendas/${encodeURIComponent(COMPONENT)}`;
const PDF = Buffer.from(`%PDF-1.7\n${'agenda '.repeat(2000)}\n%%EOF\n`);

const request = (person: Person, body: object, more: object = {}) =>
  person.ask('POST', '/documents', { body: { component: COMPONENT, ...body }, ...more });

const raw = (person: Person, path: string, headers: Readonly<Record<string, string>> = {}, more: RequestInit = {}) =>
  fetch(portal.url + path, { ...more, headers: { authorization: `Bearer ${person.token}`, ...headers } });

const upload = (person: Person, bytes: Buffer, type = 'application/pdf', path = AGENDA, commandId = randomUUID()) =>
  raw(person, path, { 'content-type': type, 'idempotency-key': commandId }, { method: 'PUT', body: new Uint8Array(bytes) });

const typeOf = async (response: Response): Promise<unknown> => ((await response.json()) as { type?: unknown }).type;

describe('asking for a document', () => {
  it('is refused to whoever has no part in it, before anything is recorded', async () => {
    const mair = await portal.person('mair');
    const before = (await portal.log()).length;
    const no = { status: 403, body: { type: 'not-permitted' } };
    expect(await request(mair, { kind: 'summary' })).toMatchObject(no);
    expect(await request(exam.anna, { kind: 'formula' })).toMatchObject(no);
    expect(await request(exam.anna, { kind: 'export', format: 'csv' })).toMatchObject(no);
    expect(await request(exam.principal, { kind: 'audit-report', centre: CENTRE })).toMatchObject(no);
    expect(await request(exam.bryn, { kind: 'mark-sheet', centre: OTHER_CENTRE })).toMatchObject({ status: 403, body: { type: 'not-your-centre', field: 'centre' } });
    expect(await request(exam.anna, { kind: 'summary', component: '1/1' })).toMatchObject({ status: 404, body: { type: 'component-unknown' } });
    expect(await request(exam.auditor, { kind: 'audit-report', centre: '99999' })).toMatchObject({ status: 404, body: { type: 'centre-unknown', field: 'centre' } });
    expect(await request(exam.anna, { kind: 'mark-sheet' })).toMatchObject({ status: 422, body: { type: 'malformed-request', field: 'centre' } });
    for (const receipt of ['\ud800', '\u0000', '../../../x']) {
      expect(await request(exam.anna, { kind: 'receipt', receipt })).toMatchObject({ status: 422, body: { type: 'malformed-request', field: 'receipt' } });
    }
    expect((await portal.log()).length).toBe(before);
  });

  it('for an export wants a factor of late, and for nothing else', async () => {
    const token = await portal.issuer.token({ account: exam.principal.account, claims: { factor_time: Math.floor(Date.now() / 1000) - 3600 } });
    const asks = (body: object) =>
      fetch(`${portal.url}/documents`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({ component: COMPONENT, ...body }),
      });
    const exporting = await asks({ kind: 'export', format: 'csv' });
    expect([exporting.status, await typeOf(exporting)]).toEqual([401, 'factor-needed']);
    expect((await asks({ kind: 'summary' })).status).toBe(202);
  });

  it('is recorded once, and stands in the list of whoever asked and of those who read everything', async () => {
    const commandId = randomUUID();
    const first = await request(exam.anna, { kind: 'mark-sheet', centre: CENTRE, language: 'cy' }, { commandId });
    expect(first.status).toBe(202);
    expect(Document.parse(first.body)).toMatchObject({ document: commandId, kind: 'mark-sheet', centre: CENTRE, language: 'cy', bytes: null });
    expect((await request(exam.anna, { kind: 'mark-sheet', centre: CENTRE, language: 'cy' }, { commandId })).body['document']).toBe(commandId);
    expect(await request(exam.anna, { kind: 'summary' }, { commandId })).toMatchObject({ status: 422, body: { type: 'command-id-reused' } });
    const asked = (await portal.log()).filter(({ type, data }) => type === 'DocumentRequested' && data['document'] === commandId);
    expect(asked).toHaveLength(1);
    expect((await exam.anna.get<Document[]>('/documents')).map(({ document }) => document)).toEqual([commandId]);
    expect(await exam.bryn.get('/documents')).toEqual([]);
    expect((await exam.auditor.get<Document[]>(`/documents?component=${encodeURIComponent(COMPONENT)}`)).map(({ document }) => document)).toContain(commandId);
    expect(await exam.anna.ask('GET', `/documents?component=${encodeURIComponent(COMPONENT)}`)).toMatchObject({ status: 403 });
    expect(await exam.bryn.ask('GET', `/documents/${commandId}`)).toMatchObject({ status: 404, body: { type: 'document-unknown' } });
    expect((await exam.auditor.get<Document>(`/documents/${commandId}`)).document).toBe(commandId);
    for (const query of ['component=a&component=b', 'component[]=1', 'component=', 'centre=68101']) {
      expect(await exam.auditor.ask('GET', `/documents?${query}`)).toMatchObject({ status: 422, body: { type: 'malformed-request' } });
    }
    for (const id of [randomUUID(), 'x', '..%2f..']) expect((await exam.anna.ask('GET', `/documents/${id}`)).status).toBe(404);
  });
});

describe('the agenda of a conference', () => {
  it('is uploaded by staff as a PDF, and as nothing else', async () => {
    expect((await raw(exam.anna, AGENDA)).status).toBe(404);
    expect(await typeOf(await upload(exam.principal, PDF))).toBe('not-permitted');
    expect(await typeOf(await upload(exam.admin, Buffer.from('not one')))).toBe('not-a-pdf');
    expect(await typeOf(await upload(exam.admin, PDF, 'application/json'))).toBe('unsupported-media-type');
    expect(await typeOf(await upload(exam.admin, PDF, 'text/plain'))).toBe('unsupported-media-type');
    expect(await typeOf(await upload(exam.admin, PDF, 'application/pdf', `/admin/components/${encodeURIComponent(COMPONENT)}`))).toBe('unsupported-media-type');
    expect(await typeOf(await upload(exam.admin, Buffer.concat([PDF, Buffer.alloc(AGENDA_BYTES)])))).toBe('too-large');
    for (const [coding, bytes] of [['gzip', gzipSync(PDF)], ['br', PDF], ['identity, gzip', PDF]] as const) {
      const coded = await raw(exam.admin, AGENDA, { 'content-type': 'application/pdf', 'content-encoding': coding }, { method: 'PUT', body: new Uint8Array(bytes) });
      expect([coded.status, coded.headers.get('accept-encoding'), await coded.json()]).toEqual([415, 'identity', expect.objectContaining({
        type: 'unsupported-media-type',
        detail: 'a body is taken as it is, without a content-encoding',
      })]);
    }
    const commandId = randomUUID();
    for (const _ of ['first', 'again']) {
      const answer = await upload(exam.admin, PDF, 'application/pdf', AGENDA, commandId);
      expect([answer.status, await answer.json()]).toMatchObject([200, { document: commandId, kind: 'agenda', state: 'ready', bytes: PDF.length }]);
    }
    expect((await portal.log()).filter(({ type }) => type === 'AgendaUploaded')).toHaveLength(1);
  });

  it('is there for everybody with a part in the component, whole or in parts; that it was read is recorded', async () => {
    const whole = await raw(exam.anna, `${AGENDA}/content`);
    expect(Buffer.from(await whole.arrayBuffer()).equals(PDF)).toBe(true);
    const { document, sha256 } = await exam.anna.get<Document>(AGENDA);
    const head = (response: Response, ...names: readonly string[]) => [response.status, ...names.map((name) => response.headers.get(name))];
    expect(head(whole, 'etag', 'content-type', 'content-disposition', 'accept-ranges')).toEqual([
      200, `"${sha256 ?? ''}"`, 'application/pdf', 'attachment; filename=9521-01-2017-01-agenda.pdf', 'bytes',
    ]);
    const part = await raw(exam.anna, `${AGENDA}/content`, { range: 'bytes=5-9' });
    expect([await part.text(), ...head(part, 'content-range', 'content-length')]).toEqual([PDF.toString('latin1', 5, 10), 206, `bytes 5-9/${PDF.length}`, '5']);
    for (const at of [AGENDA, `/documents/${document}`, AGENDA.replace(/%40.*$/, '')]) {
      expect([at, (await raw(exam.anna, `${at}/content`, { range: 'bytes=9-' })).status]).toEqual([at, 206]);
    }
    expect(head(await raw(exam.anna, `${AGENDA}/content`, { range: 'bytes=999999-' }), 'content-range')).toEqual([416, `bytes */${PDF.length}`]);
    expect((await raw(exam.anna, `${AGENDA}/content`, { 'if-none-match': `"${sha256 ?? ''}"` })).status).toBe(304);
    const read = (await portal.log()).filter(({ type }) => type === 'DocumentDownloaded');
    // Once whole; once for all that began in the middle.
    expect(read.map(({ data, metadata }) => [data['account'], metadata['actor']])).toEqual([[exam.anna.account, exam.anna.account], [exam.anna.account, exam.anna.account]]);
    const mair = await portal.person('mair');
    expect([(await raw(mair, `${AGENDA}/content`)).status, (await raw(mair, AGENDA)).status]).toEqual([403, 403]);
  });

  it('is looked at by HEAD too', async () => {
    const answer = await raw(exam.anna, `${AGENDA}/content`, {}, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(PDF.length)]);
  });

  it('uploaded later takes the place of an earlier one', async () => {
    const later = Buffer.from('%PDF-1.7\nanother\n%%EOF');
    expect((await upload(exam.admin, later)).status).toBe(200);
    expect((await exam.principal.get<Document>(AGENDA)).bytes).toBe(later.length);
    const told = await exam.anna.get<EmiSummary[]>('/emi');
    expect(told.map(({ component, agendaBytes }) => [component, agendaBytes])).toEqual([[COMPONENT, later.length], [HALVES, undefined]]);
    expect(await (await raw(exam.auditor, `${AGENDA}/content`)).text()).toBe(later.toString());
  });
});

describe('a document that was asked for', () => {
  const made = async (person: Person, body: object, headers = {}): Promise<Document> => {
    const { document } = (await request(person, body, { headers })).body;
    const told = await fetch(`${portal.url}/documents/${String(document)}/progress`, { headers: { authorization: `Bearer ${person.token}` } });
    const said = (await told.text()).split('\n').flatMap((line) => (line.startsWith('data: ') ? [Document.parse(JSON.parse(line.slice(6)))] : []));
    const ready = said.at(-1) as Document;
    const progress = said.map((one) => one.progress);
    if (ready.state === 'ready') expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    return ready;
  };

  it('tells how far it is until it is there, and the same data give the same bytes', async () => {
    await enter(exam.anna, '0001', '34');
    const [first, second] = [await made(exam.anna, { kind: 'mark-sheet', centre: CENTRE }), await made(exam.anna, { kind: 'mark-sheet', centre: CENTRE })];
    expect(first).toMatchObject({ state: 'ready', progress: 100, fileName: '9521-01-2017-01-68101-mark-sheet-en.pdf' });
    expect([second.sha256, second.bytes]).toEqual([first.sha256, first.bytes]);
    const answer = await raw(exam.anna, `/documents/${first.document}/content`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([200, first.bytes, first.sha256]);
    expect(bytes.toString('latin1', 0, 5)).toBe('%PDF-');
    expect((await raw(exam.auditor, `/documents/${first.document}/content`)).status).toBe(200);
  });

  it('is of nobody else, to whom each of its addresses says that there is none', async () => {
    const { document } = await made(exam.anna, { kind: 'mark-sheet', centre: CENTRE });
    const none = { status: 404, body: { type: 'document-unknown' } };
    for (const [method, of] of [['GET', ''], ['GET', '/content'], ['GET', '/progress'], ['POST', '/retry']] as const) {
      expect([of, await exam.bryn.ask(method, `/documents/${document}${of}`)]).toEqual([of, expect.objectContaining({ status: 404 })]);
      expect(await exam.bryn.ask(method, `/documents/${randomUUID()}${of}`)).toMatchObject(none);
    }
  });

  it('is looked at by HEAD as by GET, and nobody is said to have read it', async () => {
    const { document, bytes, sha256 } = await made(exam.anna, { kind: 'mark-sheet', centre: CENTRE });
    const downloads = async () => (await portal.log()).filter(({ type, data }) => type === 'DocumentDownloaded' && data['document'] === document).length;
    const names = ['etag', 'content-type', 'content-length', 'content-disposition', 'accept-ranges', 'cache-control'];
    const looked = async (method: string, headers = {}) => {
      const answer = await raw(exam.anna, `/documents/${document}/content`, headers, { method });
      await answer.arrayBuffer();
      return [answer.status, ...names.map((name) => answer.headers.get(name))];
    };
    const head = await looked('HEAD');
    expect(head).toEqual([200, `"${sha256 ?? ''}"`, 'application/pdf', String(bytes), expect.stringContaining('mark-sheet'), 'bytes', expect.any(String)]);
    expect(await looked('HEAD', { range: 'bytes=0-4' })).toEqual(head);
    expect((await looked('HEAD', { 'if-none-match': `"${sha256 ?? ''}"` }))[0]).toBe(304);
    expect((await raw(exam.bryn, `/documents/${document}/content`, {}, { method: 'HEAD' })).status).toBe(404);
    expect(await downloads()).toBe(0);
    expect(await looked('GET')).toEqual(head);
    expect(await downloads()).toBe(1);
  });

  it('waits in All services until whoever asked for it has downloaded it', async () => {
    const waiting = async (person: Person) =>
      (await person.get<ServiceEntry[]>('/services')).find(({ service }) => service === 'documents')?.waiting;
    const before = (await waiting(exam.principal)) ?? 0;
    const { document } = await made(exam.principal, { kind: 'formula' });
    expect(await waiting(exam.principal)).toBe(before + 1);
    expect((await raw(exam.auditor, `/documents/${document}/content`)).status).toBe(200);
    expect(await waiting(exam.principal)).toBe(before + 1);
    expect((await raw(exam.principal, `/documents/${document}/content`)).status).toBe(200);
    expect([await waiting(exam.principal), await waiting(exam.auditor), await waiting(exam.admin)]).toEqual([before, 0, 0]);
  });

  it('is read in the capacity in which it was asked for, where none is named and it is held yet', async () => {
    const { admin, leader } = exam;
    await imported(admin, `components/${encodeURIComponent(COMPONENT)}/allocations`, rows(OTHER_CENTRE, 4, 4, leader.username));
    const { document } = await made(leader, { kind: 'mark-sheet', centre: CENTRE }, { 'portal-capacity': 'team-leader' });
    const read = async (headers: Readonly<Record<string, string>> = {}) => {
      const answer = await raw(leader, `/documents/${document}/content`, headers);
      return answer.ok ? answer.status : typeOf(answer);
    };
    expect(await request(leader, { kind: 'mark-sheet', centre: CENTRE })).toMatchObject({ body: { type: 'not-your-centre' } });
    expect([await read(), await read({ 'portal-capacity': 'examiner' }), await read({ 'portal-capacity': 'chair' })]).toEqual([200, 'not-your-centre', 'capacity-not-held']);
  });

  it.each(['csv', 'xlsx', 'json'])('may be an export as %s', async (format) => {
    const ready = await made(exam.principal, { kind: 'export', format });
    expect(ready).toMatchObject({ state: 'ready', format, pages: 0 });
    expect(ready.fileName.endsWith(`.${format}`)).toBe(true);
  });

  it('is the receipt it came to be, also where the latest was asked for: by its number in the list and in the name of the file', async () => {
    const numbers: string[] = [];
    for (const candidate of ['0001', '0002']) {
      await enter(exam.anna, candidate, '11');
      numbers.push(String((await succeeded(exam.anna, 'POST', submissionsPath, {}))['receipt']));
    }
    const [first, second] = numbers as [string, string];
    const latest = await made(exam.anna, { kind: 'receipt' });
    const named = await made(exam.anna, { kind: 'receipt', receipt: first });
    const name = (number: string) => `${COMPONENT.replaceAll(/[^A-Za-z0-9]+/g, '-')}-receipt-${number}-en.pdf`;
    expect([latest, named].map(({ receipt, fileName }) => [receipt, fileName])).toEqual([[second, name(second)], [first, name(first)]]);
    expect((await exam.anna.get<Document[]>('/documents')).slice(0, 2).map(({ receipt }) => receipt)).toEqual([first, second]);
  });

  it('is parked at once where there is nothing to show, and tried anew when somebody asks', async () => {
    const parked = await made(exam.bryn, { kind: 'receipt' });
    expect(parked).toMatchObject({ state: 'parked', reason: 'no-receipt', bytes: null });
    expect(await exam.bryn.ask('GET', `/documents/${parked.document}/content`)).toMatchObject({ status: 409, body: { type: 'document-not-ready' } });
    const again = await exam.bryn.ask('POST', `/documents/${parked.document}/retry`);
    expect([again.status, again.body['document']]).toEqual([200, parked.document]);
  });
});
