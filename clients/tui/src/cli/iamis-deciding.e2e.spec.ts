import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { address, reviewAll, setUpUnit, startService, succeeded, UNIT, type Person, type TestService } from './testing.js';

let service: TestService;
let admin: Person;
let principal: Person;
let moderator: Person;
let other: Person;
beforeAll(async () => {
  service = await startService();
  ({ admin, principal, moderator, other } = await setUpUnit(service));
  const marks = Object.entries({ 71001: STEADY, 71002: DOUBTFUL, 71003: STEADY }).flatMap(([centre, all]) =>
    all.map(([centreMark], index) => `${centre},${numbered(index)},${centreMark}`),
  );
  const file = { stdin: `CentreNo,CandidateNo,Mark\n${marks.join('\n')}\n` };
  await succeeded(admin.portal(`iamis import ${UNIT} - --submit`, file));
  const centres = { stdin: `CentreNo,Moderator\n${['71001', '71002', '71003'].map(one => `${one},${address('user7')}`).join('\n')}\n` };
  await succeeded(admin.portal(`admin allocate ${UNIT} --file -`, centres));
});
afterAll(() => service?.stop());

const numbered = (index: number) => String(index + 1).padStart(4, '0');
/** What the centre gave, and what the moderator gives. */
const STEADY = [[10, 15], [16, 21], [22, 27], [28, 33], [34, 39], [40, 45]] as const;
const DOUBTFUL = [[20, 38], [25, 24], [30, 33], [35, 22], [40, 37]] as const;

async function submit(centre: string, all: readonly (readonly [number, number])[]): Promise<void> {
  await reviewAll(moderator, centre, centreMark => all.find(([given]) => given === centreMark)![1]);
  const report = JSON.stringify({ language: 'cy', accuracy: 'Da.', administration: 'Iawn.', tasks: 'Addas.' });
  await succeeded(moderator.portal(`iamis report ${UNIT} ${centre} --file -`, { stdin: report }));
  await succeeded(moderator.portal(`iamis submit ${UNIT} ${centre}`));
}

const stateOf = async (centre: string) =>
  (await principal.portal(`iamis centres ${UNIT}`)).json().find((one: { centre: string }) => one.centre === centre);

