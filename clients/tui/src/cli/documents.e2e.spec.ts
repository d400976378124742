import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AGENDA_BYTES } from '@portal/contract';
import { startService, type Person, type TestService } from './testing.js';

let service: TestService;
let moderator: Person;
let admin: Person;
beforeAll(async () => {
  service = await startService();
  [moderator, admin] = [await service.person('principal'), await service.person('admin')];
});
afterAll(() => service?.stop());

const C = '3000N1';
const bytesOf = (person: Person, name: string) => readFileSync(join(person.folder, name));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('documents on the command line', () => {
  it('asks for one, waits, and saves it whole to a new file', async () => {
    const words = `document request formula --component ${C} --language cy --wait --command-id ${randomUUID()}`;
    const asked = await moderator.portal(words);
    expect([asked.code, asked.json()]).toEqual([0, expect.objectContaining({ kind: 'formula', language: 'cy', state: 'ready', progress: 100, pages: expect.any(Number) })]);
    const { document, bytes, sha256: sum } = asked.json();
    expect((await moderator.portal(words)).json()).toMatchObject({ document });
    expect((await moderator.portal('document list')).json()).toEqual([expect.objectContaining({ document, sha256: sum })]);
    const saved = await moderator.portal(`document save ${document} formula.pdf`);
    expect([saved.code, saved.json()]).toEqual([0, expect.objectContaining({ document, sha256: sum, bytes })]);
    const file = bytesOf(moderator, 'formula.pdf');
    expect([file.length, sha256(file), file.subarray(0, 5).toString()]).toEqual([bytes, sum, '%PDF-']);
    const again = await moderator.portal(`document save ${document} formula.pdf`);
    expect([again.code, again.error().type]).toEqual([1, 'file-exists']);
    const nowhere = await moderator.portal(`document save ${document} none/formula.pdf`);
    const why = 'none/formula.pdf was not saved: its folder is not there. Nothing was left behind.';
    expect([nowhere.code, nowhere.error()]).toEqual([1, { type: 'file-not-written', field: 'file', cause: 'ENOENT', detail: why }]);
    const denied = await moderator.plain(`document save ${document} /sys/formula.pdf`);
    expect([denied.code, denied.stderr]).toEqual([1, 'portal: /sys/formula.pdf was not saved: you may not write there. Nothing was left behind.\n']);
    expect((await moderator.portal(`document save ${document} ${'n'.repeat(251)}.pdf`)).code).toBe(0);
    const long = await moderator.portal(`document save ${document} ${'n'.repeat(252)}.pdf`);
    expect([long.code, long.error()['cause']]).toEqual([1, 'ENAMETOOLONG']);
    expect((await moderator.portal(`document save ${document} -`)).stdout.startsWith('%PDF-')).toBe(true);
    expect(readdirSync(moderator.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('exports with a manifest, and refuses what is none', async () => {
    const exported = await admin.portal(`export ${C} --format json marks.json`);
    expect([exported.code, exported.stderr]).toEqual([0, '']);
    expect(exported.json()).toMatchObject({ kind: 'export', format: 'json', state: 'ready', pages: 0 });
    expect(JSON.parse(bytesOf(admin, 'marks.json').toString()).manifest).toMatchObject({ rows: expect.any(Number) });
    expect((await admin.portal(`export ${C} --format csv -`)).stdout).toMatch(/^[\uFEFF\w]/);
    const csv = await admin.portal(`export ${C} --format csv marks.csv`);
    const manifest = JSON.parse(bytesOf(admin, 'marks.csv.manifest.json').toString());
    expect(csv.json()).toMatchObject({ file: join(admin.folder, 'marks.csv'), manifestFile: join(admin.folder, 'marks.csv.manifest.json'), manifest });
    expect(manifest).toMatchObject({ sha256: sha256(bytesOf(admin, 'marks.csv')), rows: bytesOf(admin, 'marks.csv').toString().trimEnd().split('\r\n').length - 1 });
    const nowhere = await admin.portal(`export ${C} --format csv none/marks.csv`);
    expect([nowhere.code, nowhere.error()]).toMatchObject([1, { type: 'file-not-written', cause: 'ENOENT' }]);
    // The rows would have a name, and what stands beside them none.
    const long = await admin.portal(`export ${C} --format csv ${'n'.repeat(250)}`);
    expect([long.code, long.error()['cause'], readdirSync(admin.folder).filter((name) => /nnn|part/.test(name))]).toEqual([1, 'ENAMETOOLONG', []]);
    admin.file('taken.csv', '');
    expect((await admin.portal(`export ${C} --format csv taken.csv`)).error().type).toBe('file-exists');
    expect(existsSync(join(admin.folder, 'taken.csv.manifest.json'))).toBe(false);
    expect((await admin.portal(`export ${C} --format doc x.doc`)).code).toBe(2);
    const none = await moderator.plain(`document request receipt --component ${C} --wait`);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('there is no such receipt')]);
    expect((await moderator.portal(`document request receipt --component ${C} --wait`)).error()).toMatchObject({ type: 'document-parked', reason: 'no-receipt' });
    expect((await moderator.portal(`document request poem --component ${C}`)).code).toBe(2);
    expect((await moderator.portal('document request formula')).code).toBe(2);
    expect((await moderator.portal(`document save ${randomUUID()} x.pdf`)).error().type).toBe('document-unknown');
    expect(existsSync(join(moderator.folder, 'x.pdf'))).toBe(false);
    const nobody = await (await service.person()).portal('document list');
    expect([nobody.code, nobody.error().type]).toEqual([3, 'not-signed-in']);
  });

  it('takes an export back as centres’ marks that are not submitted, and nothing of another component', async () => {
    expect((await admin.portal(`export ${C} --format csv back.csv`)).code).toBe(0);
    const submitted = await admin.portal(`iamis import ${C} back.csv --submit`);
    expect([submitted.code, submitted.error().type]).toEqual([1, 'drafts-only']);
    const again = (await admin.portal(`iamis import ${C} back.csv --dry-run`)).json();
    expect(again).toMatchObject({ submitted: [], accepted: 0 });
    const other = (await admin.portal('iamis import 9521/01 back.csv')).json();
    expect(new Set(other.refused.map(({ reason, field }: { reason: string; field: string }) => `${reason} ${field}`))).toEqual(new Set(['other-component UnitCode']));
    expect(other.accepted).toBe(0);
  });

  it('takes an agenda from staff, and only a PDF', async () => {
    admin.file('agenda.pdf', '%PDF-1.4\n%%EOF\n');
    admin.file('agenda.txt', 'none');
    expect((await admin.portal(`document upload ${C} agenda.txt`)).error().type).toBe('not-a-pdf');
    expect((await admin.portal(`document upload ${C} agenda.pdf`)).json()).toMatchObject({ kind: 'agenda', state: 'ready', bytes: 15 });
    expect((await admin.portal(`document upload ${C} missing.pdf`)).code).toBe(2);
    const whole = `%PDF-1.4\n${' '.repeat(AGENDA_BYTES - 15)}%%EOF\n`;
    admin.file('large.pdf', whole);
    expect((await admin.portal(`document upload ${C} large.pdf`)).json()).toMatchObject({ state: 'ready', bytes: AGENDA_BYTES });
    admin.file('larger.pdf', `${whole} `);
    const larger = await admin.plain(`document upload ${C} larger.pdf --server http://127.0.0.1:9`);
    expect([larger.code, larger.stderr]).toEqual([1, 'portal: larger.pdf is too large: an agenda has at most 10 MiB (10,485,760 bytes). Nothing was sent.\n']);
    const typed = await admin.portal(`document upload ${C} -`, { stdin: `${whole} ` });
    expect([typed.code, typed.error()]).toMatchObject([1, { type: 'too-large', field: 'file', mostBytes: AGENDA_BYTES }]);
    expect((await moderator.portal(`document upload ${C} -`, { stdin: '%PDF-1.4\n%%EOF\n' })).error().type).toBe('not-permitted');
  });
});
