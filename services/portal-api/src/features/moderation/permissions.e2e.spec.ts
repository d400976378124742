import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MODERATION_ROLES, type ModerationCommand } from '@portal/domain';
import { as, centrePath, FIRST, now, openCentres, rowOf, sampledPath, sampleOf, SECOND, setUpUnit, THIRD, UNIT, unitPath, type Name, type Unit } from '../../testing/one-unit.js';
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
type Asked = readonly [type: ModerationCommand['type'], method: string, path: string, body: object];
const asked: readonly Asked[] = [
  ['EnterModeratorMark', 'PUT', sampledPath(FIRST, '0001', 'mark'), { mark: '48' }],
  ['ReportWorkNotReceived', 'POST', sampledPath(FIRST, '0012', 'work'), { received: false, reason }],
  ['ReportWorkReceived', 'POST', sampledPath(FIRST, '0012', 'work'), { received: true }],
  ['ReplaceSampleCandidate', 'POST', sampledPath(FIRST, '0012', 'replacement'), { reason }],
  ['RequestFurtherSample', 'POST', centrePath(FIRST, 'further-sample'), { reason, size: 1 }],
  ['RequestCentreMarkChange', 'POST', sampledPath(FIRST, '0013', 'change'), { mark: '11', reason }],
  ['ApproveCentreMarkChange', 'POST', centrePath(FIRST, 'changes/3'), { approve: true }],
  ['RefuseCentreMarkChange', 'POST', centrePath(FIRST, 'changes/3'), { approve: false, reason }],
  ['SaveReport', 'PUT', centrePath(FIRST, 'report'), { language: 'en' }],
  ['CompleteReport', 'PUT', centrePath(FIRST, 'report'), { language: 'en', complete: true }],
  ['ReopenReport', 'POST', centrePath(FIRST, 'report/reopening'), {}],
  ['SubmitModeration', 'POST', centrePath(FIRST, 'submission'), {}],
  ['ChooseOutcome', 'POST', centrePath(FIRST, 'choice'), { method: 'accept', reason }],
  ['ApproveOutcome', 'POST', centrePath(FIRST, 'approval'), {}],
  ['ReturnOutcome', 'POST', centrePath(FIRST, 'return'), { reason }],
  ['ReallocateModerator', 'POST', centrePath(FIRST, 'reallocation'), { to: 'mair@wjec-appointees.co.uk' }],
  ['ReturnCentreMarks', 'POST', centrePath(FIRST, 'return'), { reason, of: 'centre-marks' }],
];
/** What administrators ask by their own routes. */
const OF_ADMINISTRATORS = ['AllocateModerator', 'ReceiveCentreMarks', 'SubmitCentreMarks'];

const roles: readonly (readonly [role: string, name: Name])[] = [
  ['moderator', 'mair'],
  ['team-leader', 'leader'],
  ['principal', 'principal'],
  ['chair', 'chair'],
  ['admin', 'admin'],
  ['auditor', 'auditor'],
];

