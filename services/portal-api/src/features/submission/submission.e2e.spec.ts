import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Receipt, type EmiSummary } from '@portal/contract';
import { CENTRE, COMPONENT, enter, markPath, OTHER_CENTRE, setUp, settings, submissionsPath, succeeded, type Examination } from '../../testing/one-component.js';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';

let portal: Portal;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal();
  exam = await setUp(portal);
});
afterAll(() => portal.stop());

const submit = (person: Person, body: object = {}, commandId = randomUUID()) => person.ask('POST', submissionsPath, { body, commandId });

async function counts(person: Person, atLeast: string): Promise<Partial<EmiSummary>> {
  const all = await person.get<EmiSummary[]>(`/emi?atLeast=${atLeast}`);
  const { allocated, left, entered, submitted } = all.find(({ component }) => component === COMPONENT) as EmiSummary;
  return { allocated, left, entered, submitted };
}

describe('submitting', () => {
  it('takes what is entered, on every sheet, and gives a receipt that stays', async () => {
    await enter(exam.anna, '0001', '11');
    await enter(exam.anna, '0002', 'ABS');
    const { position } = (await enter(exam.anna, '0003', '13', {}, OTHER_CENTRE)) as { position: string };
    expect(await counts(exam.anna, position)).toEqual({ allocated: 11, left: 8, entered: 3, submitted: 0 });
    const commandId = randomUUID();
    const { status, body } = await submit(exam.anna, {}, commandId);
    expect(status).toBe(200);
    expect(Receipt.parse(body)).toMatchObject({ component: COMPONENT, marks: 2, absent: 1, sheets: 2, leftOut: [], late: false });
    expect(body['receipt']).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect((await submit(exam.anna, {}, commandId)).body).toEqual(body);
    expect(await counts(exam.anna, String(body['position']))).toEqual({ allocated: 11, left: 8, entered: 0, submitted: 3 });
    expect(await exam.anna.get(`${submissionsPath}?atLeast=${String(body['position'])}`)).toEqual([body]);
    expect(await exam.bryn.get(submissionsPath)).toEqual([]);
  });

  it('locks: nothing changes a submitted mark, and there is nothing left to submit', async () => {
    for (const mark of ['12', 'ABS', 'CLEAR']) {
      expect(await exam.anna.ask('PUT', markPath('0001'), { body: { mark } })).toMatchObject({ status: 409, body: { type: 'mark-locked', field: 'candidate' } });
    }
    expect(await submit(exam.anna)).toMatchObject({ status: 409, body: { type: 'no-marks-to-submit' } });
  });

  it('takes one centre alone where that is asked for', async () => {
    await enter(exam.anna, '0003', '30');
    await enter(exam.anna, '0001', '31', {}, OTHER_CENTRE);
    expect((await submit(exam.anna, { centre: CENTRE })).body).toMatchObject({ marks: 1, sheets: 1 });
    expect((await submit(exam.anna, { centre: OTHER_CENTRE })).body).toMatchObject({ marks: 1, sheets: 1 });
  });

  it('leaves out and names what changed since the person saw it', async () => {
    const { revision: seen } = (await enter(exam.anna, '0004', '40')) as { revision: number };
    const { revision: other } = (await enter(exam.anna, '0005', '50')) as { revision: number };
    await enter(exam.anna, '0004', '41');
    const sheets = [{ centre: CENTRE, candidates: [{ candidate: '0004', revision: seen }, { candidate: '0005', revision: other }] }];
    const { body } = await submit(exam.anna, { sheets });
    expect(body).toMatchObject({ marks: 1, leftOut: [{ centre: CENTRE, candidate: '0004', why: 'changed-elsewhere' }] });
  });

  it('wants zero and full marks confirmed, by name, and records that they were', async () => {
    await enter(exam.anna, '0006', '0');
    await enter(exam.anna, '0007', '80');
    const before = (await portal.log()).length;
    const refused = await submit(exam.anna, { centre: CENTRE });
    expect(refused).toMatchObject({ status: 409, body: { type: 'marks-unconfirmed', candidates: ['0006', '0007'] } });
    expect((await portal.log()).length).toBe(before);
    expect((await submit(exam.anna, { centre: CENTRE, confirmed: true })).body).toMatchObject({ marks: 3, sheets: 1 });
    expect((await portal.log()).filter(({ type }) => type === 'MarkConfirmed')).toHaveLength(2);
  });

  it('after the deadline is late and not refused', async () => {
    await succeeded(exam.admin, 'PUT', `/admin/components/${encodeURIComponent(COMPONENT)}`, settings(COMPONENT, { deadline: '2017-02-12T23:59:00Z' }));
    await enter(exam.bryn, '0009', '9');
    expect((await submit(exam.bryn)).body).toMatchObject({ marks: 1, late: true });
  });
});

describe('a crash while it submits', () => {
  it.each([
    ['before the first sheet', 2],
    ['between two sheets', 3],
    ['before the receipt', 4],
  ])('%s: the next start finishes it, once', async (_, nth) => {
    const folder = mkdtempSync(join(tmpdir(), 'portal-crash-'));
    const commandId = randomUUID();
    await crashed(folder, commandId, nth);
    for (const start of ['first', 'second']) {
      const again = await startPortal({ folder, keep: true });
      const log = await again.log();
      const of = (type: string) => log.filter((event) => event.type === type);
      expect([start, of('SubmissionStarted').length, of('MarksSubmitted').length, of('SubmissionCompleted').length]).toEqual([start, 1, 2, 1]);
      const anna = await again.person('anna');
      const { status, body } = await submit(anna, {}, commandId);
      expect([status, body]).toEqual([200, expect.objectContaining({ marks: 2, absent: 1, sheets: 2, leftOut: [] })]);
      expect(await again.log()).toHaveLength(log.length);
      expect(await anna.get(`${submissionsPath}?atLeast=${String(body['position'])}`)).toEqual([body]);
      expect(of('SubmissionCompleted')[0]?.metadata['actor']).toBe(anna.account);
      await again.stop();
    }
    rmSync(folder, { recursive: true });
  });
});

/** What a process left that was killed at this append. */
async function crashed(folder: string, commandId: string, nth: number): Promise<void> {
  const program = fileURLToPath(new URL('../../testing/crashing-submission.process.js', import.meta.url));
  const child = spawn(process.execPath, [program, folder, commandId, String(nth)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect([code, signal]).toEqual([null, 'SIGKILL']);
}
