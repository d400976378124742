import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditReportModel, CentreReportModel, ExportModel, FormulaModel, ReceiptModel, SummaryModel } from '@portal/documents';
import { render } from '@portal/documents';
import { componentStream, moderationStream } from '@portal/domain';
import { hashEvent, sha256, type RecordedEvent } from '@portal/event-store';
import { Cohorts } from '../../../platform/cohorts.js';
import { FreeTexts } from '../../../platform/free-texts.js';
import { Parts } from '../../../platform/parts.js';
import { PersonNames } from '../../../platform/person-names.js';
import { Views } from '../../../platform/views.js';
import { CENTRE, COMPONENT, enter, OTHER_CENTRE, setUp, submissionsPath, succeeded, type Examination } from '../../../testing/one-component.js';
import { centrePath, FIRST, finish, openCentres, reviewAll, rowOf, SECOND, setUpUnit, UNIT, type Unit } from '../../../testing/one-unit.js';
import { startPortal, type Person, type Portal } from '../../../testing/portal.js';
import { gather, type DocumentRequest, type Sources } from './gather.js';

let portal: Portal;
let unit: Unit;
let exam: Examination;
let sources: Sources;
beforeAll(async () => {
  portal = await startPortal();
  unit = await setUpUnit(portal);
  exam = await setUp(portal);
  const { app, foundation } = portal;
  sources = {
    events: foundation.events, views: app.get(Views), texts: app.get(FreeTexts), names: app.get(PersonNames), cohorts: app.get(Cohorts), parts: app.get(Parts),
  };
});
afterAll(() => portal.stop());

type Asked = Partial<DocumentRequest> & Pick<DocumentRequest, 'kind'>;

async function gathered<Model>(person: Person, capacity: string, asked: Asked): Promise<Model> {
  await sources.views.caughtUp();
  const request = { component: UNIT, language: 'en', account: person.account, capacity, ...asked } as const;
  return (await gather(request, sources)) as Model;
}

const asPrincipal = <Model>(asked: Asked): Promise<Model> => gathered<Model>(unit.principal, 'principal', asked);

