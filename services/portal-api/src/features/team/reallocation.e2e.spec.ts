import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enter, setUp, sheetPath, type Examination } from '../../testing/one-component.js';
import { startPortal, type Portal } from '../../testing/portal.js';

let portal: Portal;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal();
  exam = await setUp(portal);
});
afterAll(() => portal.stop());

describe('a reallocation', () => {
  it('asks whose where more than one examiner has candidates there, and finds the one where there is one', async () => {
    await enter(exam.anna, '0001', '33');
    const [path, to] = [`${sheetPath()}/reallocation`, exam.leader.username];
    const unsaid = await exam.principal.ask('POST', path, { body: { to, candidates: ['0009'] } });
    const examiners = expect.arrayContaining(['Somebody called anna', 'Somebody called bryn']);
    expect(unsaid).toMatchObject({ status: 422, body: { type: 'examiner-ambiguous', field: 'from', examiners } });
    expect(await exam.principal.ask('POST', `${sheetPath('68199')}/reallocation`, { body: { to } })).toMatchObject({ status: 404, body: { type: 'centre-unknown' } });
    const back = await exam.principal.ask('POST', path, { body: { to: exam.bryn.username, candidates: ['0001'] } });
    expect(back.body).toMatchObject({ type: 'entered-marks-remain', candidates: ['0001'] });
  });
});