describe('which role may ask what', () => {
  it('is tried for everything that may be asked', () => {
    expect([...asked.map(([type]) => type), ...OF_ADMINISTRATORS].toSorted()).toEqual(Object.keys(MODERATION_ROLES).toSorted());
  });

  it('who stands nowhere there asks as a moderator, and it is somebody else’s centre; that is what is recorded of them', async () => {
    const stranger = await portal.person('stranger');
    const refused = await stranger.ask('PUT', sampledPath(FIRST, '0001', 'mark'), { body: { mark: '48' } });
    expect([refused.status, refused.body['type']]).toEqual([403, 'not-your-centre']);
    await stranger.ask('POST', `/team/${encodeURIComponent(UNIT)}/work-as`, { body: {} });
    expect((await portal.log()).at(-1)).toMatchObject({ type: 'WorkAsChanged', data: { role: 'moderator' }, metadata: { actor: stranger.account, capacity: 'moderator' } });
  });

  it.each(roles.flatMap(([role, name]) => asked.map((one) => [role, one[0], name, one] as const)))('%s: %s', async (role, type, name, [, method, path, body]) => {
    const before = (await portal.log()).length;
    const { status, body: said } = await unit[name].ask(method, path, { body });
    expect(status).toBeLessThan(500);
    const isPermitted = MODERATION_ROLES[type].includes(role);
    expect({ role, type, isPermitted: said['type'] !== 'not-permitted' }).toEqual({ role, type, isPermitted });
    if (!isPermitted) expect([status, (await portal.log()).length]).toEqual([403, before]);
  });

  it.each(asked.map((one) => [one[0], one] as const))('working as a member changes nothing of it: %s', async (type, [, method, path, body]) => {
    const headers = as(`team-leader; member=${unit.mair.username}`);
    const { body: said } = await unit.leader.ask(method, path, { body, headers });
    expect(said['type'] !== 'not-permitted').toBe(MODERATION_ROLES[type].includes('team-leader'));
    // What the member could do there is theirs alone.
    if (!said['type']) expect(['RequestFurtherSample', 'ReallocateModerator']).toContain(type);
  });

  it('has nothing to read of a unit for whoever has no part in it, whatever they read of another', async () => {
    const stranger = await portal.person('stranger');
    for (const path of [unitPath(), `${unitPath()}/centres`, unitPath().replace('/iamis/', '/team/'), `${unitPath().replace('/iamis/', '/emi/')}/submissions`]) {
      expect(await stranger.ask('GET', path)).toMatchObject({ status: 403, body: { type: 'not-permitted', field: 'component' } });
      expect((await unit.chair.ask('GET', path)).status).toBe(200);
    }
    for (const what of ['sample', 'outcome', 'report', 'changes']) {
      expect(await stranger.ask('GET', centrePath(FIRST, what))).toMatchObject({ status: 403, body: { type: 'not-your-centre' } });
    }
    expect((await stranger.ask('GET', '/iamis')).body).toEqual([]);
  });

  it('is not widened by a capacity that is not held', async () => {
    for (const capacity of ['principal', 'chair', 'admin', 'team-leader', `moderator; member=${unit.nia.username}`]) {
      const { status, body } = await unit.mair.ask('POST', centrePath(FIRST, 'approval'), { body: {}, headers: as(capacity) });
      expect([status, body['type']]).toEqual([403, 'capacity-not-held']);
    }
    expect(await rowOf(unit, 'auditor', 'auditor')).toEqual(await rowOf(unit, 'auditor'));
    expect(await unit.auditor.ask('GET', unitPath(), { headers: as('admin') })).toMatchObject({ status: 403, body: { type: 'capacity-not-held' } });
    expect(await unit.leader.ask('GET', unitPath(), { headers: as(`team-leader; member=${unit.nia.username}`) })).toMatchObject({ status: 403, body: { type: 'capacity-not-held' } });
  });
});

describe('who sees what', () => {
  it('is one’s own, those below, or all', async () => {
    const seen = async (name: Name, capacity?: string): Promise<readonly string[]> => {
      const headers = capacity === undefined ? {} : as(capacity);
      const all = await unit[name].get<{ centre: string }[]>(await now(unit, `${unitPath()}/centres`), headers);
      return all.map(({ centre }) => centre);
    };
    const mairs = [FIRST, '68204', '68205'];
    const everybodys = [FIRST, SECOND, '68204', '68205'];
    expect([await seen('mair'), await seen('nia'), await seen('leader')]).toEqual([mairs, [SECOND], mairs]);
    for (const name of ['principal', 'chair', 'auditor', 'admin'] as const) expect(await seen(name)).toEqual(everybodys);
    expect(await seen('principal', `principal; member=${unit.leader.username}`)).toEqual(mairs);
    expect(await seen('chair', `chair; member=${unit.nia.username}`)).toEqual([SECOND]);
    for (const name of ['principal', 'chair', 'auditor', 'admin'] as const) expect((await rowOf(unit, name)).slice(0, 1)).toEqual([4]);
  });

  it('is refused where it is somebody else’s', async () => {
    for (const what of ['sample', 'outcome', 'report', 'changes']) {
      expect(await unit.nia.ask('GET', centrePath(FIRST, what))).toMatchObject({ status: 403, body: { type: 'not-your-centre' } });
      expect(await unit.mair.ask('GET', centrePath(THIRD, what))).toMatchObject({ status: 404, body: { type: 'centre-unknown' } });
      for (const name of ['mair', 'leader', 'principal', 'chair', 'auditor', 'admin'] as const) expect((await unit[name].ask('GET', centrePath(FIRST, what))).status).toBe(200);
    }
    const stranger = await portal.person('stranger');
    expect(await stranger.ask('GET', centrePath(FIRST, 'sample'))).toMatchObject({ status: 403, body: { type: 'not-your-centre' } });
    expect(await stranger.get('/iamis')).toEqual([]);
    expect((await sampleOf(unit.principal, FIRST)).moderator).toBe(unit.mair.username);
  });
});