describe('documents of a moderation', () => {
  it('show what was recorded, and of that only what had been when they were asked for', async () => {
    await openCentres(unit);
    await reviewAll(unit.nia, SECOND, () => 5);
    const before = String(await portal.foundation.events.head());
    await finish(unit.nia, SECOND);
    await succeeded(unit.principal, 'POST', centrePath(SECOND, 'approval'), {});
    const formula = await asPrincipal<FormulaModel>({ kind: 'formula' });
    expect(formula).toMatchObject({ usual: { rule: 'jcq-classic', tolerance: 3, method: 'ols' }, component: { code: '3000N1', maximum: 50 } });
    expect(formula.cohorts.map(({ centres, state }) => [centres[0]?.centre, state])).toEqual([[FIRST, 'reviewing'], [SECOND, 'approved'], ['68204', 'awaiting-marks']]);
    const [first, second] = formula.cohorts;
    expect(first).toMatchObject({ rule: 'jcq-classic', centres: [{ name: 'Ysgol 68201' }] });
    expect(first?.outcome).toBeUndefined();
    expect(first?.rows.filter(({ isSampled }) => isSampled)).toHaveLength(10);
    expect(second?.outcome).toMatchObject({ stage: 'adjusted', method: 'ols', a: '5', b: '1', tolerance: 3, isApproved: true, line: [{ x: 0, y: 5 }, { x: 50, y: 55 }] });
    expect(second?.rows.map(({ after }) => after)).toEqual([45, 35, 25, 15]);
    const earlier = await asPrincipal<FormulaModel>({ kind: 'formula', at: before });
    expect(earlier.cohorts[1]).toMatchObject({ state: 'reviewing' });
    expect(earlier.source.hash).not.toBe(formula.source.hash);
    expect(earlier.source.position <= before).toBe(true);
  });

  it('are the same for the same request, and of one’s own part', async () => {
    const request = { kind: 'formula', at: String(await portal.foundation.events.head()) } as const;
    const once = await asPrincipal<FormulaModel>(request);
    await reviewAll(unit.mair, FIRST, () => 1);
    expect(await asPrincipal(request)).toEqual(once);
    const own = await gathered<FormulaModel>(unit.nia, 'moderator', { kind: 'formula' });
    expect(own.cohorts.flatMap(({ centres }) => centres.map(({ centre }) => centre))).toEqual([SECOND]);
    const part = await asPrincipal<FormulaModel>({ kind: 'formula', capacity: `principal; member=${unit.mair.account}` });
    expect(part.cohorts.flatMap(({ centres }) => centres.map(({ centre }) => centre))).toEqual([FIRST, '68204', '68205']);
  });

  it('count as the page does', async () => {
    const { counts, centres, person, role, deadline } = await asPrincipal<SummaryModel>({ kind: 'summary' });
    const { of: _, ...columns } = counts;
    expect(Object.values(columns)).toEqual(await rowOf(unit, 'principal'));
    expect({ person, role, deadline }).toEqual({ person: 'Somebody called principal', role: 'principal', deadline: '2099-05-15T22:59:00Z' });
    expect(centres.map(({ centre }) => centre)).toEqual([FIRST, SECOND, '68204', '68205']);
  });

  it('have the sample, the report and the history with names', async () => {
    expect(await asPrincipal({ kind: 'mark-sheet', centre: FIRST })).toMatchObject({ kind: 'sample-sheet', moderator: 'Somebody called mair', rows: expect.arrayContaining([expect.objectContaining({ name: 'Pupil 0001', centreMark: 48, moderatorMark: 49 })]) });
    expect(await asPrincipal({ kind: 'centre-report', centre: SECOND })).toMatchObject({ isCompleted: true, counts: { entered: 4, sample: 4 }, report: { accuracy: 'Accurate.\n\nTwice over.', comments: '' } });
    await expect(asPrincipal({ kind: 'centre-report', centre: FIRST })).rejects.toMatchObject({ reason: 'no-report' });
    await expect(asPrincipal({ kind: 'centre-report', centre: '99999' })).rejects.toMatchObject({ reason: 'centre-unknown' });
    const one = await asPrincipal<AuditReportModel>({ kind: 'audit-report', centre: SECOND, candidate: '0001' });
    expect(one.entries.map(({ type, from, to, actor }) => [type, from, to, actor])).toContainEqual(['OutcomeComputed', 40, 45, 'Somebody called nia']);
    const all = await asPrincipal<AuditReportModel>({ kind: 'audit-report', centre: SECOND });
    const of = (type: string) => all.entries.filter((entry) => entry.type === type).map(({ candidate, to }) => [candidate, to]);
    expect(of('CentreMarksReceived')).toEqual([['0001', 40], ['0002', 30], ['0003', 20], ['0004', 10]]);
    expect(of('OutcomeApproved')).toEqual([['', undefined]]);
    expect(of('CentreReportCompleted')).toHaveLength(1);
    expect(all).toMatchObject({ of: 'moderating' });
    expect(all.entries.find(({ type }) => type === 'OutcomeComputed')).toMatchObject({ actor: 'Somebody called nia', role: 'moderator', session: expect.stringMatching(/./), authMethod: 'pwd' });
    await expect(asPrincipal({ kind: 'audit-report', centre: SECOND, candidate: '0099' })).rejects.toMatchObject({ reason: 'candidate-unknown' });
  });

  it('name the events they were made from, so that anybody with the log can hold them against it', async () => {
    const { source } = await asPrincipal<CentreReportModel>({ kind: 'centre-report', centre: SECOND });
    const lasts = await Promise.all([componentStream(UNIT), moderationStream(UNIT, SECOND)].map(async (stream) => {
      const read = await portal.foundation.events.readStream(stream, { backwards: true, limit: 1 });
      return (read.kind === 'found' ? read.events[0] : undefined) as RecordedEvent;
    }));
    const lines = lasts.map((last) => `${last.stream} ${last.revision} ${hashEvent(last)}\n`);
    expect(source.hash).toBe(sha256(lines.join('')));
    expect(source).toMatchObject({ position: lasts[1]?.position, at: lasts[1]?.metadata['recordedAt'] });
  });

  it('export a final mark only where it is approved', async () => {
    const { rows } = await asPrincipal<ExportModel>({ kind: 'export', format: 'csv' });
    expect(rows).toHaveLength(18);
    expect(rows.find(({ centre, candidate }) => centre === SECOND && candidate === '0001')).toMatchObject({ status: 'MARK', centreMark: 40, isSampled: true, moderatorMark: 45, finalMark: 45, outcome: 'adjusted', submittedAt: expect.stringMatching(/^2/) });
    const first = rows.filter(({ centre }) => centre === FIRST);
    expect(first[0]).toMatchObject({ centreMark: 48, moderatorMark: 49, outcome: 'pending', submittedAt: '' });
    expect(first.some(({ finalMark }) => finalMark !== undefined)).toBe(false);
    expect(first.slice(-2).map(({ status, centreMark }) => [status, centreMark])).toEqual([['ABS', undefined], ['CF', undefined]]);
  });
});

