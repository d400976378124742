import { randomUUID } from 'node:crypto';
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
});
afterAll(() => service?.stop());

const csv = (rows: readonly string[]) => `CentreNo,CandidateNo,Mark,TeachingGroup\n${rows.join('\n')}\n`;
const twelve = Array.from({ length: 12 }, (_, index) => `71001,${String(index + 1).padStart(4, '0')},${12 + 3 * index},${index % 2 === 0 ? 'A' : 'B'}`);
const marksOf71001 = [...twelve, '71001,0013,ABS,A', '71001,0014,CF,B'];
const REPORT = { language: 'en', accuracy: 'Generous.', administration: 'In order.', tasks: 'Apt.', comments: 'Line one\nLine two' };

async function counts(person: Person) {
  const row = (await person.portal('iamis')).json().find((one: { component: string }) => one.component === UNIT);
  const { totalCentres, totalSampleCandidates, totalReportsCompleted, reviewRemaining, totalEntered, totalCfAbs, totalNewMarks } = row;
  return [totalCentres, totalSampleCandidates, totalReportsCompleted, reviewRemaining, totalEntered, totalCfAbs, totalNewMarks];
}

const reportOn = (centre: string) =>
  succeeded(moderator.portal(`iamis report ${UNIT} ${centre} --file -`, { stdin: JSON.stringify(REPORT) }));

