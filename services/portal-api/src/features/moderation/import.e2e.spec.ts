import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { COMPONENT, imported, setUp, settings, succeeded } from '../../testing/one-component.js';
import { centreOf, centrePath, FIRST, FIRST_MARKS, FOLLOWING, importMarks, LEADING, markRows, marksPath, rowOf, sampledPath, sampleOf, SECOND, SECOND_MARKS, setUpUnit, THIRD, UNIT, unitSettings, type Unit } from '../../testing/one-unit.js';
import { startPortal, type Portal } from '../../testing/portal.js';

let portal: Portal;
let unit: Unit;
beforeAll(async () => {
  portal = await startPortal();
  unit = await setUpUnit(portal);
});
afterAll(() => portal.stop());

const first = markRows(FIRST, FIRST_MARKS);
const second = markRows(SECOND, SECOND_MARKS);
const row = (CentreNo: string, CandidateNo: string, Mark: string, more: object = {}) => ({ CentreNo, CandidateNo, Mark, ...more });
const component = `/admin/components/${encodeURIComponent(UNIT)}`;

/** Everything recorded but words and people: what an import may not leave behind when it is refused. */
const count = async (): Promise<number> => (await portal.log()).length;

describe('a file of centre marks', () => {
  it('is imported whole, or not at all', async () => {
    const before = await count();
    const bad = [
      row(FIRST, '0001', '51'),
      row(FIRST, '0002', '7.'),
      row(FIRST, '12', '7'),
      row('6820', '0001', '7'),
      row(FIRST, '0003', '20', { TeachingGroup: 'Mrs Jones; 11A' }),
      row(FIRST, '0004', 'abs'),
      'no row at all',
      ...second,
      row(SECOND, '0001', '12'),
    ];
    for (const how of [{}, { dryRun: true }, { submit: true }]) {
      const { status, body } = await importMarks(unit.admin, bad, how);
      expect([status, body.accepted, body.unchanged, body.submitted]).toEqual([200, 0, 0, []]);
      expect(body.refused.map(({ row: at, candidate, field, reason }) => [at, candidate, field, reason])).toEqual([
        [1, '0001', 'Mark', 'mark-out-of-range'],
        [2, '0002', 'Mark', 'mark-malformed'],
        [3, null, 'CandidateNo', 'candidate-unknown'],
        [4, '0001', 'CentreNo', 'centre-unknown'],
        [5, '0003', 'TeachingGroup', 'malformed-request'],
        [6, '0004', 'Mark', 'mark-malformed'],
        [7, null, 'row', 'malformed-request'],
        [12, '0001', 'CandidateNo', 'candidate-repeated'],
      ]);
    }
    expect(await count()).toBe(before);
    expect(await rowOf(unit, 'principal')).toEqual([4, 0, 0, 0, 0, 0, 0]);
  });

  it('is the same import under the same id, and another file is not', async () => {
    const commandId = randomUUID();
    expect((await importMarks(unit.admin, first, {}, commandId)).body).toMatchObject({ accepted: 14, unchanged: 0 });
    const after = await count();
    expect((await importMarks(unit.admin, first, {}, commandId)).body).toEqual({ accepted: 14, unchanged: 0, refused: [], submitted: [] });
    for (const rows of [first.slice(1), [...second, ...first]]) {
      expect(await importMarks(unit.admin, rows, {}, commandId)).toMatchObject({ status: 422, body: { type: 'command-id-reused' } });
    }
    expect(await count()).toBe(after);
  });

  it('corrects what is not closed yet, and is locked then', async () => {
    const corrected = [row(FIRST, '0002', '44'), row(FIRST, '0014', '25')];
    expect((await importMarks(unit.admin, corrected)).body).toMatchObject({ accepted: 2, unchanged: 0 });
    expect(await rowOf(unit, 'mair')).toEqual([3, 0, 0, 0, 14, 1, 13]);
    expect((await importMarks(unit.admin, [row(FIRST, '0014', 'CF')])).body).toMatchObject({ accepted: 1 });
    const commandId = randomUUID();
    expect((await importMarks(unit.admin, first, { submit: true }, commandId)).body).toMatchObject({ accepted: 1, unchanged: 13, submitted: [FIRST] });
    const before = await count();
    const late = await importMarks(unit.admin, [...second, row(FIRST, '0001', '48'), row(FIRST, '0002', '40'), row(FIRST, '0099', '40')]);
    const locked = { candidate: expect.any(String), field: 'CentreNo', reason: 'centre-marks-locked' };
    expect(late.body).toEqual({ accepted: 0, unchanged: 0, refused: [{ row: 6, ...locked }, { row: 7, ...locked }], submitted: [] });
    expect((await importMarks(unit.admin, first, { submit: true })).body).toMatchObject({ accepted: 0, unchanged: 14, refused: [] });
    expect(await count()).toBe(before);
    // Asked again it is what it was, whatever has become of the marks since.
    await succeeded(unit.mair, 'POST', sampledPath(FIRST, '0003', 'change'), { mark: '42', reason: 'added up wrongly' });
    const [change] = await unit.principal.get<{ change: number }[]>(centrePath(FIRST, 'changes'));
    await succeeded(unit.principal, 'POST', centrePath(FIRST, `changes/${change?.change}`), { approve: true });
    expect((await importMarks(unit.admin, first, { submit: true }, commandId)).body).toMatchObject({ accepted: 1, unchanged: 13, refused: [], submitted: [FIRST] });
    expect((await importMarks(unit.admin, first)).body.refused).toMatchObject([{ row: 3, candidate: '0003', reason: 'centre-marks-locked' }]);
  });

  it('may be as long as ten thousand rows, and no longer', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => row(String(70_000 + (at % 40)), String(Math.floor(at / 40)).padStart(4, '0'), 'ABS', { TeachingGroup: 'a'.repeat(12) }));
    const { warnings, ...judged } = (await importMarks(unit.admin, many, { dryRun: true })).body;
    expect(judged).toEqual({ accepted: 10_000, unchanged: 0, refused: [], submitted: [] });
    const ofCentre = (at: number) => ['nobody-allocated', 'centre-unnamed'].map((reason) => ({ row: at, candidate: null, field: 'CentreNo', reason }));
    expect(warnings).toEqual(Array.from({ length: 40 }, (_, at) => ofCentre(at + 1)).flat());
    expect(await importMarks(unit.admin, [...many, row('70000', '9999', '1')])).toMatchObject({ status: 422, body: { type: 'malformed-request', field: 'rows' } });
    expect(await importMarks(unit.admin, [row('70000', '9999', 'x'.repeat(3 * 1024 * 1024))])).toMatchObject({ status: 413 });
    expect((await importMarks(unit.admin, [], {})).status).toBe(422);
    const elsewhere = await unit.admin.ask('POST', '/admin/centres', { body: { rows: many.slice(0, 400), x: 'y'.repeat(300 * 1024) } });
    expect(elsewhere.status).toBe(413);
  });

  it('of nobody’s centre counts for nobody until somebody has it', async () => {
    const [rows, commandId] = [[...markRows(THIRD, ['ABS', 'CF'])], randomUUID()];
    const answer = { accepted: 2, unchanged: 0, refused: [], submitted: [THIRD] };
    const warnings = [{ row: 1, candidate: null, field: 'CentreNo', reason: 'nobody-allocated' }];
    for (const dryRun of [true, false]) expect((await importMarks(unit.admin, rows, { submit: true, dryRun }, commandId)).body).toEqual({ ...answer, warnings });
    expect((await importMarks(unit.admin, rows, { submit: true, dryRun: false }, commandId)).body).toEqual(answer);
    expect(await centreOf(unit, 'principal', THIRD)).toMatchObject({ moderator: '', entered: 2, cfAbs: 2, state: 'nothing-to-moderate' });
    const before = await rowOf(unit, 'principal');
    await imported(unit.admin, `components/${encodeURIComponent(UNIT)}/allocations`, [{ CentreNo: THIRD, Moderator: unit.nia.username }]);
    const after = await rowOf(unit, 'principal');
    expect(after.map((count, at) => count - (before[at] as number))).toEqual([1, 0, 0, 0, 2, 2, 0]);
  });
});

