import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CentreReport, IamisSummary } from '@portal/contract';
import { succeeded } from '../../testing/one-component.js';
import { as, centreOf, centrePath, FIRST, FIRST_MARKS, importMarks, markRows, outcomeOf, REPORT, reviewAll, rowOf, sampledPath, sampleOf, SECOND, SECOND_MARKS, setUpUnit, unitSettings, UNIT, type Name, type Unit } from '../../testing/one-unit.js';
import { startPortal, type Portal } from '../../testing/portal.js';

let portal: Portal;
let unit: Unit;
beforeAll(async () => {
  portal = await startPortal();
  unit = await setUpUnit(portal);
});
afterAll(() => portal.stop());

const ask = (person: Name, centre: string, what: string, body: object = {}, capacity?: string) =>
  unit[person].ask('POST', centrePath(centre, what), { body, ...(capacity !== undefined && { headers: as(capacity) }) });
const principals = (): Promise<readonly number[]> => rowOf(unit, 'principal');
const marksOf = (centre: string) => outcomeOf(unit.principal, centre).then(({ candidates }) => candidates.map(({ adjusted }) => adjusted));

describe('a moderation from the centre’s marks to the approved outcome', () => {
  it('begins with who has which centre', async () => {
    expect(await rowOf(unit, 'mair')).toEqual([3, 0, 0, 0, 0, 0, 0]);
    expect(await principals()).toEqual([4, 0, 0, 0, 0, 0, 0]);
    expect(await centreOf(unit, 'mair', FIRST)).toMatchObject({ moderator: unit.mair.username, state: 'awaiting-marks', outcome: 'pending' });
  });

  it('takes the marks, corrects them until they are closed, and draws the sample then', async () => {
    const rows = [...markRows(FIRST, FIRST_MARKS), ...markRows(SECOND, SECOND_MARKS)];
    const dry = await importMarks(unit.admin, rows, { dryRun: true, submit: true });
    expect(dry.body).toEqual({ accepted: 18, unchanged: 0, refused: [], submitted: [FIRST, SECOND] });
    expect(await principals()).toEqual([4, 0, 0, 0, 0, 0, 0]);
    expect((await importMarks(unit.admin, rows.slice(1))).body).toEqual({ accepted: 17, unchanged: 0, refused: [], submitted: [] });
    expect(await principals()).toEqual([4, 0, 0, 0, 17, 2, 15]);
    expect((await importMarks(unit.admin, rows, { submit: true })).body).toEqual({ accepted: 1, unchanged: 17, refused: [], submitted: [FIRST, SECOND] });
    expect(await principals()).toEqual([4, 14, 0, 14, 18, 2, 16]);
    expect(await rowOf(unit, 'mair')).toEqual([3, 10, 0, 10, 14, 2, 12]);
    expect(await rowOf(unit, 'nia')).toEqual([1, 4, 0, 4, 4, 0, 4]);
    expect(await rowOf(unit, 'leader')).toEqual([3, 10, 0, 10, 14, 2, 12]);
    const sample = await sampleOf(unit.mair, FIRST);
    expect(sample).toMatchObject({ rule: 'jcq-classic', tolerance: 3, maximum: 50, state: 'reviewing', verdict: { stage: 'pending' } });
    expect(sample.candidates.map(({ candidate }) => candidate)).toEqual(expect.arrayContaining(['0001', '0012']));
    expect(sample.candidates[0]).toMatchObject({ centre: FIRST, name: 'Pupil 0001', centreMark: 48, moderatorMark: null, isReceived: true });
  });

  it('is reviewed candidate by candidate', async () => {
    const before = await sampleOf(unit.nia, SECOND);
    const seen = { 'if-match': `"${before.candidates[0]?.revision}"` };
    const put = (mark: string, headers = {}) => unit.nia.ask('PUT', sampledPath(SECOND, '0001', 'mark'), { body: { mark }, headers });
    const entered = await put('46', seen);
    expect(entered.body).toMatchObject({ candidate: '0001', mark: 46, remaining: 3, verdict: { stage: 'pending' }, event: expect.any(String) });
    expect(await put('47', seen)).toMatchObject({ status: 409, body: { type: 'changed-elsewhere', candidate: '0001', mark: 46, by: 'Somebody called nia', field: 'expect' } });
    expect((await put('46')).body).toMatchObject({ event: null, mark: 46, remaining: 3 });
    expect((await put('CLEAR')).body).toMatchObject({ mark: null, remaining: 4 });
    expect(await put('51')).toMatchObject({ status: 422, body: { type: 'mark-out-of-range', field: 'mark', maximum: 50 } });
    expect(await unit.mair.ask('PUT', sampledPath(SECOND, '0001', 'mark'), { body: { mark: '40' } })).toMatchObject({ status: 403, body: { type: 'not-your-centre', field: 'centre' } });
    expect(await ask('nia', SECOND, 'submission')).toMatchObject({ status: 409, body: { type: 'review-remaining' } });
    await reviewAll(unit.nia, SECOND, () => 5);
    expect(await rowOf(unit, 'nia')).toEqual([1, 4, 0, 0, 4, 0, 4]);
    expect((await sampleOf(unit.nia, SECOND)).verdict).toMatchObject({ stage: 'adjusted', method: 'ols', a: '5', b: '1' });
  });

  it('has a report, each part a text of its own', async () => {
    const save = (body: object) => unit.nia.ask('PUT', centrePath(SECOND, 'report'), { body });
    expect(await save({ language: 'cy', accuracy: 'Cywir.', complete: true })).toMatchObject({ status: 409, body: { type: 'report-incomplete', fields: ['administration', 'tasks'] } });
    await save({ language: 'cy', accuracy: 'Cywir.' });
    const path = centrePath(SECOND, 'report');
    expect(await unit.nia.get(path)).toEqual({ language: 'cy', accuracy: 'Cywir.', administration: '', tasks: '', comments: '', isCompleted: false });
    await save({ ...REPORT, complete: true });
    expect(await unit.principal.get<CentreReport>(path)).toEqual({ ...REPORT, comments: '', isCompleted: true });
    expect(await principals()).toEqual([4, 14, 1, 10, 18, 2, 16]);
    await ask('nia', SECOND, 'report/reopening');
    expect(await principals()).toEqual([4, 14, 0, 10, 18, 2, 16]);
    await save({ ...REPORT, complete: true });
    for (const { data } of await portal.log()) expect(JSON.stringify(data).includes('Accurate')).toBe(JSON.stringify(data).includes('"words"') && JSON.stringify(data).includes('Accurate'));
  });

  it('is submitted, and never approved by whoever had a hand in it', async () => {
    expect((await ask('nia', SECOND, 'submission')).body).toEqual({ event: expect.any(String), position: expect.any(String) });
    expect(await centreOf(unit, 'principal', SECOND)).toMatchObject({ state: 'submitted', outcome: 'adjusted', late: false, flags: expect.arrayContaining(['weak-evidence']) });
    expect(await ask('nia', SECOND, 'approval')).toMatchObject({ status: 403, body: { type: 'not-permitted' } });
    const { outcome } = await outcomeOf(unit.principal, SECOND);
    expect(await ask('principal', SECOND, 'approval', { outcome: (outcome ?? 0) - 1 })).toMatchObject({ status: 409, body: { type: 'outcome-changed', outcome } });
    const approved = await ask('principal', SECOND, 'approval', { outcome });
    expect(approved.body).toMatchObject({ event: expect.any(String) });
    expect(await marksOf(SECOND)).toEqual([45, 35, 25, 15]);
    expect((await ask('principal', SECOND, 'approval', { outcome })).body).toEqual({ event: null, position: null });
  });

  it('stands whatever the settings are afterwards', async () => {
    await succeeded(unit.admin, 'PUT', `/admin/components/${encodeURIComponent(UNIT)}`, unitSettings({ tolerance: 9, method: 'constant' }));
    expect(await outcomeOf(unit.principal, SECOND)).toMatchObject({ state: 'approved', stage: 'adjusted', method: 'ols', tolerance: 3, a: '5' });
    expect(await sampleOf(unit.nia, SECOND)).toMatchObject({ tolerance: 9, verdict: { stage: 'accepted' } });
    await succeeded(unit.admin, 'PUT', `/admin/components/${encodeURIComponent(UNIT)}`, unitSettings({ tolerance: 3, method: 'ols' }));
  });

  it('moves every count without being asked twice', async () => {
    await reviewAll(unit.mair, FIRST, () => 1);
    const { position } = (await unit.mair.ask<{ position: string }>('PUT', centrePath(FIRST, 'report'), { body: { ...REPORT, complete: true } })).body;
    const began = performance.now();
    const [row] = await unit.principal.get<IamisSummary[]>(`/iamis?atLeast=${position}`);
    expect(row).toMatchObject({ component: UNIT, code: '3000N1', capacity: { role: 'principal' }, totalReportsCompleted: 2, reviewRemaining: 0 });
    expect(performance.now() - began).toBeLessThan(10_000);
    await ask('mair', FIRST, 'submission');
    expect(await outcomeOf(unit.principal, FIRST)).toMatchObject({ stage: 'accepted', state: 'submitted', method: 'ols' });
    await ask('principal', FIRST, 'approval');
    expect(await marksOf(FIRST)).toEqual([...FIRST_MARKS]);
  });

  it('is a history for each candidate', async () => {
    const history = await unit.auditor.get<{ type: string; from: unknown; to: unknown; actor: string }[]>(`/history/${encodeURIComponent(UNIT)}/${SECOND}/0001`);
    const said = history.map(({ type, from, to, actor }) => [type, from, to, actor]);
    expect(said).toContainEqual(['CentreMarksReceived', null, 40, 'Somebody called admin']);
    expect(said).toContainEqual(['ModeratorMarkEntered', null, 46, 'Somebody called nia']);
    expect(said).toContainEqual(['ModeratorMarkCleared', 46, null, 'Somebody called nia']);
    expect(said).toContainEqual(['OutcomeComputed', 40, 45, 'Somebody called nia']);
    expect(said.at(-1)).toEqual(['OutcomeApproved', null, null, 'Somebody called principal']);
    expect(await unit.mair.ask('GET', `/history/${encodeURIComponent(UNIT)}/${SECOND}/0001`)).toMatchObject({ status: 403 });
  });
});
