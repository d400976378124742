import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CentreMarkChange, Comparison } from '@portal/contract';
import { imported, succeeded } from '../../testing/one-component.js';
import { as, centreOf, centrePath, FIRST, finish, openCentres, outcomeOf, reviewAll, rowOf, sampledPath, sampleOf, SECOND, setUpUnit, UNIT, type Name, type Unit } from '../../testing/one-unit.js';
import { startPortal, type Portal } from '../../testing/portal.js';

let portal: Portal;
let unit: Unit;
beforeAll(async () => {
  portal = await startPortal();
  unit = await setUpUnit(portal);
  await openCentres(unit);
});
afterAll(() => portal.stop());

const reason = 'for a reason';
const post = (name: Name, centre: string, what: string, body: object = {}, capacity?: string) =>
  unit[name].ask('POST', centrePath(centre, what), { body, ...(capacity !== undefined && { headers: as(capacity) }) });
const team = `components/${encodeURIComponent(UNIT)}/team`;

describe('whoever had a hand in an outcome', () => {
  it('does not approve it in any capacity, and is told who may', async () => {
    await reviewAll(unit.nia, SECOND, () => 5);
    await finish(unit.nia, SECOND);
    // Promoted meanwhile: the moderator is principal and chair as well.
    await imported(unit.admin, team, [{ Person: unit.nia.username, Role: 'principal', Senior: unit.chair.username }, { Person: unit.nia.username, Role: 'chair' }]);
    for (const capacity of ['principal', 'chair']) {
      const { status, body } = await post('nia', SECOND, 'approval', {}, capacity);
      expect([status, body['type'], body['person']]).toEqual([403, 'not-independent', 'Somebody called nia']);
      expect(body['others']).toEqual(expect.arrayContaining(['Somebody called principal', 'Somebody called chair']));
      expect(JSON.stringify(body)).not.toContain(unit.nia.account);
    }
    expect((await post('nia', SECOND, 'approval', {}, 'moderator')).body['type']).toBe('not-permitted');
    await imported(unit.admin, team, [{ Person: unit.nia.username, Role: 'team-leader', Senior: unit.principal.username }]);
    expect(await centreOf(unit, 'principal', SECOND)).toMatchObject({ state: 'submitted' });
  });

  it('nor after giving the centre away', async () => {
    await succeeded(unit.principal, 'POST', centrePath(SECOND, 'return'), { reason });
    expect(await centreOf(unit, 'principal', SECOND)).toMatchObject({ state: 'reviewing', outcome: 'pending' });
    const returned = { reason, by: 'Somebody called principal', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) };
    expect([await sampleOf(unit.nia, SECOND), await outcomeOf(unit.nia, SECOND)]).toMatchObject([{ returned }, { returned }]);
    const kept = { to: unit.mair.username, entered: 'keep' };
    expect(await post('principal', SECOND, 'reallocation', { to: unit.mair.username })).toMatchObject({ status: 409, body: { type: 'entered-marks-remain' } });
    expect(await post('leader', SECOND, 'reallocation', kept)).toMatchObject({ status: 403, body: { type: 'not-senior', person: 'Somebody called nia' } });
    await succeeded(unit.principal, 'POST', centrePath(SECOND, 'reallocation'), kept);
    expect([await rowOf(unit, 'mair'), await rowOf(unit, 'nia', 'moderator')]).toEqual([[4, 14, 1, 10, 18, 2, 16], [0, 0, 0, 0, 0, 0, 0]]);
    expect(await unit.nia.ask('PUT', sampledPath(SECOND, '0001', 'mark'), { body: { mark: '1' }, headers: as('moderator') })).toMatchObject({ status: 409, body: { type: 'reallocated', to: 'Somebody called mair' } });
    await succeeded(unit.mair, 'POST', centrePath(SECOND, 'submission'), {});
    expect([await sampleOf(unit.mair, SECOND), await outcomeOf(unit.mair, SECOND)]).toMatchObject([{ returned: null }, { returned: null }]);
    expect((await post('nia', SECOND, 'approval', {}, 'chair')).body['type']).toBe('not-independent');
    expect((await post('mair', SECOND, 'approval')).body['type']).toBe('not-permitted');
    expect((await post('chair', SECOND, 'approval')).status).toBe(200);
  });
});