describe('a consortium', () => {
  const leading = markRows(LEADING, [40, 30, 20]);
  const following = markRows(FOLLOWING, [45, 35]);

  it('is one cohort, named by any of its centres, and closed when the marks of all have come', async () => {
    expect(await centreOf(unit, 'mair', LEADING)).toMatchObject({ consortium: [LEADING, FOLLOWING], moderator: unit.mair.username });
    const early = await importMarks(unit.admin, following, { submit: true });
    expect(early.body.refused).toEqual([{ row: 1, candidate: '0001', field: 'CentreNo', reason: 'centre-marks-missing' }]);
    const whole = await importMarks(unit.admin, [...following, ...leading], { submit: true });
    expect(whole.body).toEqual({ accepted: 5, unchanged: 0, refused: [], submitted: [LEADING, FOLLOWING] });
    const [one, other] = await Promise.all([sampleOf(unit.mair, LEADING), sampleOf(unit.mair, FOLLOWING)]);
    expect(one.candidates).toEqual(other.candidates);
    expect(one.candidates.map(({ centre, candidate }) => `${centre}/${candidate}`)).toEqual([`${LEADING}/0001`, `${LEADING}/0002`, `${LEADING}/0003`, `${FOLLOWING}/0001`, `${FOLLOWING}/0002`]);
    expect(other).toMatchObject({ centre: FOLLOWING, name: `Ysgol ${FOLLOWING}`, consortium: [LEADING, FOLLOWING] });
    await succeeded(unit.mair, 'PUT', sampledPath(FOLLOWING, '0001', 'mark'), { mark: '44' });
    expect(await centreOf(unit, 'mair', FOLLOWING)).toMatchObject({ sample: 2, remaining: 1 });
    expect(await unit.mair.ask('PUT', sampledPath(FOLLOWING, '0003', 'mark'), { body: { mark: '44' } })).toMatchObject({ status: 404, body: { type: 'candidate-unknown' } });
    expect(await unit.auditor.get(`/history/${encodeURIComponent(UNIT)}/${FOLLOWING}/0001`)).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'ModeratorMarkEntered', to: 44 })]));
  });
});

