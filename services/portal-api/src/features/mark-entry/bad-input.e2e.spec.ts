import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CENTRE, COMPONENT, enter, HALVES, markPath, setUp, sheetPath, submissionsPath, type Examination } from '../../testing/one-component.js';
import { startPortal, type Answer, type Portal } from '../../testing/portal.js';

let portal: Portal;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal();
  exam = await setUp(portal);
});
afterAll(() => portal.stop());

/** Answered so, with the field named, and nothing written. */
async function refuses(ask: () => Promise<Answer>, status: number, type: string, field?: string): Promise<Record<string, unknown>> {
  const before = (await portal.log()).length;
  const answer = await ask();
  expect({ status: answer.status, type: answer.body['type'], field: answer.body['field'] }).toEqual({ status, type, field });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body['status']).toBe(status);
  expect((await portal.log()).length).toBe(before);
  return answer.body;
}

const mark = (typed: unknown, path = markPath('0001')) => exam.anna.ask('PUT', path, { body: { mark: typed } });

describe('a mark that is none', () => {
  it.each([
    '7.', '７', '０７', '7e0', ' 7', '7 ', ' 7 ', '07', '007', '-1', '+7', '', ' ', '7,5', '0x7', '7_0', 'abs', 'Abs', 'A', 'CF', 'clear',
    'NaN', 'Infinity', '1e1', '--', '7\u0000', '٧', '七', '\u202e7', '7\n', 'null', 'true',
  ])('%j is refused, never repaired', async (typed) => {
    await refuses(() => mark(typed), 422, 'mark-malformed', 'mark');
  });

  it('in halves says that marks are whole', async () => {
    await refuses(() => mark('7.5'), 422, 'mark-not-half', 'mark');
  });

  it('over the maximum says the maximum', async () => {
    for (const typed of ['81', '99', '1000', '9007199254740993']) {
      expect(await refuses(() => mark(typed), 422, 'mark-out-of-range', 'mark')).toMatchObject({ maximum: 80 });
    }
  });

  it('is halved only where there are half marks', async () => {
    const half = (typed: string) => mark(typed, markPath('0001', CENTRE, HALVES));
    for (const typed of ['7.', '.5', '7.50', '7.25', '7.0', '07.5', '7,5', '-0.5']) await refuses(() => half(typed), 422, 'mark-malformed', 'mark');
    await refuses(() => half('20.5'), 422, 'mark-out-of-range', 'mark');
    expect((await half('7.5')).body).toMatchObject({ mark: 7.5 });
  });

  it.each([[7], [7.5], [null], [true], [['7']], [{ mark: '7' }], ['7'.repeat(17)]])('of the wrong kind: %j', async (typed) => {
    await refuses(() => mark(typed), 422, 'malformed-request', 'mark');
  });
});

describe('a mark for nobody', () => {
  it('names what is not known', async () => {
    await refuses(() => mark('7', markPath('0999')), 404, 'candidate-unknown', 'candidate');
    for (const number of ['1', '00001', 'abcd', '０００１', '__proto__', '-001', '0001%20', 'x'.repeat(60)]) {
      await refuses(() => mark('7', markPath(number)), 404, 'candidate-unknown', 'candidate');
    }
    for (const centre of ['68199', '6810', '681011', '6810a', '__proto__', '６８１０１']) {
      await refuses(() => mark('7', markPath('0001', centre)), 404, 'centre-unknown', 'centre');
    }
    for (const component of ['9522/01@2017-01', '9521/01@2018-01', '9999', '__proto__', 'constructor', '@', '@2017-01', ' 9521/01']) {
      await refuses(() => mark('7', markPath('0001', CENTRE, component)), 404, 'component-unknown', 'component');
    }
  });

  it('is not entered on another examiner’s sheet, by nobody', async () => {
    await refuses(() => mark('7', markPath('0009')), 403, 'not-your-candidate', 'candidate');
    for (const other of [exam.bryn, exam.leader, exam.principal]) {
      await refuses(() => other.ask('PUT', markPath('0001'), { body: { mark: '7' } }), 403, 'not-your-candidate', 'candidate');
    }
    for (const other of [exam.admin, exam.auditor]) {
      await refuses(() => other.ask('PUT', markPath('0001'), { body: { mark: '7' } }), 403, 'not-permitted');
    }
  });
});

