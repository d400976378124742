import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EmiSummary, HistoryEntry, Me, Sheet, SheetSummary, TeamNode } from '@portal/contract';
import { candidateStream, erasures, ERASURES } from '@portal/domain';
import { CENTRE, COMPONENT, enter, markPath, OTHER_CENTRE, setUp, sheetPath, succeeded, type Examination } from '../testing/one-component.js';
import { startPortal, type Person, type Portal } from '../testing/portal.js';
import { ROUTES } from '../platform/http/routes.js';

let portal: Portal;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal();
  exam = await setUp(portal);
});
afterAll(() => portal.stop());

const historyPath = (number: string, centre = CENTRE): string => `/history/${encodeURIComponent(COMPONENT)}/${centre}/${number}`;
const as = (capacity: string): Record<string, string> => ({ 'portal-capacity': capacity });

describe('what was just written', () => {
  it('is in the answer that is asked for at least its position, every time', async () => {
    for (let n = 0; n < 30; n++) {
      const { position } = (await enter(exam.bryn, '0009', String(n + 1))) as { position: string };
      const cleared = n % 2 === 0 ? ((await enter(exam.bryn, '0009', 'CLEAR')) as { position: string }).position : position;
      const [{ entered }] = (await exam.bryn.get<{ entered: number }[]>(`/emi?atLeast=${cleared}`)) as [{ entered: number }];
      expect(entered).toBe(n % 2 === 0 ? 0 : 1);
    }
  });

  it('is not waited for where it can never come', async () => {
    for (const position of ['1', 'x', '', '99999999999999999999', '0'.repeat(19)]) {
      expect(await exam.bryn.ask('GET', `/emi?atLeast=${position}`)).toMatchObject({ status: 422, body: { type: 'malformed-request', field: 'atLeast' } });
    }
  });

  it('rings at everybody’s door within a second, and says nothing of itself', async () => {
    const [first, second] = [await listen(exam.anna), await listen(exam.auditor)];
    expect(await first.next()).toMatch(/^event: ready\ndata: {"position":"\d{20}"}$/);
    await second.next();
    const taken: number[] = [];
    for (const mark of ['12', '13', '14', '15', '16']) {
      const { position } = (await enter(exam.anna, '0001', mark)) as { position: string };
      const acknowledged = performance.now();
      for (const bell of [first, second]) {
        let rung = await bell.next();
        while (!rung.includes(position)) rung = await bell.next();
        expect(rung).toBe(`event: changed\ndata: {"position":"${position}"}`);
      }
      taken.push(performance.now() - acknowledged);
    }
    first.close();
    second.close();
    // A disk that others keep busy may hold one of them up.
    expect(taken.toSorted((one, other) => one - other)[2]).toBeLessThan(10_000);
  });
});

describe('the history of a mark', () => {
  it('says who, when, in which capacity, from what to what, oldest first', async () => {
    await enter(exam.anna, '0002', '20', { enteredAt: '2017-01-20T10:00:00Z', queuedMs: 1234 });
    await enter(exam.anna, '0002', '21');
    const history = await exam.anna.get<HistoryEntry[]>(historyPath('0002'));
    expect(history.map(({ type, from, to, actor, capacity, session }) => [type, from, to, actor, capacity, session])).toEqual([
      ['MarkSheetAllocated', null, null, 'Somebody called admin', 'admin', 'session-admin'],
      ['MarkEntered', null, 20, 'Somebody called anna', 'examiner', 'session-anna'],
      ['MarkCorrected', 20, 21, 'Somebody called anna', 'examiner', 'session-anna'],
    ]);
    expect(history[1]).toMatchObject({ enteredAt: '2017-01-20T10:00:00Z', queuedMs: 1234 });
  });

  it('is read by its examiner, those above, and auditors', async () => {
    for (const person of [exam.anna, exam.leader, exam.principal, exam.auditor]) {
      expect(await person.get(historyPath('0002'))).toHaveLength(3);
    }
    expect(await exam.bryn.ask('GET', historyPath('0002'))).toMatchObject({ status: 403, body: { type: 'not-your-candidate', field: 'candidate' } });
    const stranger = await portal.person('stranger');
    expect(await stranger.ask('GET', historyPath('0002'))).toMatchObject({ status: 403 });
    expect(await exam.auditor.ask('GET', historyPath('0999'))).toMatchObject({ status: 404, body: { type: 'candidate-unknown' } });
    expect(await exam.auditor.ask('GET', historyPath('0001', '68199'))).toMatchObject({ status: 404, body: { type: 'centre-unknown' } });
  });

  it('stays with who had it before a reallocation', async () => {
    const move = { from: exam.anna.username, to: exam.bryn.username, candidates: ['0008'] };
    await succeeded(exam.leader, 'POST', `${sheetPath()}/reallocation`, move);
    expect(await exam.anna.get(historyPath('0008'))).toHaveLength(2);
    expect(await exam.bryn.get(historyPath('0008'))).toMatchObject([
      { type: 'MarkSheetAllocated', fromExaminer: null, toExaminer: 'Somebody called anna' },
      { type: 'MarkSheetReallocated', from: null, to: null, fromExaminer: 'Somebody called anna', toExaminer: 'Somebody called bryn' },
    ]);
    expect(await exam.anna.ask('PUT', markPath('0008'), { body: { mark: '8' } })).toMatchObject({ status: 409, body: { type: 'reallocated' } });
  });
});