describe('working as a member', () => {
  it('shows the member’s part and writes as oneself', async () => {
    const capacity = as(`principal; member=${unit.mair.username}`);
    expect(await unit.principal.get(centrePath(FIRST, 'sample'), capacity)).toMatchObject({ moderator: unit.mair.username });
    const entered = await unit.principal.ask('PUT', sampledPath(FIRST, '0001', 'mark'), { body: { mark: '40' }, headers: capacity });
    expect(entered).toMatchObject({ status: 403, body: { type: 'not-your-centre' } });
    const drawn = await unit.principal.ask('POST', centrePath(FIRST, 'further-sample'), { body: { reason, size: 1 }, headers: capacity });
    expect(drawn.status).toBe(200);
    const [event] = (await portal.log()).filter(({ type }) => type === 'FurtherSampleDrawn');
    expect(event?.metadata).toMatchObject({ actor: unit.principal.account, capacity: `principal; member=${unit.mair.account}` });
    expect(await rowOf(unit, 'mair')).toEqual([4, 15, 1, 11, 18, 2, 16]);
    const elsewhere = await unit.principal.ask('GET', centrePath(FIRST, 'sample'), { headers: as(`principal; member=${unit.nia.username}`) });
    expect(elsewhere).toMatchObject({ status: 403, body: { type: 'not-your-centre' } });
  });
});

describe('work that does not come', () => {
  it('closes the candidate, for a reason in words of its own, until it comes or another is looked at', async () => {
    const work = (body: object) => unit.mair.ask('POST', sampledPath(FIRST, '0001', 'work'), { body });
    await work({ received: false, reason: 'Lost in\u0007 the post' });
    const remaining = async (): Promise<number> => (await rowOf(unit, 'mair'))[3] as number;
    expect(await remaining()).toBe(10);
    expect((await sampleOf(unit.mair, FIRST)).candidates[0]).toMatchObject({ candidate: '0001', isReceived: false, reason: 'Lost in the post' });
    expect(await unit.mair.ask('PUT', sampledPath(FIRST, '0001', 'mark'), { body: { mark: '40' } })).toMatchObject({ status: 409, body: { type: 'work-outstanding' } });
    await work({ received: true });
    expect(await remaining()).toBe(11);
    const replaced = await unit.mair.ask('POST', sampledPath(FIRST, '0001', 'replacement'), { body: { reason } });
    expect(replaced.status).toBe(200);
    expect((await sampleOf(unit.mair, FIRST)).candidates.map(({ candidate }) => candidate)).not.toContain('0001');
    expect(await unit.mair.ask('POST', sampledPath(FIRST, '0013', 'replacement'), { body: { reason } })).toMatchObject({ status: 409, body: { type: 'not-in-sample' } });
    expect((await portal.log()).filter(({ type, data }) => type !== 'TextWritten' && JSON.stringify(data).includes('Lost'))).toEqual([]);
  });
});

describe('a change of the centre’s marks', () => {
  const changes = () => unit.mair.get<CentreMarkChange[]>(centrePath(FIRST, 'changes'));

  it('is asked by one and decided by another', async () => {
    await succeeded(unit.mair, 'POST', sampledPath(FIRST, '0013', 'change'), { mark: '20', reason: 'was not absent' });
    await succeeded(unit.admin, 'POST', sampledPath(FIRST, '0015', 'change'), { mark: '7', reason: 'came late' });
    const [absent, late] = await changes();
    expect(absent).toMatchObject({ kind: 'amendment', candidate: '0013', from: 'ABS', to: 20, state: 'requested', by: 'Somebody called mair', reason: 'was not absent' });
    expect(late).toMatchObject({ kind: 'late', candidate: '0015', from: null, to: 7, by: 'Somebody called admin' });
    expect(await post('mair', FIRST, `changes/${absent?.change}`, { approve: true })).toMatchObject({ status: 403, body: { type: 'not-permitted' } });
    await succeeded(unit.principal, 'POST', centrePath(FIRST, `changes/${late?.change}`), { approve: true });
    // The new lowest is looked at as well.
    expect(await rowOf(unit, 'mair')).toEqual([4, 16, 1, 12, 19, 2, 17]);
    await succeeded(unit.principal, 'POST', centrePath(FIRST, `changes/${absent?.change}`), { approve: false, reason: 'no letter' });
    expect(await post('principal', FIRST, `changes/${absent?.change}`, { approve: true })).toMatchObject({ status: 409, body: { type: 'change-settled', field: 'change' } });
    expect((await changes()).map(({ state, from }) => [state, from])).toEqual([['refused', 'ABS'], ['approved', null]]);
    for (const none of ['999', '0', 'x', '-1', '1e3', '99999999999999999999']) {
      expect(await post('principal', FIRST, `changes/${none}`, { approve: true })).toMatchObject({ status: 404, body: { type: 'change-unknown' } });
    }
  });
});

