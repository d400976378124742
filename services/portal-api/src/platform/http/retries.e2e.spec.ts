import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { account, accountStream, type AccountCommand } from '@portal/domain';
import { CENTRE, COMPONENT, enter, markPath, OTHER_CENTRE, setUp, settings, sheetPath, submissionsPath, succeeded, type Examination } from '../../testing/one-component.js';
import { centrePath, FIRST, FIRST_MARKS, finish, marksPath, markRows, REPORT, reviewAll, sampledPath, SECOND, SECOND_MARKS, setUpUnit, type Unit } from '../../testing/one-unit.js';
import { startPortal, type Answer, type Person, type Portal } from '../../testing/portal.js';
import { ROUTES } from './routes.js';

let portal: Portal;
let exam: Examination;
let unit: Unit;
beforeAll(async () => {
  portal = await startPortal();
  exam = await setUp(portal);
  unit = await setUpUnit(portal);
});
afterAll(() => portal.stop());

type Writing = { route: string; person: () => Person; path: string | (() => Promise<string>); body: object; isImport?: true; before?: () => Promise<unknown> };

const SHEET = 'POST /emi/:component/sheets/:centre';
const CANDIDATE = `${SHEET}/candidates/:candidate`;
const ofCandidate = (number: string, name: string): string => `${sheetPath()}/candidates/${number}/${name}`;
const component = `/admin/components/${encodeURIComponent(COMPONENT)}`;
const row = { commandId: randomUUID(), candidate: '0002', mark: '22' };

const MODERATED = '/iamis/:component/centres/:centre';
const SAMPLED = `${MODERATED}/candidates/:candidate`;
const reason = 'for a reason';
const all = [...markRows(FIRST, FIRST_MARKS), ...markRows(SECOND, SECOND_MARKS)];

async function firstChange(): Promise<string> {
  const [change] = await unit.principal.get<{ change: number }[]>(centrePath(FIRST, 'changes'));
  return centrePath(FIRST, `changes/${change?.change}`);
}

/** The life of a moderation, in its order. */
const moderating: readonly Writing[] = [
  { route: 'POST /admin/components/:component/centre-marks', person: () => unit.admin, path: marksPath, body: { rows: all, submit: true }, isImport: true },
  { route: `PUT ${SAMPLED}/mark`, person: () => unit.nia, path: sampledPath(SECOND, '0001', 'mark'), body: { mark: '40' } },
  { route: `POST ${SAMPLED}/work`, person: () => unit.mair, path: sampledPath(FIRST, '0001', 'work'), body: { received: false, reason } },
  { route: `POST ${SAMPLED}/replacement`, person: () => unit.mair, path: sampledPath(FIRST, '0001', 'replacement'), body: { reason } },
  { route: `POST ${SAMPLED}/change`, person: () => unit.mair, path: sampledPath(FIRST, '0013', 'change'), body: { mark: '20', reason } },
  { route: `POST ${MODERATED}/changes/:change`, person: () => unit.principal, path: firstChange, body: { approve: true } },
  { route: `POST ${MODERATED}/further-sample`, person: () => unit.principal, path: centrePath(FIRST, 'further-sample'), body: { size: 1, reason } },
  { route: `PUT ${MODERATED}/report`, person: () => unit.nia, path: centrePath(SECOND, 'report'), body: { ...REPORT, complete: true } },
  { route: `POST ${MODERATED}/report/reopening`, person: () => unit.nia, path: centrePath(SECOND, 'report/reopening'), body: {} },
  { route: `POST ${MODERATED}/submission`, person: () => unit.nia, path: centrePath(SECOND, 'submission'), body: {}, before: reviewSecond },
  { route: `POST ${MODERATED}/choice`, person: () => unit.principal, path: centrePath(SECOND, 'choice'), body: { method: 'constant', reason } },
  { route: `POST ${MODERATED}/return`, person: () => unit.principal, path: centrePath(SECOND, 'return'), body: { reason } },
  { route: `POST ${MODERATED}/approval`, person: () => unit.chair, path: centrePath(SECOND, 'approval'), body: {}, before: () => finish(unit.nia, SECOND) },
  { route: `POST ${MODERATED}/reallocation`, person: () => unit.principal, path: centrePath(FIRST, 'reallocation'), body: { to: 'nia@wjec-appointees.co.uk' } },
];

async function reviewSecond(): Promise<void> {
  await reviewAll(unit.nia, SECOND, () => 5);
  await succeeded(unit.nia, 'PUT', centrePath(SECOND, 'report'), { ...REPORT, complete: true });
}