describe('the capacity somebody asks in', () => {
  it('is their lowest there where none is named, and must be held where one is', async () => {
    expect((await exam.anna.get<Me>('/me')).capacities).toContainEqual({ component: COMPONENT, role: 'examiner' });
    for (const capacity of ['principal', 'team-leader', 'chair', 'admin', '', 'x y', 'examiner;', `examiner; member=${exam.bryn.username}`, 'examiner; member=']) {
      const answer = await exam.anna.ask('PUT', markPath('0001'), { body: { mark: '13' }, headers: as(capacity) });
      expect([capacity, answer.status, answer.body['type'], answer.body['field']]).toEqual([capacity, 403, 'capacity-not-held', 'portal-capacity']);
    }
    await succeeded(exam.anna, 'PUT', markPath('0001'), { mark: '13' });
    expect((await exam.anna.ask('PUT', markPath('0001'), { body: { mark: '14' }, headers: as('examiner') })).status).toBe(200);
  });

  it('shows a senior the whole centre, and working as a member the member’s part; it writes nothing for them', async () => {
    const whole = await exam.leader.get<Sheet>(sheetPath());
    expect(whole.candidates).toHaveLength(10);
    const member = as(`team-leader; member=${exam.bryn.username}`);
    const part = await exam.leader.get<Sheet>(sheetPath(), member);
    expect(part.candidates.map(({ candidate }) => candidate)).toEqual(['0008', '0009', '0010']);
    expect(await exam.leader.ask('PUT', markPath('0009'), { body: { mark: '9' }, headers: member })).toMatchObject({ status: 403, body: { type: 'not-your-candidate' } });
    expect(await exam.leader.get(`/emi/${encodeURIComponent(COMPONENT)}/sheets`, member)).toMatchObject([{ centre: CENTRE, allocated: 3 }]);
  });

  it('is that of an examiner for whoever has candidates, also before a team is set up', async () => {
    const newcomer = await portal.person('newcomer');
    const rows = [{ CentreNo: '68155', CandidateNo: '0001', Examiner: newcomer.username }];
    await succeeded(exam.admin, 'POST', `/admin/components/${encodeURIComponent(COMPONENT)}/allocations`, { rows });
    expect(await enter(newcomer, '0001', '12', {}, '68155')).toMatchObject({ mark: 12 });
    const named = { body: { mark: '13' }, headers: as('examiner') };
    expect(await newcomer.ask('PUT', markPath('0001', '68155'), named)).toMatchObject({ status: 200 });
  });

  it('shows auditors everything there is, under everybody’s counts', async () => {
    const [latin] = (await exam.auditor.get<EmiSummary[]>('/emi')).filter(({ component }) => component === COMPONENT);
    const sheets = await exam.auditor.get<SheetSummary[]>(`/emi/${encodeURIComponent(COMPONENT)}/sheets`);
    expect(sheets.map(({ centre }) => centre)).toEqual(expect.arrayContaining([CENTRE, OTHER_CENTRE]));
    expect(latin?.allocated).toBe(sheets.reduce((sum, { allocated }) => sum + allocated, 0));
    expect((await exam.auditor.get<Sheet>(sheetPath())).candidates).toHaveLength(10);
  });

  it('shows the team with everybody’s counts', async () => {
    const [root] = (await exam.principal.get<TeamNode[]>(`/team/${encodeURIComponent(COMPONENT)}`)) as [TeamNode];
    expect([root.person, root.members[0]?.person, root.members[0]?.members.map(({ person }) => person)]).toEqual([
      exam.principal.username,
      exam.leader.username,
      [exam.anna.username, exam.bryn.username],
    ]);
  });
});