describe('deciding a moderation on the command line', () => {
  it('compares methods side by side and records nothing', async () => {
    await submit('71001', STEADY);
    const before = (await principal.portal(`iamis outcome ${UNIT} 71001`)).json();
    const compared = await principal.portal(`iamis what-if ${UNIT} 71001 --method ols constant piecewise --anchors 10:+2,40:0`);
    expect(compared.code).toBe(0);
    expect(compared.json()).toMatchObject([
      { option: { method: 'ols' }, stage: 'adjusted', tolerance: 3, unsuitable: null, moved: 6, of: 6, smallest: 5, largest: 5, mean: 5, residual: 0, orderKept: true },
      { option: { method: 'constant' }, a: '5', moved: 6 },
      { option: { method: 'piecewise', anchors: [{ at: 10, difference: 2 }, { at: 40, difference: 0 }] }, orderKept: true },
    ]);
    const wide = (await principal.portal(`iamis what-if ${UNIT} 71001 --method ols --tolerance 3 5`)).json();
    expect(wide.map(({ tolerance, stage, moved }: any) => [tolerance, stage, moved])).toEqual([[3, 'adjusted', 6], [5, 'accepted', 0]]);
    const all = await principal.plain(`iamis what-if ${UNIT} 71001`);
    expect(all.stdout).toMatch(/^Method +Tolerance +Settings +Verdict +Moved/);
    expect(all.stdout.trim().split('\n')).toHaveLength(7);
    const many = await principal.portal(`iamis what-if ${UNIT} 71001 --tolerance 1 2 3`);
    expect([many.code, many.error().field]).toEqual([2, 'method']);
    expect((await moderator.portal(`iamis what-if ${UNIT} 71001`)).error().type).toBe('not-permitted');
    expect((await principal.portal(`iamis outcome ${UNIT} 71001`)).json()).toEqual(before);
  });

  it('chooses with a reason, and the choice is what is approved', async () => {
    const choose = (more: string) => principal.portal(`iamis choose ${UNIT} 71001 --reason "Generous at the bottom" ${more}`);
    const unsuitable = await choose('--method piecewise --anchors 40:0,10:+2');
    expect([unsuitable.code, unsuitable.error().type]).toEqual([1, 'setting-malformed']);
    expect((await moderator.portal(`iamis choose ${UNIT} 71001 --method accept --reason No`)).error().type).toBe('not-permitted');
    const chosen = await choose('--method piecewise --anchors 10:+2,40:0 --tolerance 2');
    expect(chosen.json()).toEqual({ event: expect.any(String), position: expect.any(String) });
    const outcome = (await principal.portal(`iamis outcome ${UNIT} 71001`)).json();
    expect(outcome).toMatchObject({ stage: 'adjusted', method: 'piecewise', tolerance: 2 });
    expect(outcome.candidates.map((one: any) => one.adjusted)).toEqual([12, 18, 23, 29, 34, 40]);
    const returned = await principal.portal(`iamis return ${UNIT} 71001 --reason "One more look"`);
    expect(returned.json()).toEqual({ event: expect.any(String), position: expect.any(String) });
    expect(await stateOf('71001')).toMatchObject({ state: 'reviewing' });
    await succeeded(moderator.portal(`iamis submit ${UNIT} 71001`));
    await succeeded(principal.portal(`iamis approve ${UNIT} 71001`));
    const again = await principal.portal(`iamis return ${UNIT} 71001 --reason "Too late"`);
    expect([again.code, again.error().type]).toEqual([1, 'moderation-locked']);
  });

  it('stops where the order is doubtful until somebody decides', async () => {
    await submit('71002', DOUBTFUL);
    const outcome = (await principal.portal(`iamis outcome ${UNIT} 71002`)).json();
    expect(outcome).toMatchObject({ stage: 'order-doubtful', flags: expect.arrayContaining(['low-rho']) });
    const undecided = await principal.portal(`iamis approve ${UNIT} 71002`);
    expect([undecided.code, undecided.error().type]).toEqual([1, 'outcome-undecided']);
    await succeeded(principal.portal(`iamis choose ${UNIT} 71002 --method use-moderator-marks --reason "All were looked at"`));
    expect((await principal.portal(`iamis outcome ${UNIT} 71002`)).json().candidates.map((one: any) => one.adjusted)).toEqual([38, 24, 33, 22, 37]);
    expect((await principal.portal(`iamis approve ${UNIT} 71002`)).json()).toMatchObject({ event: expect.any(String) });
  });

  it('changes a single mark of the centre: asked by one, decided by another', async () => {
    const request = (candidate: string, mark: string) =>
      moderator.portal(`amend request 4000N1 71003 ${candidate} ${mark} --reason "Added up wrongly"`);
    const asked = (await request('0001', '12')).json();
    expect(asked).toEqual({ amendment: expect.stringContaining(`${UNIT}:71003:`), event: expect.any(String), position: expect.any(String) });
    const late = (await request('0009', '30')).json();
    expect((await request('0001', 'x')).error()).toMatchObject({ type: 'mark-malformed' });
    expect((await principal.portal(`amend list ${UNIT} 71003`)).json()).toMatchObject([
      { amendment: asked.amendment, kind: 'amendment', centre: '71003', candidate: '0001', from: 10, to: 12, state: 'requested', reason: 'Added up wrongly' },
      { amendment: late.amendment, kind: 'late', candidate: '0009', from: null, to: 30 },
    ]);
    const own = await moderator.portal(`amend approve ${asked.amendment}`);
    expect([own.code, own.error().type]).toEqual([1, 'not-permitted']);
    expect((await principal.portal(`amend approve ${asked.amendment}`)).json()).toMatchObject({ amendment: asked.amendment, event: expect.any(String) });
    expect((await principal.portal(`amend approve ${asked.amendment}`)).json()).toMatchObject({ amendment: asked.amendment, event: null });
    expect((await principal.portal(`amend refuse ${late.amendment} --reason "Not proven"`)).json()).toMatchObject({ event: expect.any(String) });
    const settled = await principal.portal(`amend approve ${late.amendment}`);
    expect([settled.code, settled.error().type]).toEqual([1, 'change-settled']);
    for (const id of ['nonsense', `${UNIT}:71003:99999`]) expect((await principal.portal(`amend approve ${id}`)).error().type).toBe('change-unknown');
    expect((await principal.plain(`amend list ${UNIT}`)).stdout).toMatch(/71003 +0009 +30 +refused/);
  });

  it('gives a centre to another moderator, by either name of the command', async () => {
    const words = `reallocate ${UNIT} 71003 --to ${address('examiner2')}`;
    expect((await moderator.portal(`iamis ${words}`)).code).toBe(1);
    await succeeded(moderator.portal(`iamis review ${UNIT} 71003 0002 21`));
    const remain = await principal.portal(`iamis ${words}`);
    expect([remain.code, remain.error().type]).toEqual([1, 'entered-marks-remain']);
    expect((await principal.portal(`iamis ${words} --entered keep`)).json()).toMatchObject({ event: expect.any(String) });
    const late = await moderator.portal(`iamis review ${UNIT} 71003 0003 27`);
    expect([late.code, late.error().type]).toEqual([1, 'reallocated']);
    await succeeded(other.portal(`iamis review ${UNIT} 71003 0003 27`));
    const back = `team reallocate 4000N1 71003 --to ${address('user7')} --entered clear`;
    expect((await principal.portal(`${back} --candidate 0001`)).code).toBe(2);
    expect((await principal.portal(back)).json()).toMatchObject({ event: expect.any(String) });
    expect((await principal.portal(`iamis reallocate ${UNIT} 71003 --to nobody@x`)).error().type).toBe('person-unknown');
  });

  it('shows the team with each one’s own counts', async () => {
    const [root] = (await principal.portal('team 4000N1')).json();
    expect(root).toMatchObject({ person: address('principal'), role: 'principal', moderation: { totalCentres: 0 } });
    const moderators = root.members.map((one: any) => [one.person, one.role, one.moderation.totalCentres]);
    expect(moderators).toEqual(expect.arrayContaining([[address('user7'), 'moderator', 3], [address('examiner2'), 'moderator', 0]]));
    const shown = await principal.plain(`team ${UNIT}`);
    expect(shown.stdout.split('\n')[0]).toMatch(/^Name +Person +Role +Centres +Sample +Reports +Remaining +Entered$/);
    expect((await principal.plain('team 9521/01')).stdout.split('\n')[0]).toMatch(/^Name +Person +Role +Left +Entered +Submitted$/);
  });

  it('returns the marks to the centre: the sample is void and the import is open again', async () => {
    const returned = await principal.portal(`iamis return ${UNIT} 71003 --centre-marks --reason "Added up wrongly throughout"`);
    expect(returned.json()).toMatchObject({ event: expect.any(String) });
    expect(await stateOf('71003')).toMatchObject({ state: 'receiving', sample: 0, remaining: 0 });
    await succeeded(admin.portal(`iamis import ${UNIT} - --submit`, { stdin: 'CentreNo,CandidateNo,Mark\n71003,0001,14\n' }));
    expect(await stateOf('71003')).toMatchObject({ state: 'reviewing', sample: 6 });
  });
});