describe('what if', () => {
  const option = { method: 'ols' };
  const ask = (name: Name, options: readonly object[]) => unit[name].ask<Comparison[]>('POST', centrePath(FIRST, 'what-if'), { body: { options }, headers: { 'idempotency-key': '' } });

  it('compares choices and records nothing', async () => {
    await reviewAll(unit.mair, FIRST, (mark) => (mark > 30 ? -6 : 0));
    const before = (await portal.log()).length;
    const options = [option, { method: 'constant' }, { method: 'accept' }, { method: 'ols', tolerance: 6 }, { method: 'use-moderator-marks' }, { method: 'piecewise' }, { method: 'deming', lambda: '0.5' }];
    const { status, body } = await ask('principal', options);
    expect(status).toBe(200);
    expect(body.map(({ method, stage, unsuitable, tolerance }) => [method, stage, unsuitable, tolerance])).toEqual([
      ['ols', 'adjusted', null, 3],
      ['constant', 'adjusted', null, 3],
      ['accept', 'accepted', null, 3],
      ['ols', 'accepted', null, 6],
      ['use-moderator-marks', 'pending', 'cohort-not-sampled', 3],
      ['piecewise', 'pending', 'no-anchors', 3],
      ['deming', 'adjusted', null, 3],
    ]);
    expect(body.every(({ of }) => of === 13)).toBe(true);
    expect(body[0]).toMatchObject({ orderKept: true, moved: expect.any(Number) });
    expect((await portal.log()).length).toBe(before);
  });

  it('is for those who choose, and with settings that are some', async () => {
    for (const name of ['mair', 'leader'] as const) expect(await ask(name, [option])).toMatchObject({ status: 403, body: { type: 'not-permitted' } });
    expect(await ask('chair', [option])).toMatchObject({ status: 200 });
    expect(await ask('principal', [{ method: 'deming', lambda: '0' }])).toMatchObject({ status: 422, body: { type: 'setting-malformed', field: 'lambda' } });
    expect(await ask('principal', [{ method: 'magic' }])).toMatchObject({ status: 422, body: { type: 'malformed-request' } });
    expect(await ask('principal', [])).toMatchObject({ status: 422 });
  });
});

describe('a principal’s choice', () => {
  it('takes the place of the outcome, and only the one that was seen is approved', async () => {
    await finish(unit.mair, FIRST);
    const before = await outcomeOf(unit.principal, FIRST);
    const choose = (body: object) => post('principal', FIRST, 'choice', { ...body, reason });
    expect(await choose({ method: 'use-moderator-marks' })).toMatchObject({ status: 409, body: { type: 'method-unsuitable', why: 'cohort-not-sampled' } });
    expect((await choose({ method: 'piecewise', anchors: [{ at: 30, difference: 0 }, { at: 31, difference: -1 }, { at: 50, difference: -6 }] })).status).toBe(200);
    const after = await outcomeOf(unit.principal, FIRST);
    expect(after).toMatchObject({ stage: 'adjusted', method: 'piecewise', a: null, b: null, state: 'submitted' });
    expect(await post('principal', FIRST, 'approval', { outcome: before.outcome })).toMatchObject({ status: 409, body: { type: 'outcome-changed', outcome: after.outcome } });
    expect((await post('principal', FIRST, 'approval', { outcome: after.outcome })).status).toBe(200);
    expect(await post('principal', FIRST, 'return', { reason })).toMatchObject({ status: 409, body: { type: 'moderation-locked', state: 'approved' } });
    expect(await post('principal', FIRST, 'return', { reason, of: 'centre-marks' })).toMatchObject({ status: 409, body: { type: 'moderation-locked' } });
  });
});
