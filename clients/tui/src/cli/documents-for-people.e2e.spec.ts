import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dayAndTime } from '../components/time.js';
import { portalPaths } from '../platform/paths.js';
import { startService, succeeded, type Person, type TestService } from './testing.js';

let service: TestService;
let principal: Person;
beforeAll(async () => {
  service = await startService();
  principal = await service.person('principal');
});
afterAll(() => service?.stop());

const C = '3000N1';
const parkedReceipt = async () => (await principal.portal(`document request receipt --component ${C} --wait`)).error()['document'] as string;

describe('documents as people ask for them', () => {
  it('are in the language that a person keeps, where no other is named', async () => {
    const person = await service.person('principal');
    const { settingsFile } = portalPaths({ XDG_CONFIG_HOME: join(person.folder, 'config') });
    mkdirSync(dirname(settingsFile), { recursive: true, mode: 0o700 });
    writeFileSync(settingsFile, '{"language":"cy"}', { mode: 0o600 });
    const languageOf = async (more: string) => (await succeeded(person.portal(`document request summary --component ${C}${more}`))).json().language;
    expect([await languageOf(''), await languageOf(' --language en')]).toEqual(['cy', 'en']);
  });

  it('can be told apart in the list, which says why one was not made', async () => {
    const auditor = await service.person('auditor');
    const ofOne = `document request audit-report --component 9521/01 --centre 68101 --candidate 0002 --language cy`;
    const { document, requestedAt } = (await succeeded(auditor.portal(ofOne))).json();
    const rows = (await succeeded(auditor.plain('document list'))).stdout.split('\n');
    expect(rows[0]?.split(/ {2,}/)).toEqual(['Document', 'Kind', 'Component', 'Centre', 'Candidate', 'Receipt', 'Language', 'Format', 'State', '%', 'Bytes', 'Pages', 'Asked for', 'Reason']);
    const [id, ...cells] = rows.find((row) => row.startsWith(document))?.split(/ {2,}/) ?? [];
    expect([id, cells]).toEqual([document, expect.arrayContaining(['Audit report', '68101', '0002', 'cy', dayAndTime(requestedAt, 'en')])]);
    const parked = await parkedReceipt();
    await succeeded(principal.portal(`export ${C} --format json told.json`));
    const own = (await principal.plain('document list')).stdout;
    expect(own).toMatch(new RegExp(`^${parked} +Receipt .*! not made.* there is no such receipt$`, 'm'));
    expect(own).toMatch(/ Export of marks .* json +✓ ready /);
    expect(Object.keys((await principal.portal('document list')).json()[0])).not.toContain('asked');
  });

  it('are tried again where one was parked', async () => {
    const parked = await parkedReceipt();
    const again = await principal.portal(`document retry ${parked} --command-id ${randomUUID()}`);
    expect([again.code, again.json()]).toEqual([0, expect.objectContaining({ document: parked, kind: 'receipt' })]);
    const waited = await principal.portal(`document retry ${parked} --wait`);
    expect([waited.code, waited.error()]).toEqual([1, expect.objectContaining({ type: 'document-parked', document: parked, reason: 'no-receipt' })]);
    const { document } = (await succeeded(principal.portal(`document request formula --component ${C} --wait`))).json();
    expect((await principal.portal(`document retry ${document} --wait`)).json()).toMatchObject({ document, state: 'ready' });
    expect((await principal.portal(`document retry ${randomUUID()}`)).error().type).toBe('document-unknown');
    expect([(await principal.portal('document retry')).code, (await (await service.person()).portal(`document retry ${parked}`)).code]).toEqual([2, 3]);
    expect((await principal.plain('document --help --language cy')).stdout).toMatch(/ retry .* ceisio eto/);
  });

  it('are not exported where they could not be kept', async () => {
    const count = async () => (await principal.portal('document list')).json().length as number;
    const before = await count();
    principal.file('taken.csv', '');
    principal.file('beside.csv.manifest.json', '');
    const no = async (words: string) => {
      const { code, stderr } = await principal.plain(`export ${C} ${words}`);
      return [code, stderr];
    };
    expect(await no('taken.csv --format csv')).toEqual([1, 'portal: taken.csv is there already. Nothing is replaced: name another file.\n']);
    expect(await no('beside.csv --format csv')).toEqual([1, 'portal: beside.csv.manifest.json is there already. Nothing is replaced: name another file.\n']);
    expect(await no('none/a2.csv --format csv')).toEqual([1, 'portal: none/a2.csv was not saved: its folder is not there. Nothing was left behind.\n']);
    expect((await no(`${'n'.repeat(250)} --format csv`))[1]).toMatch(/n was not saved: the name is too long/);
    expect(await no('/sys/a2.json --format json')).toEqual([1, 'portal: /sys/a2.json was not saved: you may not write there. Nothing was left behind.\n']);
    expect([await count(), existsSync(join(principal.folder, 'beside.csv'))]).toEqual([before, false]);
    await succeeded(principal.portal(`export ${C} beside.csv --format xlsx`));
    expect(await count()).toBe(before + 1);
  });

  it('and components, centres and sheets stand under Welsh heads in Welsh', async () => {
    const examiner = await service.person('user7');
    await succeeded(principal.portal(`document request formula --component ${C} --wait`));
    const told = async (person: Person, words: string) => (await succeeded(person.plain(`${words} --language cy`))).stdout;
    const heads = async (person: Person, words: string, line = 0) => (await told(person, words)).split('\n')[line]?.trim().split(/ {2,}/);
    const counts = ['Dyrannwyd', 'Yn weddill', 'Heb ddod i law', 'Mewnbynnwyd', 'Cyflwynwyd'];
    expect(await heads(principal, 'document list')).toEqual([
      'Dogfen', 'Math', 'Cydran', 'Canolfan', 'Ymgeisydd', 'Derbynneb', 'Iaith', 'Fformat', 'Statws', '%', 'Beitiau', 'Tudalennau', 'Gofynnwyd', 'Rheswm',
    ]);
    expect(await told(principal, 'document list')).toMatch(/ Fformiwla .* ✓ yn barod /);
    expect(await heads(examiner, 'emi')).toEqual(['Cydran', 'Cyfres', 'Teitl', 'Terfyn amser', ...counts]);
    expect(await told(examiner, 'emi')).toContain(' Ionawr 2017 ');
    expect(await heads(examiner, 'emi sheets 9521/01')).toEqual(['Canolfan', 'Enw', ...counts]);
    expect(await heads(examiner, 'emi sheet 9521/01 68101', 1)).toEqual(['Ymgeisydd', 'Enw', 'Statws', 'Marc', 'Cadwyd', 'Fersiwn']);
    expect(await told(examiner, 'emi sheet 9521/01 68101')).toMatch(/^0001 .* gwag /m);
    expect(await told(examiner, 'document list')).toBe('Nid oes dim yma.\n');
    expect(await heads(principal, 'iamis')).toEqual([
      'Cydran', 'Cyfres', 'Teitl', 'Terfyn amser', 'Canolfannau', 'Sampl', 'Adroddiadau', 'Yn weddill', 'Cofrestrwyd', 'CF/Abs', 'Marciau newydd', 'Fel',
    ]);
    expect(await told(principal, 'iamis')).toMatch(/ Mehefin 2017 .* Prif gymedrolwr$/m);
    expect(await heads(principal, `iamis centres ${C}`)).toEqual(expect.arrayContaining(['Canolfan', 'Enw', 'Cymedrolwr', 'Cofrestrwyd', 'Sampl', 'Statws', 'Canlyniad']));
    const [{ centre }] = (await principal.portal(`iamis centres ${C}`)).json();
    expect(await heads(principal, `iamis sample ${C} ${centre}`, 3)).toEqual(expect.arrayContaining(['Canolfan', 'Ymgeisydd', 'Enw', 'Marc canolfan', 'Statws']));
    // Scripts read the same in every language.
    expect((await principal.portal('iamis --language cy')).json()[0]).toMatchObject({ series: 'June 2017', capacity: { role: 'principal' } });
  });
});
