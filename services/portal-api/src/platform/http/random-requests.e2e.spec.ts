import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROBLEM_TYPES } from '@portal/contract';
import fc from 'fast-check';
import { connect } from 'node:net';
import { COMPONENT, setUp, type Examination } from '../../testing/one-component.js';
import { FIRST, openCentres, setUpUnit, UNIT } from '../../testing/one-unit.js';
import { startPortal, type Portal } from '../../testing/portal.js';
import { ROUTES } from './routes.js';

let portal: Portal;
let exam: Examination;
beforeAll(async () => {
  portal = await startPortal();
  exam = await setUp(portal);
  await openCentres(await setUpUnit(portal));
});
afterAll(() => portal.stop());

const routes = Object.keys(ROUTES).filter((route) => !['GET /doorbell', 'GET /documents/:id/progress'].includes(route));
const deep = (depth: number): string => '{"marks":'.repeat(depth) + '1' + '}'.repeat(depth);

/** What is nearly right goes further in than what is wrong altogether. */
const word = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '68101', '0001', COMPONENT, UNIT, FIRST, '9521/01', '..', '.', '%', '\u0000', '\ufeff', '𝟘𝟘𝟘𝟙', '-1', 'a'.repeat(300)),
);
const key = fc.oneof(
  fc.constantFrom('mark', 'marks', 'rows', 'candidate', 'commandId', 'expect', 'sheets', 'centre', 'to', 'from', 'candidates', 'entered', 'confirmed'),
  fc.constantFrom('__proto__', 'constructor', 'dryRun', 'CentreNo', 'CandidateNo', 'Examiner', 'Person', 'Role', 'Name', 'Series', 'kind', 'number', 'flagged'),
  fc.constantFrom('reason', 'received', 'teachingGroup', 'approve', 'size', 'language', 'accuracy', 'complete', 'of', 'method', 'anchors', 'options', 'outcome', 'submit', 'Mark', 'Moderator'),
);
const value = fc.oneof(word, fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.uuid());
const { body } = fc.letrec((tie) => ({
  body: fc.oneof({ maxDepth: 4 }, value, fc.array(tie('body'), { maxLength: 4 }), fc.dictionary(key, tie('body'), { maxKeys: 5 })),
}));
const text = fc.oneof(
  body.map((made) => JSON.stringify(made)),
  word,
  fc.constantFrom('', '{', '[]', 'null', '"', '{"__proto__":{"x":1}}', '{"constructor":{"prototype":{}}}', deep(20_000), `"${'x'.repeat(100_000)}"`),
);
const headers = fc.record(
  {
    'idempotency-key': fc.oneof(fc.uuid(), fc.constantFrom('', 'x', '"', 'é')),
    'if-match': fc.constantFrom('"0"', '*', '"', '0', '"-1"', '"9007199254740993"'),
    'portal-capacity': fc.constantFrom('examiner', 'principal', 'examiner; member=x', '; member=', 'x'.repeat(500), '__proto__'),
    'content-type': fc.constantFrom('application/json', 'application/json; charset=utf-16', 'text/plain', 'application/x-www-form-urlencoded', 'x', 'multipart/form-data'),
    'accept-language': fc.constantFrom('cy', 'en', '*', ';;;', 'x'.repeat(1000)),
    'content-encoding': fc.constantFrom('gzip', 'x', ...Array.from({ length: 8 }, () => 'identity')),
    'portal-client': fc.constantFrom('1.0.0', 'x'.repeat(200), '<script>'),
    'x-http-method-override': fc.constant('DELETE'),
  },
  { requiredKeys: [] },
);
const query = fc.oneof(
  fc.constant(''),
  word.map((given) => `?atLeast=${encodeURIComponent(given.toWellFormed())}`),
  fc.constantFrom('?atLeast', '?atLeast=1&atLeast=2', '?atLeast[]=1', '?__proto__=1', '?atLeast=99999999999999999999', '?%', '?&&&='),
);

const addressOf = (route: string, words: readonly string[]): string => {
  let n = 0;
  return (route.split(' ')[1] as string).replace(/:\w+/g, () => encodeURIComponent((words[n++ % words.length] ?? '').toWellFormed()) || 'x');
};

describe('whatever is asked', () => {
  it('is answered with a problem of a known type, or done, and never breaks anything', async () => {
    const people = [exam.anna, exam.admin, exam.auditor, exam.principal, await portal.person('mair')];
    const request = fc.record({
      route: fc.constantFrom(...routes),
      words: fc.oneof(fc.array(word, { minLength: 1, maxLength: 3 }), fc.constantFrom([COMPONENT, '68101', '0001'], [UNIT, FIRST, '0001'])),
      person: fc.constantFrom(...people),
      text,
      headers,
      query,
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ route, words, person, text: given, headers: more, query: asked }) => {
        const [method] = route.split(' ') as [string];
        const withBody = method === 'GET' || method === 'HEAD' ? {} : { body: given };
        const answer = await person.ask(method, addressOf(route, words) + asked, { headers: more, ...withBody });
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 400 && method !== 'HEAD') expect(PROBLEM_TYPES).toContain(answer.body['type']);
      }),
      { numRuns: 2_000, endOnFailure: true },
    );
  });

  it('is answered in kind where it is no HTTP, or none of ours', async () => {
    const host = 'Host: 127.0.0.1\r\n';
    const said = await Promise.all(
      [
        'GARBAGE\r\n\r\n',
        `GET /health HTTP/9.9\r\n${host}\r\n`,
        `PUT / HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`,
        `PUT / HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
        `GET /${'x'.repeat(30_000)} HTTP/1.1\r\n${host}\r\n`,
        `GET /health HTTP/1.1\r\n${host}${'X-Many: y\r\n'.repeat(3_000)}\r\n`,
        `GET /health HTTP/1.1\r\n${host}X: a\u0000b\r\n\r\n`,
        `TRACE /health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
        `OPTIONS * HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
        `CONNECT 127.0.0.1:1 HTTP/1.1\r\n${host}\r\n`,
        `GET http://elsewhere/health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
        `GET /../../etc/passwd HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
        `GET /emi/%00/sheets HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
        `GET //health HTTP/1.1\r\n${host}Connection: close\r\n\r\n`,
        `POST /oidc/token HTTP/1.1\r\n${host}Content-Length: 3\r\nConnection: close\r\n\r\n%%%`,
        `POST /sign-in/x/username HTTP/1.1\r\n${host}Content-Length: 3\r\nConnection: close\r\n\r\n{{{`,
      ].map((raw) => rawAnswer(portal.url, raw)),
    );
    for (const answer of said) expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
    expect((await fetch(`${portal.url}/health`)).status).toBe(200);
  });

  it('with methods that no route has', async () => {
    for (const method of ['PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND', 'POST']) {
      const { status } = await fetch(`${portal.url}/emi`, { method, headers: { authorization: `Bearer ${exam.anna.token}` } });
      expect([404, 405]).toContain(status);
    }
  });
});

/** What comes back, until the other side closes or says nothing more. */
function rawAnswer(url: string, request: string): Promise<string> {
  const { port } = new URL(url);
  return new Promise((resolve) => {
    let said = '';
    const socket = connect({ port: Number(port), host: '127.0.0.1' }, () => socket.write(request));
    socket.setTimeout(1_500, () => socket.destroy());
    socket.on('data', (chunk) => (said += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(said));
  });
}