describe('working in a capacity on the command line', () => {
  const row = async (person: Person) => (await person.portal('iamis')).json().find((one: { component: string }) => one.component === UNIT);

  it('keeps what the service confirms, and every later command is sent in it', async () => {
    expect(await row(principal)).toMatchObject({ capacity: { role: 'principal' }, totalCentres: 3 });
    const kept = await principal.portal(`work-as principal --component 4000N1 --member ${address('examiner2')}`);
    expect([kept.code, kept.json()]).toMatchObject([0, { capacity: { component: UNIT, role: 'principal', member: address('examiner2') }, event: expect.any(String) }]);
    expect(await row(principal)).toMatchObject({ capacity: { role: 'principal', member: address('examiner2') }, totalCentres: 0 });
    expect((await principal.portal('iamis centres 4000N1')).json()).toEqual([]);
    expect((await principal.portal(`iamis outcome ${UNIT} 71001`)).code).toBe(1);
    // The other components are as they were.
    expect((await principal.portal('team 9521/01')).code).toBe(0);
    await succeeded(principal.portal(`work-as principal --component ${UNIT}`));
    expect((await principal.portal('iamis centres 4000N1')).json()).toHaveLength(3);
    expect((await principal.plain(`work-as principal --component ${UNIT}`)).stdout).toBe(`On ${UNIT} you now work as Principal.\n`);
  });

  it('refuses what is not held and keeps what was kept', async () => {
    const refused = [
      `work-as moderator --component ${UNIT}`, `work-as Principal --component ${UNIT}`, `work-as principal --component ${UNIT} --member ${address('teamleader')}`,
      `work-as principal --component ${UNIT} --member "a b"`,
    ];
    for (const words of refused) {
      const { code, error } = await principal.portal(words);
      expect([words, code, error().type]).toEqual([words, 1, 'capacity-not-held']);
    }
    for (const component of ['1111/11', '..', '""']) {
      const unknown = await principal.portal(`work-as principal --component ${component}`);
      expect([unknown.code, unknown.error().type]).toEqual([1, 'component-unknown']);
    }
    expect(await row(principal)).toMatchObject({ capacity: { role: 'principal' } });
    expect((await principal.portal(`work-as team-leader --component 9521/01`)).error().type).toBe('capacity-not-held');
    expect((await principal.portal('work-as principal --component 9521/01')).json()).toMatchObject({ capacity: { component: '9521/01@2017-01', role: 'principal' } });
    expect((await principal.portal('emi sheets 9521/01')).code).toBe(0);
  });

  it('says where a capacity comes from that is held no more, and goes on listing', async () => {
    const lost = await service.person('examiner2');
    await succeeded(lost.portal(`work-as moderator --component ${UNIT}`));
    const { workAs } = (await lost.portal('info')).json();
    writeFileSync(workAs, readFileSync(workAs, 'utf8').replace('"moderator"', '"principal"'));
    const refused = await lost.plain(`iamis centres ${UNIT}`);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('portal work-as ROLE --component')]);
    expect((await lost.portal(`iamis centres ${UNIT}`)).error().type).toBe('capacity-not-held');
    const listed = await lost.plain('iamis');
    expect([listed.code, listed.stdout, listed.stderr]).toEqual([0, expect.stringContaining(UNIT), expect.stringContaining('work-as')]);
  });

  it('tells exit codes apart: not signed in, and nobody there', async () => {
    const nobody = await service.person();
    expect([(await nobody.portal('iamis')).code, (await nobody.portal(`work-as principal --component ${UNIT}`)).code]).toEqual([3, 3]);
    expect((await principal.portal(`iamis centres ${UNIT} --server http://127.0.0.1:9`)).code).toBe(4);
  });
});