describe('an allocation', () => {
  const allocate = (rows: readonly object[], dryRun = false) => unit.admin.ask('POST', `${component}/allocations`, { body: { rows, dryRun } });

  it('is refused row by row, and warns of what nobody placed or named', async () => {
    const stranger = await portal.person('stranger');
    const rows = [
      { CentreNo: FIRST, Moderator: unit.nia.username },
      { CentreNo: '6820', Moderator: unit.nia.username },
      { CentreNo: '68299', Moderator: 'nobody@wjec-appointees.co.uk' },
      { CentreNo: '68299', Moderator: stranger.username },
      { CentreNo: '68299', Moderator: unit.nia.username },
    ];
    for (const dryRun of [true, false]) {
      expect((await allocate(rows, dryRun)).body).toEqual({
        accepted: 1,
        unchanged: 0,
        refused: [
          { row: 1, candidate: null, field: 'CentreNo', reason: 'already-moderated' },
          { row: 2, candidate: null, field: 'CentreNo', reason: 'centre-unknown' },
          { row: 3, candidate: null, field: 'Moderator', reason: 'person-unknown' },
          { row: 5, candidate: null, field: 'CentreNo', reason: 'already-moderated' },
        ],
        warnings: [{ row: 4, candidate: null, field: 'Moderator', reason: 'not-in-team' }, { row: 4, candidate: null, field: 'CentreNo', reason: 'centre-unnamed' }],
      });
    }
    for (const { username: Moderator } of [unit.auditor, unit.admin]) {
      const refused = [{ row: 1, candidate: null, field: 'Moderator', reason: 'role-unknown' }];
      for (const dryRun of [true, false]) expect((await allocate([{ CentreNo: THIRD, Moderator }], dryRun)).body).toEqual({ accepted: 0, unchanged: 0, refused });
    }
    // Whoever has a centre is a moderator there, in the team or not.
    expect(await rowOf({ ...unit, nia: stranger }, 'nia')).toEqual([1, 0, 0, 0, 0, 0, 0]);
  });
});

