import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CAPACITY_HEADER, DocumentOffer, type EmiSummary } from '@portal/contract';
import { CENTRE, COMPONENT, HALVES, imported, setUp, succeeded, type Examination } from '../../testing/one-component.js';
import { UNIT, unitSettings } from '../../testing/one-unit.js';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';

let portal: Portal;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal();
  exam = await setUp(portal);
  await succeeded(exam.admin, 'PUT', `/admin/components/${encodeURIComponent(UNIT)}`, unitSettings());
});
afterAll(() => portal.stop());

const offers = async (person: Person): Promise<readonly DocumentOffer[]> => (await person.get<unknown[]>('/document-offers')).map((one) => DocumentOffer.parse(one));
const kindsOf = (all: readonly DocumentOffer[]) => all.map(({ component, role, kinds }) => [component, role, kinds.map(({ kind }) => kind).join(' ')]);

it('is what the role may have, of every component with a part in it', async () => {
  const [staff, marker] = ['summary mark-sheet export', 'summary mark-sheet'];
  expect(kindsOf(await offers(exam.anna))).toEqual([[COMPONENT, 'examiner', marker], [HALVES, 'examiner', marker]]);
  expect(kindsOf(await offers(exam.principal))).toEqual([[COMPONENT, 'principal', staff], [HALVES, 'principal', staff]]);
  const moderated = 'formula summary mark-sheet centre-report export';
  expect(kindsOf(await offers(exam.admin))).toEqual([[UNIT, 'admin', moderated], [COMPONENT, 'admin', staff], [HALVES, 'admin', staff]]);
  const read = kindsOf(await offers(exam.auditor));
  expect([read[0], read[1]]).toEqual([[UNIT, 'auditor', 'formula summary mark-sheet centre-report audit-report export'], [COMPONENT, 'auditor', 'summary mark-sheet audit-report export']]);
  expect(await offers(await portal.person('mair'))).toEqual([]);
});

it('is never refused when it is asked for of a centre that is there', async () => {
  for (const person of [exam.anna, exam.leader, exam.principal, exam.auditor, exam.admin]) {
    for (const { component, role, kinds } of await offers(person)) {
      for (const { kind, centre } of kinds) {
        const body = { kind, component, ...(centre === 'needed' && { centre: CENTRE }), ...(kind === 'export' && { format: 'csv' }) };
        const status = centre === 'needed' && component === UNIT ? 404 : 202;
        expect([role, kind, (await person.ask('POST', '/documents', { body, headers: { [CAPACITY_HEADER]: role } })).status]).toEqual([role, kind, status]);
      }
    }
  }
});

it('names on the page of EMI the role in which its marks may be exported', async () => {
  const exportAs = async (person: Person) => (await person.get<EmiSummary[]>('/emi')).find(({ component }) => component === COMPONENT)?.exportAs;
  expect([await exportAs(exam.anna), await exportAs(exam.auditor)]).toEqual([undefined, 'auditor']);
  // A senior need not mark anything: the paper is there to export, and a unit is no paper.
  await imported(exam.admin, `components/${encodeURIComponent(UNIT)}/team`, [{ Person: exam.principal.username, Role: 'principal' }]);
  expect((await exam.principal.get<EmiSummary[]>('/emi')).map(({ component, exportAs: as, allocated, left }) => [component, as, allocated, left])).toEqual([
    [COMPONENT, 'principal', 0, 0], [HALVES, 'principal', 0, 0],
  ]);
  await imported(exam.admin, `components/${encodeURIComponent(COMPONENT)}/team`, [{ Person: exam.anna.username, Role: 'team-leader', Senior: exam.principal.username }]);
  expect(await exportAs(exam.anna)).toBe('team-leader');
  expect((await offers(exam.anna)).map(({ role }) => role)).toEqual(['examiner', 'team-leader', 'examiner']);
});