describe('names', () => {
  const NAME = 'Siân \u001b]52;c;ZXZpbA==\u0007\u202eEvil\u200b';

  it('are shown without what a terminal would obey, and stand in no event that stays', async () => {
    const rows = [{ Series: 'January 2017', CentreNo: OTHER_CENTRE, CandidateNo: '0001', Name: NAME }];
    const position = await positionAfter(() => succeeded(exam.admin, 'POST', '/admin/candidates', { rows }));
    const sheet = await exam.anna.get<Sheet>(`${sheetPath(OTHER_CENTRE)}?atLeast=${position}`);
    expect(sheet.candidates[0]?.name).toBe('Siân ]52;c;ZXZpbA== Evil');
    const elsewhere = (await portal.log()).filter(({ stream }) => !/^(candidate|person)-/.test(stream));
    expect(JSON.stringify(elsewhere)).not.toMatch(/Siân|Pupil|Somebody called|wjec-appointees/);
  });

  it('are gone when they are erased; the marks stay', async () => {
    const registered = (await portal.log()).filter(({ type, data }) => type === 'CandidateRegistered' && data['centre'] === OTHER_CENTRE && data['candidate'] === '0001');
    const { id } = registered.at(-1)?.data as { id: string };
    const about = { id, series: 'January 2017', centre: OTHER_CENTRE };
    const context = { commandId: randomUUID(), actor: exam.admin.account, capacity: 'admin', session: 's', authMethod: 'pwd', correlationId: 'c' };
    const erased = await portal.foundation.streams.handle(erasures, ERASURES, { type: 'EraseCandidate', ...about } as never, context);
    expect(erased.kind).toBe('recorded');
    await portal.foundation.events.deleteStream(candidateStream(id));
    await enter(exam.anna, '0001', '7', {}, OTHER_CENTRE);
    const sheet = await exam.anna.get<Sheet>(`${sheetPath(OTHER_CENTRE)}?atLeast=${(await portal.foundation.events.head()) ?? ''}`);
    expect(sheet.candidates[0]).toMatchObject({ name: '', mark: 7 });
  });
});

describe('without signing in', () => {
  const open = async (path: string) => (await fetch(portal.url + path)).json() as Promise<Record<string, unknown>>;

  it('one learns that it lives, and whether it is ready', async () => {
    expect(await open('/health')).toEqual({ alive: true });
    expect(await open('/ready')).toEqual({ ready: true, position: expect.stringMatching(/^\d{20}$/), head: await portal.foundation.events.head() });
  });

  it('one reads what can be asked: every route, each with its schemas', async () => {
    const document = await open('/openapi.json');
    expect(document['openapi']).toBe('3.1.0');
    const paths = document['paths'] as Record<string, Record<string, Operation>>;
    const listed = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`));
    expect(listed.toSorted()).toEqual(Object.keys(ROUTES).toSorted());
    const ids = new Set<string>();
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(methods)) checkOperation(path, method, operation, ids);
    }
    const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
    for (const reference of references) expect(resolves(document, reference.slice(8, -1))).toBe(true);
  });
});

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters: readonly { name: string; in: string; required?: boolean; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema: object }> };
  readonly responses: Record<string, { description: string }>;
}

/** What the OpenAPI 3.1 specification asks of an operation. */
function checkOperation(path: string, method: string, operation: Operation, ids: Set<string>): void {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const said = operation.parameters.filter((one) => one.in === 'path');
  expect(said.map(({ name }) => name)).toEqual(inPath);
  expect(said.every(({ required }) => required === true)).toBe(true);
  for (const one of operation.parameters) expect(typeof one.schema).toBe('object');
  if (method === 'get') expect(operation.requestBody).toBeUndefined();
  for (const { description } of Object.values(operation.responses)) expect(description).not.toBe('');
  expect(operation.summary).not.toBe('');
  expect([path, method, ids.has(operation.operationId ?? '')]).toEqual([path, method, false]);
  ids.add(operation.operationId ?? '');
}

function resolves(document: object, reference: string): boolean {
  let at: unknown = document;
  for (const name of reference.replace(/^#\//, '').split('/')) at = (at as Record<string, unknown> | undefined)?.[name];
  return at !== undefined;
}

async function positionAfter(work: () => Promise<unknown>): Promise<string> {
  await work();
  return (await portal.foundation.events.head()) ?? '';
}

/** The doorbell as a client hears it: one event after another. */
async function listen(person: Person): Promise<{ next: () => Promise<string>; close: () => void }> {
  const abort = new AbortController();
  const response = await fetch(`${portal.url}/doorbell`, { headers: { authorization: `Bearer ${person.token}` }, signal: abort.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let heard = '';
  const next = async (): Promise<string> => {
    for (let end = heard.indexOf('\n\n'); ; end = heard.indexOf('\n\n')) {
      if (end >= 0) {
        const event = heard.slice(0, end);
        heard = heard.slice(end + 2);
        return event;
      }
      const { value } = await reader.read();
      heard += Buffer.from(value ?? []).toString();
    }
  };
  return { next, close: () => abort.abort() };
}