describe('a component that is moderated', () => {
  it('keeps its settings of moderation, and its unit once marks are in', async () => {
    const put = (more: object) => unit.admin.ask('PUT', component, { body: unitSettings(more) });
    const own = { tolerance: 4, method: 'deming', lambda: '0.75', anchors: [{ at: 25, difference: 0 }, { at: 45, difference: -4 }], policies: ['use-moderator-marks'] };
    expect((await put(own)).body).toMatchObject(own);
    expect(await unit.auditor.get(component)).toMatchObject(own);
    expect(await put({ lambda: '-1' })).toMatchObject({ status: 422, body: { type: 'setting-malformed', field: 'lambda' } });
    expect(await put({ anchors: [{ at: 51, difference: 0 }] })).toMatchObject({ status: 422, body: { field: 'anchors' } });
    expect(await put({ maximum: 47 })).toMatchObject({ status: 409, body: { type: 'maximum-below-mark', highest: 48 } });
    expect(await put({ halfMarks: true })).toMatchObject({ status: 422, body: { type: 'setting-malformed', field: 'halfMarks' } });
    expect((await put({ maximum: 60 })).status).toBe(200);
  });

  it('is none of those that are marked, and they none of these', async () => {
    const exam = await setUp(portal);
    const marked = encodeURIComponent(COMPONENT);
    expect(await exam.principal.ask('GET', `/iamis/${marked}/centres`)).toMatchObject({ status: 404, body: { type: 'component-unknown' } });
    const asked = await exam.admin.ask('POST', `/admin/components/${marked}/centre-marks`, { body: { rows: first } });
    expect(asked).toMatchObject({ status: 404, body: { type: 'component-unknown' } });
    expect(await unit.admin.ask('PUT', `/admin/components/${marked}`, { body: settings(COMPONENT, { kind: 'IAMIS' }) })).toMatchObject({ status: 422, body: { field: 'kind' } });
    expect((await unit.admin.ask('POST', marksPath, { body: { rows: first, other: 1 } })).status).toBe(422);
  });
});

describe('a team', () => {
  it('is warned of where nobody second could approve', async () => {
    const lonely = '3000N9@2017-06';
    await succeeded(unit.admin, 'PUT', `/admin/components/${encodeURIComponent(lonely)}`, unitSettings({ component: lonely }));
    const place = (rows: readonly object[], dryRun = false) => unit.admin.ask('POST', `/admin/components/${encodeURIComponent(lonely)}/team`, { body: { rows, dryRun } });
    const principal = { Person: unit.principal.username, Role: 'principal' };
    const warnings = [{ row: 1, candidate: null, field: 'Role', reason: 'no-second-approver' }];
    for (const dryRun of [true, false]) expect((await place([principal], dryRun)).body).toEqual({ accepted: 1, unchanged: 0, refused: [], warnings });
    expect((await place([principal, { Person: unit.chair.username, Role: 'chair' }])).body).toEqual({ accepted: 1, unchanged: 1, refused: [] });
  });

  it('is judged dry as it would be placed: a senior may come in the same file', async () => {
    const fresh = '3000N8@2017-06';
    await succeeded(unit.admin, 'PUT', `/admin/components/${encodeURIComponent(fresh)}`, unitSettings({ component: fresh }));
    const rows = [
      { Person: unit.leader.username, Role: 'team-leader', Senior: unit.principal.username },
      { Person: unit.principal.username, Role: 'principal' },
      { Person: unit.leader.username, Role: 'team-leader', Senior: unit.principal.username },
      { Person: unit.mair.username, Role: 'moderator', Senior: unit.leader.username },
      { Person: unit.nia.username, Role: 'team-leader', Senior: unit.mair.username },
      { Person: unit.chair.username, Role: 'chair' },
    ];
    const refused = [{ row: 1, candidate: null, field: 'Senior', reason: 'person-unknown' }, { row: 5, candidate: null, field: 'Senior', reason: 'not-senior' }];
    for (const dryRun of [true, false]) {
      const before = await count();
      const { body } = await unit.admin.ask('POST', `/admin/components/${encodeURIComponent(fresh)}/team`, { body: { rows, dryRun } });
      expect(body).toEqual({ accepted: 4, unchanged: 0, refused });
      expect(await count()).toBe(dryRun ? before : before + 4);
    }
  });

  it('shows what each member moderates', async () => {
    const tree = await unit.principal.get<{ person: string; moderation: object; members: { person: string; moderation: object }[] }[]>(`/team/${encodeURIComponent(UNIT)}`);
    const principal = tree.find(({ person }) => person === unit.principal.username);
    expect(principal?.moderation).toMatchObject({ totalCentres: 0 });
    expect(principal?.members.find(({ person }) => person === unit.nia.username)?.moderation).toMatchObject({ totalCentres: 2, totalEntered: 2, totalCfAbs: 2, totalNewMarks: 0 });
  });
});
