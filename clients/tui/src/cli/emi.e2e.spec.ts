import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type Person, type TestService } from './testing.js';

let service: TestService;
let user7: Person;
let examiner2: Person;
beforeAll(async () => {
  service = await startService();
  [user7, examiner2] = [await service.person('user7'), await service.person('examiner2')];
});
afterAll(() => service?.stop());

const LATIN = '9521/01@2017-01';
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

async function counts() {
  const [row] = (await user7.portal('emi')).json().filter((one: { component: string }) => one.component === LATIN);
  return { allocated: row.allocated, left: row.left, outstanding: row.outstanding, entered: row.entered, submitted: row.submitted };
}

describe('mark input on the command line', () => {
  it('lists services, components and sheets under the names of the contract', async () => {
    const services = (await user7.portal('services')).json();
    expect(services).toContainEqual({ section: 'examinations-and-assessments', service: 'emi', waiting: expect.any(Number) });
    const [emi] = (await user7.portal('emi')).json();
    expect(emi).toMatchObject({
      component: LATIN, series: 'January 2017', title: 'LATIN LANGUAGE CORE: LEVEL 2', deadline: expect.stringMatching(ISO),
      allocated: 290, left: 290, outstanding: 0, entered: 0, submitted: 0,
    });
    expect((await user7.portal('emi --language cy')).json()[0].title).toBe('IAITH LADIN CRAIDD: LEFEL 2');
    const sheets = (await user7.portal('emi sheets 9521/01')).json();
    expect(sheets).toHaveLength(11);
    expect(sheets[0]).toMatchObject({ centre: '68101', name: expect.any(String), allocated: 41, left: 41, entered: 0, submitted: 0 });
    const sheet = (await user7.portal(`emi sheet ${LATIN} 68111`)).json();
    expect(sheet).toMatchObject({ component: LATIN, centre: '68111', maximum: 80, revision: expect.any(Number) });
    expect(sheet.candidates).toHaveLength(11);
    expect(sheet.candidates[0]).toMatchObject({ candidate: '0001', name: expect.any(String), state: 'blank', mark: null, savedAt: null });
  });

  it('enters, corrects and clears, and sees its own writing at once', async () => {
    const enter = (mark: string) => user7.portal(`emi enter 9521/01 68102 0001 ${mark}`);
    const first = (await enter('34')).json();
    expect(first).toMatchObject({ candidate: '0001', mark: 34, event: expect.any(String), position: expect.any(String), recordedAt: expect.stringMatching(ISO) });
    expect((await enter('34')).json()).toMatchObject({ mark: 34, event: null });
    expect((await enter('ABS')).json()).toMatchObject({ mark: 'ABS' });
    expect(await counts()).toMatchObject({ left: 289, entered: 1 });
    expect((await enter('CLEAR')).json()).toMatchObject({ mark: null });
    expect(await counts()).toMatchObject({ left: 290, entered: 0 });
    const history = (await user7.portal('history 9521/01 68102 0001')).json();
    expect(history.map((one: { type: string }) => one.type).slice(-3)).toEqual(['MarkEntered', 'AbsenceRecorded', 'MarkCleared']);
    expect(history.at(-3)).toMatchObject({
      event: first.event, actor: expect.any(String), capacity: expect.any(String), session: expect.any(String),
      from: null, to: 34, reason: null, position: first.position,
    });
  });

  it('says the same when the same command comes again', async () => {
    const words = `emi enter 9521/01 68102 0002 21 --command-id ${randomUUID()}`;
    const [first, second] = [await user7.portal(words), await user7.portal(words)];
    expect(second.json()).toEqual(first.json());
    expect((await user7.portal('history 9521/01 68102 0002')).json().filter((one: { to: unknown }) => one.to === 21)).toHaveLength(1);
  });

  it.each([
    ['7.', 'mark-malformed'], ['07', 'mark-malformed'], ['7e0', 'mark-malformed'], ['" 7 "', 'mark-malformed'], ['７', 'mark-malformed'],
    ['-1', 'mark-malformed'], ['+7', 'mark-malformed'], ['""', 'mark-malformed'], ['abs', 'mark-malformed'], ['CF', 'mark-malformed'],
    ['81', 'mark-out-of-range'], ['7.5', 'mark-not-half'], ['99999999999999999999', undefined],
  ])('refuses the mark %s', async (mark, type) => {
    const answer = await user7.portal(`emi enter 9521/01 68103 0001 ${mark}`);
    expect([answer.code, answer.error().field]).toEqual([1, 'mark']);
    if (type !== undefined) expect(answer.error().type).toBe(type);
  });

  it('has written nothing of what it refused', async () => {
    const history = (await user7.portal('history 9521/01 68103 0001')).json();
    expect(history.filter((one: { type: string }) => one.type !== 'MarkSheetAllocated')).toEqual([]);
  });

  it.each([
    ['emi enter 9521/01 68101 0099 7', 'candidate'], ['emi enter 9521/01 99999 0001 7', 'centre'], ['emi enter 1111/11 68101 0001 7', 'component'],
    ['emi enter 9521/01 nonsense 0001 7', 'centre'], ['emi enter 9521/01 68101 nonsense 7', 'candidate'], ['emi enter 9521/01 68101 .. 7', 'candidate'],
    ['emi enter 9521/01 .. 0001 7', 'centre'], ['emi enter .. 68101 0001 7', 'component'], ['emi enter 9521/01 "" 0001 7', 'centre'],
    ['emi sheet 9521/01 99999', 'centre'], ['emi sheets 1111/11', 'component'], ['history 9521/01 68101 9999', 'candidate'],
    ['emi submit 1111/11', 'component'], ['emi submit 9521/01 --centre x', 'centre'],
  ])('refuses an unknown place and names it: %s', async (words, field) => {
    const answer = await user7.portal(words);
    expect([answer.code, answer.error().field]).toEqual([1, field]);
  });

  it('refuses another examiner’s candidate, and one changed since it was seen', async () => {
    const other = await examiner2.portal('emi enter 9521/01 68101 0001 7');
    expect([other.code, other.error().type]).toEqual([1, 'not-your-candidate']);
    const { revision } = (await user7.portal('emi enter 9521/01 68101 0001 40')).json();
    const stale = await user7.portal(`emi enter 9521/01 68101 0001 41 --expect ${revision - 1}`);
    expect([stale.code, stale.error()]).toEqual([1, expect.objectContaining({ type: 'changed-elsewhere', mark: 40, revision })]);
    expect((await user7.portal(`emi enter 9521/01 68101 0001 41 --expect ${revision}`)).json()).toMatchObject({ mark: 41 });
    expect((await user7.portal('emi enter 9521/01 68101 0001 41 --expect x')).code).toBe(2);
    expect((await user7.portal('emi enter 9521/01 68101 0001 41 --command-id x')).code).toBe(2);
  });

  it('imports row by row, alike twice, and previews the same', async () => {
    const rows = ['68104,0001,34', '68104,0002,81', '68104,0003,ABS', '68104,0001,35', '99999,0001,7', '68104,0004', '68105,0001,0', '68105,0099,7'];
    const file = user7.file('marks.csv', `CentreNo,CandidateNo,Mark\n${rows.join('\n')}\n`);
    const summary = (answer: any) => ({
      accepted: answer.accepted, unchanged: answer.unchanged,
      refused: answer.refused.map((one: any) => [one.row, one.candidate, one.field, one.reason]),
    });
    const dry = await user7.portal(`emi import 9521/01 ${file} --dry-run`);
    const words = `emi import 9521/01 ${file} --command-id ${randomUUID()}`;
    const real = await user7.portal(words);
    expect([dry.code, real.code, real.stderr]).toEqual([5, 5, '']);
    expect(summary(real.json())).toEqual(summary(dry.json()));
    expect(summary(real.json())).toMatchObject({
      accepted: 3, unchanged: 0,
      refused: [
        [2, '0002', 'Mark', 'mark-out-of-range'], [4, '0001', 'CandidateNo', 'row-repeated'], [5, '0001', 'CentreNo', expect.any(String)],
        [6, null, 'row', expect.any(String)], [8, '0099', 'CandidateNo', 'candidate-unknown'],
      ],
    });
    expect((await user7.portal(words)).json()).toEqual(real.json());
    const sheet = (await user7.portal('emi sheet 9521/01 68105')).json();
    expect(sheet.candidates[0]).toMatchObject({ mark: 0, confirmed: true });
    const none = await user7.portal('emi import 9521/01 -', { stdin: 'CentreNo,CandidateNo,Mark\n68104,0001,x\n' });
    expect([none.code, none.json().accepted]).toEqual([1, 0]);
    const badHeader = await user7.portal('emi import 9521/01 -', { stdin: 'Centre,CandidateNo,Mark\n68104,0001,x\n' });
    expect([badHeader.code, badHeader.error().field]).toEqual([1, 'CentreNo']);
    expect((await user7.portal('emi import 9521/01 nowhere.csv')).code).toBe(2);
  });

  it('imports an export: marks as drafts, whatever it says was submitted', async () => {
    const head = 'SchemaVersion,Series,UnitCode,CentreNo,CandidateNo,UCI,MaxMark,Status,CentreMark,InSample,ModeratorMark,FinalMark,Outcome,SubmittedAt,Position';
    const row = (candidate: string, status: string, mark: number | '', unit = '9521/01', version = '1') =>
      `${version},2017-01,${unit},68106,${candidate},,80,${status},,N,${mark},${mark},submitted,2026-01-01T00:00:00.000Z,7`;
    const rows = [row('0001', 'MARK', 33), row('0002', 'ABS', ''), row('0003', 'NONE', ''), row('0004', 'MARK', ''), row('0005', 'MARK', 7, '9999/01'), row('0006', 'MARK', 7, '9521/01', '2')];
    user7.file('export.csv', `${[head, ...rows].join('\r\n')}\r\n`);
    const before = await counts();
    const { accepted, refused } = (await user7.portal('emi import 9521/01 export.csv')).json();
    expect([accepted, refused.map((one: any) => [one.row, one.candidate, one.field, one.reason])]).toEqual([
      2, [[4, '0004', 'Mark', 'mark-malformed'], [5, '0005', 'UnitCode', 'other-component'], [6, '0006', 'SchemaVersion', 'schema-unknown']],
    ]);
    expect(await counts()).toMatchObject({ entered: before.entered + 2, submitted: before.submitted });
    const { candidates } = (await user7.portal('emi sheet 9521/01 68106')).json();
    expect(candidates.slice(0, 3)).toMatchObject([{ mark: 33, state: 'entered' }, { mark: 'ABS' }, { mark: null }]);
  });

  it('verifies blind, flags and takes the flag away', async () => {
    await user7.portal('emi enter 9521/01 68106 0001 50');
    const differs = await user7.portal('emi verify 9521/01 68106 0001 51');
    expect([differs.code, differs.error().type]).toEqual([1, 'verification-differs']);
    expect((await user7.portal('emi verify 9521/01 68106 0001 50')).json()).toMatchObject({ mark: 50, event: expect.any(String) });
    expect((await user7.portal('emi flag 9521/01 68106 0001')).json()).toMatchObject({ event: expect.any(String) });
    expect((await user7.portal('emi flag 9521/01 68106 0001')).json()).toMatchObject({ event: null });
    const flagged = (await user7.portal('emi sheet 9521/01 68106')).json().candidates[0];
    expect(flagged).toMatchObject({ verified: true, flagged: true });
    expect((await user7.portal('emi flag 9521/01 68106 0001 --off')).json()).toMatchObject({ event: expect.any(String) });
  });

  it('submits once, with a receipt, after zero and full marks are confirmed; the marks are locked then', async () => {
    await user7.portal('emi enter 9521/01 68111 0001 34');
    await user7.portal('emi enter 9521/01 68111 0002 80');
    const unconfirmed = await user7.portal('emi submit 9521/01 --centre 68111');
    expect([unconfirmed.code, unconfirmed.error().type]).toEqual([1, 'marks-unconfirmed']);
    expect(JSON.stringify(unconfirmed.error())).toContain('0002');
    const before = await counts();
    const words = `emi submit 9521/01 --centre 68111 --confirm --command-id ${randomUUID()}`;
    const receipt = (await user7.portal(words)).json();
    expect(receipt).toMatchObject({
      receipt: expect.any(String), marks: 2, absent: 0, position: expect.any(String), recordedAt: expect.stringMatching(ISO),
    });
    expect(receipt).toHaveProperty('logHead');
    expect((await user7.portal(words)).json()).toEqual(receipt);
    expect(await counts()).toMatchObject({ submitted: before.submitted + 2, entered: before.entered - 2, left: before.left });
    const locked = await user7.portal('emi enter 9521/01 68111 0001 35');
    expect([locked.code, locked.error().type]).toEqual([1, 'mark-locked']);
    const nothing = await user7.portal('emi submit 9521/01 --centre 68111');
    expect([nothing.code, nothing.error().type]).toEqual([1, 'no-marks-to-submit']);
  });

  it('shows tables to people', async () => {
    const { stdout, code } = await user7.plain('emi sheets 9521/01');
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^Centre +Name +Allocated +Left +Outstanding +Entered +Submitted$/);
    expect(stdout.trim().split('\n')).toHaveLength(12);
  });
});