describe('a mark that was changed elsewhere', () => {
  it('is not overwritten: who changed it, when, to what', async () => {
    const { revision } = (await enter(exam.anna, '0002', '30')) as { revision: number };
    const there = await enter(exam.anna, '0002', '31');
    const stale = () => exam.anna.ask('PUT', markPath('0002'), { body: { mark: '32' }, headers: { 'if-match': `"${revision}"` } });
    expect(await refuses(stale, 409, 'changed-elsewhere', 'expect')).toMatchObject({
      candidate: '0002',
      mark: 31,
      revision: there['revision'],
      by: 'Somebody called anna',
      at: there['recordedAt'],
    });
    const seen = { 'if-match': `"${there['revision']}"` };
    expect((await exam.anna.ask('PUT', markPath('0002'), { body: { mark: '32' }, headers: seen })).status).toBe(200);
  });

  it.each(['7', 'W/"7"', '""', '"-1"', '"7.5"', '"99999999999999999999"', '*', '"a"'])('an If-Match of %s is none', async (given) => {
    await refuses(() => exam.anna.ask('PUT', markPath('0002'), { body: { mark: '7' }, headers: { 'if-match': given } }), 422, 'malformed-request', 'If-Match');
  });
});

describe('a request that is none', () => {
  const put = (body: unknown, headers: Record<string, string> = {}) => exam.anna.ask('PUT', markPath('0001'), { body, headers });

  it('has a command id, and a good one', async () => {
    for (const commandId of ['', 'x', '1', 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa', '../../etc/passwd', 'a'.repeat(5000)]) {
      await refuses(() => exam.anna.ask('PUT', markPath('0001'), { body: { mark: '7' }, commandId }), 422, 'malformed-request', 'Idempotency-Key');
    }
  });

  it('has a body of JSON, not too long, with the fields that are known', async () => {
    for (const body of ['', '{', '{"mark":}', 'mark=7', '\u0000', '[1', '{"mark":"7"}x']) await refuses(() => put(body), 422, 'malformed-request');
    for (const body of ['null', '7', '"7"', '[]', 'true']) await refuses(() => put(body), 422, 'malformed-request', 'body');
    await refuses(() => put({ mark: '7', maximum: 100 }), 422, 'malformed-request', 'maximum');
    await refuses(() => put({ mark: '7', confirmed: 'yes' }), 422, 'malformed-request', 'confirmed');
    await refuses(() => put({ mark: '7', enteredAt: 'yesterday' }), 422, 'malformed-request', 'enteredAt');
    await refuses(() => put({ mark: '7', queuedMs: -1 }), 422, 'malformed-request', 'queuedMs');
    await refuses(() => put({ mark: '7', queuedMs: 1e300 }), 422, 'malformed-request', 'queuedMs');
    await refuses(() => put('{"mark":"7","__proto__":{"confirmed":true}}'), 422, 'malformed-request', undefined);
    await refuses(() => put(`{"mark":"7","x":"${'y'.repeat(300 * 1024)}"}`), 413, 'too-large');
    await refuses(() => put('[' .repeat(50_000) + ']'.repeat(50_000)), 422, 'malformed-request', 'body');
    await refuses(() => put('mark=7', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'unsupported-media-type');
    await refuses(() => put('<mark>7</mark>', { 'content-type': 'text/xml' }), 415, 'unsupported-media-type');
    await refuses(() => put('{"mark":"7"}', { 'content-type': 'text/plain' }), 415, 'unsupported-media-type');
  });

  it('is about something that there is, in a way that there is', async () => {
    await refuses(() => exam.anna.ask('GET', '/emi/nothing/here/at/all'), 404, 'not-found');
    await refuses(() => exam.anna.ask('DELETE', markPath('0001')), 405, 'method-not-allowed');
    expect((await exam.anna.ask('DELETE', markPath('0001'))).headers.get('allow')).toBe('PUT');
    await refuses(() => exam.anna.ask('POST', '/health'), 405, 'method-not-allowed');
    await refuses(() => exam.anna.ask('GET', '/../../etc/passwd'), 404, 'not-found');
    await refuses(() => exam.anna.ask('GET', '/emi/%E0%A4%A/sheets'), 422, 'malformed-request');
  });
});

describe('a batch', () => {
  it('is answered row by row: what stands stands, what does not says why', async () => {
    const row = (candidate: string, typed: unknown, more: object = {}) => ({ commandId: crypto.randomUUID(), candidate, mark: typed, ...more });
    const marks = [row('0003', '40'), row('0004', '81'), row('0009', '40'), row('0999', '40'), row('0005', '4.5'), { ...row('0006', '7'), commandId: 'no' },
      null, 'row', row('0006', 7), row('0003', '41', { expect: 0 }), row('0007', '0', { confirmed: true })];
    const before = (await portal.log()).length;
    const { status, body } = await exam.anna.ask<Record<string, never>[]>('POST', `${sheetPath()}/marks`, { body: { marks } });
    expect(status).toBe(200);
    const said = body.map(({ recorded, refused }: { recorded?: { mark: unknown }; refused?: { type: string; field: string } }) =>
      recorded === undefined ? `${refused?.type} ${refused?.field}` : recorded.mark,
    );
    expect(said).toEqual([40, 'mark-out-of-range mark', 'not-your-candidate candidate', 'candidate-unknown candidate', 'mark-not-half mark',
      'malformed-request commandId', 'malformed-request row', 'malformed-request row', 'malformed-request mark', 'changed-elsewhere expect', 0]);
    expect((await portal.log()).length).toBe(before + 2);
  });

  it('is refused as a whole only where it is no batch', async () => {
    const batch = (body: unknown) => exam.anna.ask('POST', `${sheetPath()}/marks`, { body });
    for (const body of [{}, { marks: [] }, { marks: {} }, { marks: 'all' }, { marks: Array.from({ length: 501 }, () => 0) }]) {
      await refuses(() => batch(body), 422, 'malformed-request', 'marks');
    }
    await refuses(() => batch({ marks: [1], all: true }), 422, 'malformed-request', 'all');
  });
});

describe('other commands', () => {
  const candidate = (name: string, body: unknown) => exam.anna.ask('POST', `${sheetPath()}/candidates/0001/${name}`, { body });

  it('name the field that is wrong', async () => {
    await refuses(() => candidate('flag', { flagged: 1 }), 422, 'malformed-request', 'flagged');
    await refuses(() => candidate('concern', { kind: 'boredom' }), 422, 'malformed-request', 'kind');
    await refuses(() => candidate('script', { received: false, reason: 'x'.repeat(201) }), 422, 'malformed-request', 'reason');
    await refuses(() => candidate('verification', { mark: '7', keep: 'third' }), 422, 'malformed-request', 'keep');
    await refuses(() => candidate('verification', { mark: '7' }), 409, 'mark-not-entered', 'candidate');
    await refuses(() => exam.anna.ask('POST', `${sheetPath()}/unlisted`, { body: { number: 'x' } }), 422, 'malformed-request', 'number');
  });

  it('submissions too', async () => {
    const submit = (body: unknown) => exam.bryn.ask('POST', submissionsPath, { body });
    await refuses(() => submit({ centre: '1' }), 422, 'malformed-request', 'centre');
    await refuses(() => submit({ sheets: [] }), 422, 'malformed-request', 'sheets');
    await refuses(() => submit({ sheets: [{ centre: CENTRE, candidates: [{ candidate: '0009' }] }] }), 422, 'malformed-request', 'sheets.0.candidates.0.revision');
    await refuses(() => submit({}), 409, 'no-marks-to-submit');
    await refuses(() => exam.bryn.ask('POST', '/emi/none/submissions', { body: {} }), 404, 'component-unknown', 'component');
  });

  it('and what administrators set up', async () => {
    const put = (body: object) => exam.admin.ask('PUT', `/admin/components/${encodeURIComponent(COMPONENT)}`, { body });
    const whole = { component: COMPONENT, kind: 'EMI', series: 'January 2017', titles: { en: 'A', cy: 'B' }, maximum: 80, deadline: '2017-02-12T23:59:00Z' };
    for (const [field, value] of [['kind', 'X'], ['series', 'May 2017'], ['maximum', 0], ['maximum', 1.5], ['deadline', 'soon'], ['titles.en', '']] as const) {
      const wrong = field === 'titles.en' ? { ...whole, titles: { en: '', cy: 'B' } } : { ...whole, [field]: value };
      await refuses(() => put(wrong), 422, 'malformed-request', field);
    }
    await refuses(() => put({ ...whole, component: '9999/01@2017-01' }), 422, 'malformed-request', 'component');
    await refuses(() => put({ ...whole, series: 'June 2017' }), 422, 'setting-malformed', 'component');
    await enter(exam.anna, '0008', '78');
    await refuses(() => put({ ...whole, maximum: 70 }), 409, 'maximum-below-mark', 'maximum');
    const account = (body: object) => exam.admin.ask('POST', '/admin/accounts', { body });
    await refuses(() => account({ username: 'nobody', name: 'N', roles: ['admin'] }), 422, 'malformed-request', 'username');
    await refuses(() => account({ username: exam.anna.username, name: 'N', roles: ['admin'] }), 409, 'account-exists', 'username');
    await refuses(() => account({ username: 'n@x', name: 'N', roles: ['king'] }), 422, 'malformed-request', 'roles.0');
  });

  it('imports refuse bad rows with row, field and reason, and keep the others', async () => {
    const rows = [
      { CentreNo: CENTRE, CandidateNo: '0011', Examiner: exam.bryn.username },
      { CentreNo: '1', CandidateNo: '0012', Examiner: exam.bryn.username },
      { CentreNo: CENTRE, CandidateNo: '12', Examiner: exam.bryn.username },
      { CentreNo: CENTRE, CandidateNo: '0013', Examiner: 'nobody@nowhere' },
      { CentreNo: CENTRE, CandidateNo: '0001', Examiner: exam.bryn.username },
      { CentreNo: CENTRE, CandidateNo: '0009', Examiner: exam.bryn.username },
      7,
      { CentreNo: CENTRE },
      { CentreNo: CENTRE, CandidateNo: '0014', Examiner: exam.auditor.username },
      { CentreNo: CENTRE, CandidateNo: '0014', Examiner: exam.admin.username },
    ];
    const path = `/admin/components/${encodeURIComponent(COMPONENT)}/allocations`;
    const { body } = await exam.admin.ask('POST', path, { body: { rows } });
    expect(body).toMatchObject({ accepted: 1, unchanged: 1 });
    expect(body['refused']).toEqual([
      { row: 2, candidate: '0012', field: 'CentreNo', reason: 'centre-unknown' },
      { row: 3, candidate: '12', field: 'CandidateNo', reason: 'candidate-unknown' },
      { row: 4, candidate: '0013', field: 'Examiner', reason: 'person-unknown' },
      { row: 5, candidate: '0001', field: 'CandidateNo', reason: 'already-allocated' },
      { row: 7, candidate: null, field: 'row', reason: 'malformed-request' },
      { row: 8, candidate: null, field: 'CandidateNo', reason: 'malformed-request' },
      ...[9, 10].map((row) => ({ row, candidate: '0014', field: 'Examiner', reason: 'role-unknown' })),
    ]);
  });
});