describe('documents of a paper', () => {
  const asAnna = <Model>(asked: Asked): Promise<Model> => gathered<Model>(exam.anna, 'examiner', { component: COMPONENT, ...asked });

  it('show a receipt for ever as it was', async () => {
    await expect(asAnna({ kind: 'receipt' })).rejects.toMatchObject({ reason: 'no-receipt' });
    await enter(exam.anna, '0001', '11');
    await enter(exam.anna, '0002', 'ABS');
    await enter(exam.anna, '0003', '13', {}, OTHER_CENTRE);
    const { receipt, position } = await succeeded(exam.anna, 'POST', submissionsPath, {});
    await enter(exam.anna, '0004', '40');
    const model = await asAnna<ReceiptModel>({ kind: 'receipt' });
    expect(model).toMatchObject({ receipt, position, marks: 2, absent: 1, person: 'Somebody called anna', late: false, leftOut: [] });
    expect(model.sheets).toEqual([{ centre: CENTRE, name: 'Ysgol 68101', marks: 1, absent: 1, total: 11 }, { centre: OTHER_CENTRE, name: 'Ysgol 68102', marks: 1, absent: 0, total: 13 }]);
    await enter(exam.anna, '0005', '41');
    expect(await asAnna({ kind: 'receipt', receipt: String(receipt) })).toEqual(model);
  });

  it('show the marks of one’s own candidates, and a senior those of the team', async () => {
    const sheet = await asAnna<{ rows: readonly object[]; examiner: string }>({ kind: 'mark-sheet', centre: CENTRE });
    expect(sheet).toMatchObject({ kind: 'mark-sheet', examiner: 'Somebody called anna' });
    expect(sheet.rows).toHaveLength(8);
    expect(sheet.rows[0]).toMatchObject({ candidate: '0001', name: 'Pupil 0001', state: 'submitted', mark: 11 });
    expect(sheet.rows[5]).toEqual({ candidate: '0006', name: 'Pupil 0006', state: 'blank' });
    const whole = await gathered<{ rows: readonly object[]; examiner: string }>(exam.principal, 'principal', { kind: 'mark-sheet', component: COMPONENT, centre: CENTRE });
    expect([whole.rows.length, whole.examiner]).toEqual([10, '']);
    const summary = await asAnna<SummaryModel>({ kind: 'summary' });
    expect(summary.counts).toEqual({ of: 'marking', allocated: 11, left: 6, outstanding: 0, entered: 2, submitted: 3 });
  });

  it('export marks that are entered beside those that are final', async () => {
    const { rows } = await gathered<ExportModel>(exam.auditor, 'auditor', { kind: 'export', format: 'json', component: COMPONENT });
    expect(rows).toHaveLength(13);
    expect(rows.slice(0, 5).map(({ status, moderatorMark, finalMark, outcome }) => [status, moderatorMark, finalMark, outcome])).toEqual([
      ['MARK', 11, 11, 'submitted'], ['ABS', undefined, undefined, 'submitted'], ['NONE', undefined, undefined, 'blank'], ['MARK', 40, undefined, 'entered'], ['MARK', 41, undefined, 'entered'],
    ]);
    expect(rows[0]?.uci).toBe('6810101700001');
    const audit = await gathered<AuditReportModel>(exam.auditor, 'auditor', { kind: 'audit-report', component: COMPONENT, centre: CENTRE });
    expect(audit.entries.map(({ type }) => type).slice(0, 4)).toEqual(['MarkSheetAllocated', 'MarkSheetAllocated', 'MarkEntered', 'AbsenceRecorded']);
    expect(audit.entries.find(({ type }) => type === 'MarksSubmitted')?.candidate).toBe('0001 0002');
  });

  it('can all be made', async () => {
    for (const kind of ['formula', 'summary'] as const) expect((await render(await asPrincipal({ kind, language: 'cy' }))).pages).toBeGreaterThan(0);
    expect((await render(await asAnna({ kind: 'receipt' }))).pages).toBe(1);
    expect((await render(await asAnna({ kind: 'export', format: 'xlsx' }))).manifest).toMatchObject({ rows: 11, sumOfMarks: { moderatorMark: 105, finalMark: 24 } });
  });
});