/** One good request for every route that writes. */
const writing: readonly Writing[] = [
  { route: 'PUT /emi/:component/sheets/:centre/candidates/:candidate/mark', person: () => exam.anna, path: markPath('0001'), body: { mark: '21' } },
  { route: `${SHEET}/marks`, person: () => exam.anna, path: `${sheetPath()}/marks`, body: { marks: [row] } },
  { route: `${CANDIDATE}/verification`, person: () => exam.anna, path: ofCandidate('0003', 'verification'), body: { mark: '23' }, before: () => enter(exam.anna, '0003', '23') },
  { route: `${CANDIDATE}/flag`, person: () => exam.anna, path: ofCandidate('0003', 'flag'), body: { flagged: true } },
  { route: `${CANDIDATE}/script`, person: () => exam.anna, path: ofCandidate('0004', 'script'), body: { received: false, reason: 'lost' } },
  { route: `${CANDIDATE}/concern`, person: () => exam.anna, path: ofCandidate('0003', 'concern'), body: { kind: 'illegible' } },
  { route: `${SHEET}/unlisted`, person: () => exam.anna, path: `${sheetPath()}/unlisted`, body: { number: '0777' } },
  { route: 'POST /team/:component/work-as', person: () => exam.leader, path: `/team/${encodeURIComponent(COMPONENT)}/work-as`, body: {} },
  { route: `${SHEET}/reallocation`, person: () => exam.leader, path: `${sheetPath()}/reallocation`, body: { from: '', to: '', candidates: ['0008'] } },
  { route: 'POST /emi/:component/submissions', person: () => exam.anna, path: submissionsPath, body: {} },
  { route: 'PUT /admin/components/:component', person: () => exam.admin, path: component, body: settings(COMPONENT, { maximum: 90 }) },
  { route: 'POST /admin/components/:component/allocations', person: () => exam.admin, path: `${component}/allocations`, body: { rows: [{ CentreNo: CENTRE, CandidateNo: '0100', Examiner: '' }] }, isImport: true },
  { route: 'POST /admin/components/:component/team', person: () => exam.admin, path: `${component}/team`, body: { rows: [{ Person: '', Role: 'chair' }] }, isImport: true },
  { route: 'POST /admin/candidates', person: () => exam.admin, path: '/admin/candidates', body: { rows: [{ Series: 'June 2017', CentreNo: CENTRE, CandidateNo: '0100', Name: 'A Name' }] }, isImport: true },
  { route: 'POST /admin/centres', person: () => exam.admin, path: '/admin/centres', body: { rows: [{ CentreNo: '68103', Name: 'A Name' }] }, isImport: true },
  { route: 'POST /admin/accounts/rows', person: () => exam.admin, path: '/admin/accounts/rows', body: { rows: [{ Name: 'Mari Wyn', Email: 'mari.wyn@example.org', Roles: 'appointee' }] }, isImport: true },
  { route: 'POST /admin/accounts/:username/temporary-pass', person: () => exam.admin, path: '/admin/accounts/anna@wjec-appointees.co.uk/temporary-pass', body: {} },
  { route: 'POST /admin/accounts/:username/disable', person: () => exam.admin, path: '/admin/accounts/gone@wjec-appointees.co.uk/disable', body: {}, before: () => portal.person('gone') },
  { route: 'POST /admin/accounts/:username/enable', person: () => exam.admin, path: '/admin/accounts/gone@wjec-appointees.co.uk/enable', body: {} },
  { route: 'POST /admin/accounts/:username/unlock', person: () => exam.admin, path: '/admin/accounts/anna@wjec-appointees.co.uk/unlock', body: {}, before: () => happens({ type: 'RefusePassword', client: 'portal 0.1.0' }) },
  { route: 'POST /admin/accounts/:username/reset-factors', person: () => exam.admin, path: '/admin/accounts/anna@wjec-appointees.co.uk/reset-factors', body: {}, before: () => happens({ type: 'SetUpFactor', factor: 'totp' }) },
  { route: 'POST /admin/accounts', person: () => exam.admin, path: '/admin/accounts', body: { username: 'carys@wjec-appointees.co.uk', name: 'Carys', roles: ['appointee'] } },
  ...moderating,
];
/** What becomes of them goes on after the answer: see `features/documents/`. */
const GO_ON = ['POST /documents', 'POST /documents/:id/retry', 'PUT /agendas/:component'];
/** A comparison records nothing. */
/** And the sign-ins that end are the provider's: see `accounts/administering.e2e.spec.ts` there. */
const RECORDS_NOTHING = [`POST ${MODERATED}/what-if`, 'POST /admin/accounts/:username/end-sessions', 'POST /admin/keys/rotation'];

/** To the account of an examiner. */
async function happens(command: AccountCommand): Promise<void> {
  const by = { commandId: randomUUID(), correlationId: randomUUID(), actor: 'process:test', capacity: 'self', session: 's', authMethod: 'none' };
  await portal.foundation.streams.handle(account, accountStream(exam.anna.account), command, by);
}