describe('moderation on the command line', () => {
  it('imports a file as a whole or not at all, and previews the same', async () => {
    const bad = csv([...marksOf71001.slice(0, 3), '71001,0004,51,A', '71001,0005,7.,A', '71001,0006', 'x,0007,7,A', '71001,0001,13,A']);
    const dry = await admin.portal(`iamis import ${UNIT} - --dry-run`, { stdin: bad });
    const real = await admin.portal(`iamis import ${UNIT} -`, { stdin: bad });
    expect([dry.code, real.code, real.stderr]).toEqual([1, 1, '']);
    expect(real.json()).toEqual(dry.json());
    expect(real.json()).toMatchObject({ accepted: 0, unchanged: 0, submitted: [] });
    const rows = real.json().refused.map((one: any) => [one.row, one.candidate, one.field]);
    expect(rows).toEqual([[4, '0004', 'Mark'], [5, '0005', 'Mark'], [6, null, 'row'], [7, '0007', 'CentreNo'], [8, '0001', 'CandidateNo']]);
    const empty = await admin.portal(`iamis import ${UNIT} -`, { stdin: 'CentreNo,CandidateNo\n71001,0001\n' });
    expect([empty.code, empty.error().field]).toEqual([1, 'Mark']);
    expect((await admin.portal(`iamis import ${UNIT} nowhere.csv`)).code).toBe(2);
    expect((await admin.portal(`iamis import 1111/11 -`, { stdin: csv(twelve) })).error().type).toBe('component-unknown');
    expect((await moderator.portal(`iamis import ${UNIT} -`, { stdin: csv(twelve) })).error().type).toBe('not-permitted');
    expect((await admin.portal(`iamis centres ${UNIT}`)).json()).toEqual([]);
  });

  it('takes the marks, corrects them, closes them and draws the samples; then they are locked', async () => {
    const first = csv(['71001,0001,11,A', ...marksOf71001.slice(1)]);
    expect((await admin.portal(`iamis import ${UNIT} -`, { stdin: first })).json()).toEqual({
      accepted: 14, unchanged: 0, refused: [], submitted: [], warnings: [expect.objectContaining({ row: 1, reason: 'nobody-allocated' })],
    });
    const words = `iamis import ${UNIT} - --submit --command-id ${randomUUID()}`;
    const second = await admin.portal(words, { stdin: csv(marksOf71001) });
    expect([second.code, second.json()]).toMatchObject([0, { accepted: 1, unchanged: 13, refused: [], submitted: ['71001'] }]);
    expect((await admin.portal(words, { stdin: csv(marksOf71001) })).json()).toMatchObject({ refused: [], submitted: ['71001'] });
    const late = await admin.portal(`iamis import ${UNIT} -`, { stdin: csv(['71001,0001,13,A']) });
    expect([late.code, JSON.stringify([late.stdout, late.stderr])]).toEqual([1, expect.stringContaining('centre-marks-locked')]);
  });

  it('allocates centres from a file of its own header', async () => {
    const rows = (moderatorOf: (centre: string) => string) => `CentreNo,Moderator\n${['71001', '71002', '71003', '71004'].map(centre => `${centre},${moderatorOf(centre)}`).join('\n')}\n`;
    const dry = await admin.portal(`admin allocate ${UNIT} --file - --dry-run`, { stdin: rows(() => address('user7')) });
    expect([dry.code, dry.json()]).toEqual([0, expect.objectContaining({ accepted: 4, refused: [] })]);
    const partly = await admin.portal(`admin allocate ${UNIT} --file -`, { stdin: rows(centre => address(centre === '71004' ? 'nobody' : 'user7')) });
    expect([partly.code, partly.json()]).toEqual([5, expect.objectContaining({ accepted: 3 })]);
    expect(partly.json().refused).toEqual([expect.objectContaining({ row: 4, field: 'Moderator' })]);
    expect(await counts(moderator)).toEqual([3, 10, 0, 10, 14, 2, 12]);
    expect(await counts(principal)).toEqual([3, 10, 0, 10, 14, 2, 12]);
    const [centre] = (await moderator.portal('iamis centres 4000N1')).json();
    expect(centre).toMatchObject({
      centre: '71001', name: 'Ysgol Un', moderator: address('user7'), entered: 14, sample: 10, remaining: 10, reportCompleted: false,
      state: 'reviewing', outcome: 'pending',
    });
  });

  it('records moderator marks, and refuses what is none or not of the sample', async () => {
    const sample = (await moderator.portal(`iamis sample ${UNIT} 71001`)).json();
    expect(sample).toMatchObject({ component: UNIT, centre: '71001', maximum: 50, tolerance: 3, rule: 'jcq-classic', seed: expect.any(String) });
    expect(sample.candidates).toHaveLength(10);
    expect(sample.candidates[0]).toMatchObject({ candidate: '0001', centreMark: 12, moderatorMark: null, teachingGroup: 'A' });
    const sampled = sample.candidates.map((one: { candidate: string }) => one.candidate);
    const outside = twelve.map(row => row.split(',')[1]!).find(number => !sampled.includes(number))!;
    const review = (candidate: string, mark: string) => moderator.portal(`iamis review ${UNIT} 71001 ${candidate} ${mark}`);
    const words = `iamis review ${UNIT} 71001 0001 9 --command-id ${randomUUID()}`;
    const first = await moderator.portal(words);
    expect(first.json()).toMatchObject({ candidate: '0001', mark: 9, event: expect.any(String), position: expect.any(String), recordedAt: expect.any(String), remaining: 9 });
    expect((await moderator.portal(words)).json()).toMatchObject({ event: first.json().event });
    expect((await review('0001', '9')).json()).toMatchObject({ event: null });
    const stale = await moderator.portal(`iamis review ${UNIT} 71001 0001 8 --expect 0`);
    expect([stale.code, stale.error().type]).toEqual([1, 'changed-elsewhere']);
    expect((await review('0001', 'CLEAR')).json()).toMatchObject({ mark: null, remaining: 10 });
    for (const [mark, type] of [['7.', 'mark-malformed'], ['ABS', 'mark-malformed'], ['51', 'mark-out-of-range'], ['7.5', 'mark-not-half']]) {
      const refused = await review('0001', mark!);
      expect([refused.code, refused.error().type]).toEqual([1, type]);
    }
    expect((await review(outside, '9')).error().type).toBe('not-in-sample');
    expect((await other.portal(`iamis review ${UNIT} 71001 0001 9`)).code).toBe(1);
    expect((await moderator.portal(`iamis sample ${UNIT} 99999`)).error().field).toBe('centre');
    const linear = await moderator.plain('--plain', { alone: true });
    expect([linear.code, linear.stdout]).toEqual([0, expect.stringMatching(/to moderate, which this mode does not do\..*portal iamis --help/)]);
    expect((await moderator.plain(`iamis review ${UNIT} 71001 0001 9`)).stdout).toMatch(/^0001: 9 recorded\. 9 remaining; /);
  });

  it('says that work has not come, that it has, takes another instead, and draws further', async () => {
    const { candidates } = (await moderator.portal(`iamis sample ${UNIT} 71001`)).json();
    const [missing, replaced] = candidates.slice(2).map((one: { candidate: string }) => one.candidate);
    const about = (verb: string, more = '') => moderator.portal(`iamis ${verb} ${UNIT} 71001 ${missing} ${more}`);
    expect((await about('work-not-received', '--reason "Not sent"')).json()).toEqual({ event: expect.any(String), position: expect.any(String) });
    expect(await counts(moderator)).toEqual([3, 10, 0, 8, 14, 2, 12]);
    expect((await about('review', '9')).error().type).toBe('work-outstanding');
    const shown = await moderator.plain(`iamis sample ${UNIT} 71001`);
    expect(shown.stdout).toContain('work not received: Not sent');
    expect((await about('work-received')).json()).toMatchObject({ event: expect.any(String) });
    expect((await about('work-received')).json()).toMatchObject({ event: null });
    const replace = await moderator.portal(`iamis replace ${UNIT} 71001 ${replaced} --reason "Damaged"`);
    expect(replace.json()).toMatchObject({ event: expect.any(String) });
    expect(await counts(moderator)).toEqual([3, 10, 0, 9, 14, 2, 12]);
    const further = await moderator.portal(`iamis further-sample ${UNIT} 71001 --reason "To be sure" --size 1`);
    expect(further.json()).toMatchObject({ event: expect.any(String) });
    expect(await counts(moderator)).toEqual([3, 11, 0, 10, 14, 2, 12]);
    const nobody = await moderator.portal(`iamis further-sample ${UNIT} 71001 --reason "More"`);
    expect([nobody.code, nobody.error().type]).toEqual([1, 'nobody-eligible']);
  });

  it('reports, submits, compares and approves; and the outcome stands for the whole cohort', async () => {
    const early = await moderator.portal(`iamis submit ${UNIT} 71001`);
    expect([early.code, early.error().type]).toEqual([1, 'review-remaining']);
    await reviewAll(moderator, '71001', centreMark => centreMark - 5);
    const draft = await moderator.portal(`iamis report ${UNIT} 71001 --draft --file ${moderator.file('report.json', JSON.stringify({ language: 'en', accuracy: 'So' }))}`);
    expect(draft.json()).toEqual({ event: expect.any(String), position: expect.any(String) });
    const half = await moderator.portal(`iamis report ${UNIT} 71001 --file report.json`);
    expect([half.code, half.error()]).toEqual([1, expect.objectContaining({ type: 'report-incomplete', fields: ['administration', 'tasks'] })]);
    await reportOn('71001');
    const shown = (await moderator.portal(`iamis report ${UNIT} 71001`)).json();
    expect(shown).toEqual({ ...REPORT, isCompleted: true });
    // What is shown can be given back, and changes nothing.
    expect((await moderator.portal(`iamis report ${UNIT} 71001 --file -`, { stdin: JSON.stringify(shown) })).json()).toMatchObject({ event: null });
    expect((await moderator.plain(`iamis report ${UNIT} 71001`)).stdout).toContain('  Line one\n  Line two');
    expect((await moderator.portal(`iamis report ${UNIT} 71001 --reopen`)).json()).toMatchObject({ event: expect.any(String) });
    expect((await counts(moderator))[2]).toBe(0);
    await reportOn('71001');
    // Somebody else's counts follow.
    for (const until = Date.now() + 30_000; (await counts(principal))[2] !== 1; ) expect(Date.now()).toBeLessThan(until);
    const words = `iamis submit ${UNIT} 71001 --command-id ${randomUUID()}`;
    const submitted = await moderator.portal(words);
    expect(submitted.json()).toEqual({ event: expect.any(String), position: expect.any(String) });
    expect((await moderator.portal(words)).json()).toEqual(submitted.json());
    const outcome = (await moderator.portal(`iamis outcome ${UNIT} 71001`)).json();
    expect(outcome).toMatchObject({ stage: 'adjusted', method: 'ols', tolerance: 3, a: '-5', b: '1', flags: expect.any(Array), state: 'submitted' });
    const adjusted = outcome.candidates.map((one: any) => [one.candidate, one.centreMark, one.adjusted]);
    expect(adjusted).toEqual(expect.arrayContaining([['0001', 12, 7], ['0012', 45, 40], ['0013', 'ABS', 'ABS'], ['0014', 'CF', 'CF']]));
    const own = await moderator.portal(`iamis approve ${UNIT} 71001`);
    expect([own.code, own.error().type]).toEqual([1, 'not-permitted']);
    const stale = await principal.portal(`iamis approve ${UNIT} 71001 --outcome 0`);
    expect([stale.code, stale.error().type]).toEqual([1, 'outcome-changed']);
    expect((await principal.portal(`iamis approve ${UNIT} 71001 --outcome ${outcome.outcome}`)).json()).toEqual({ event: expect.any(String), position: expect.any(String) });
    const [centre] = (await principal.portal(`iamis centres ${UNIT}`)).json();
    expect(centre).toMatchObject({ state: 'approved', outcome: 'adjusted' });
    expect((await moderator.portal(`iamis review ${UNIT} 71001 0001 9`)).error().type).toBe('moderation-locked');
    expect((await principal.plain(`iamis outcome ${UNIT} 71001`)).stdout).toContain('adjusted (tolerance 3) · method ols · a = -5, b = 1');
  });
});