/** User names are known only when the examination is set up. */
function named(body: object): object {
  const text = JSON.stringify(body);
  const withNames = text.replace('"from":""', `"from":"${exam.anna.username}"`).replace('"to":""', `"to":"${exam.bryn.username}"`);
  return JSON.parse(withNames.replace('"Examiner":""', `"Examiner":"${exam.bryn.username}"`).replace('"Person":""', `"Person":"${exam.principal.username}"`)) as object;
}

describe('the same command again', () => {
  it.each(writing)('$route', async ({ person, path, body, isImport, before, route }) => {
    await before?.();
    const commandId = randomUUID();
    const [method] = route.split(' ') as [string];
    const address = typeof path === 'string' ? path : await path();
    const ask = (): Promise<Answer> => person().ask(method, address, { body: named(body), commandId });
    const count = (await portal.log()).length;
    const together = await Promise.all([ask(), ask(), ask()]);
    const after = await portal.log();
    expect(together.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(after.length).toBeGreaterThan(count);
    expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
    const again = await ask();
    expect((await portal.log()).length).toBe(after.length);
    // An import says of what it did before that nothing changed.
    if (isImport) expect(again.body).toMatchObject({ refused: [] });
    else for (const one of together) expect(one.body).toEqual(again.body);
  });

  it('is refused where it asks for something else, or somebody else asks', async () => {
    const commandId = randomUUID();
    const ask = (person: Person, path: string, body: object): Promise<Answer> => person.ask('PUT', path, { body, commandId });
    const first = await ask(exam.anna, markPath('0007'), { mark: '30', enteredAt: '2017-01-20T10:00:00Z', queuedMs: 4 });
    const count = (await portal.log()).length;
    const reused = { status: 422, body: { type: 'command-id-reused' } };
    expect(await ask(exam.anna, markPath('0007'), { mark: '31' })).toMatchObject(reused);
    expect(await ask(exam.anna, markPath('0006'), { mark: '30' })).toMatchObject(reused);
    expect(await ask(exam.bryn, markPath('0007'), { mark: '30' })).toMatchObject(reused);
    const rows = { marks: [{ commandId, candidate: '0007', mark: '32' }] };
    expect((await exam.anna.ask<unknown[]>('POST', `${sheetPath()}/marks`, { body: rows })).body).toMatchObject([{ commandId, refused: { type: 'command-id-reused' } }]);
    // How long it has waited is no part of what is asked.
    expect(await ask(exam.anna, markPath('0007'), { mark: '30', enteredAt: '2017-01-20T10:00:00Z', queuedMs: 9000 })).toEqual(expect.objectContaining({ status: 200, body: first.body }));
    expect((await portal.log()).length).toBe(count);
  });

  it('of a submission is its own receipt, and no other', async () => {
    await enter(exam.bryn, '0009', '44');
    const commandId = randomUUID();
    const ask = (body: object): Promise<Answer> => exam.bryn.ask('POST', submissionsPath, { body, commandId });
    const first = await ask({ centre: CENTRE });
    expect(await ask({ centre: CENTRE })).toMatchObject({ status: 200, body: first.body });
    expect(await ask({ centre: OTHER_CENTRE })).toMatchObject({ status: 422, body: { type: 'command-id-reused' } });
  });

  it('covers every route that writes', () => {
    const routes = Object.keys(ROUTES).filter((route) => !/^(GET|HEAD) /.test(route) && ![...RECORDS_NOTHING, ...GO_ON].includes(route));
    expect(writing.map(({ route }) => route).toSorted()).toEqual(routes.toSorted());
  });

  it('is answered as then, also where it would be refused by now', async () => {
    const commandId = randomUUID();
    const first = { body: { mark: '40' }, commandId, headers: { 'if-match': `"${(await enter(exam.anna, '0001', '39', {}, OTHER_CENTRE))['revision']}"` } };
    const said = await exam.anna.ask('PUT', markPath('0001', OTHER_CENTRE), first);
    await enter(exam.anna, '0001', '41', {}, OTHER_CENTRE);
    const again = await exam.anna.ask('PUT', markPath('0001', OTHER_CENTRE), first);
    expect(again).toMatchObject({ status: 200, body: { event: said.body['event'], position: said.body['position'], recordedAt: said.body['recordedAt'] } });
    const sheet = await exam.anna.get<{ candidates: { candidate: string; mark: number }[] }>(sheetPath(OTHER_CENTRE));
    expect(sheet.candidates.find(({ candidate }) => candidate === '0001')?.mark).toBe(41);
  });
});
