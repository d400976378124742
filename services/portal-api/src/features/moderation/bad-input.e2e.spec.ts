import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROBLEM_TYPES } from '@portal/contract';
import { centrePath, FIRST, openCentres, sampledPath, setUpUnit, UNIT, type Name, type Unit } from '../../testing/one-unit.js';
import { startPortal, type Answer, type Portal } from '../../testing/portal.js';

let portal: Portal;
let unit: Unit;
beforeAll(async () => {
  portal = await startPortal();
  unit = await setUpUnit(portal);
  await openCentres(unit);
});
afterAll(() => portal.stop());

const reason = 'for a reason';
const long = 'x'.repeat(2001);
type Route = readonly [name: Name, method: 'PUT' | 'POST', what: string, good: object, bad: readonly (readonly [field: string, body: unknown])[]];

const noReason = (more: object = {}): Route[4] => [
  ['reason', { ...more }],
  ['reason', { ...more, reason: '' }],
  ['reason', { ...more, reason: '\u0007 \u202e' }],
  ['reason', { ...more, reason: long }],
  ['reason', { ...more, reason: 7 }],
  ['extra', { ...more, reason, extra: 1 }],
];

const routes: readonly Route[] = [
  ['mair', 'PUT', 'candidates/0001/mark', { mark: '40' }, [['mark', {}], ['mark', { mark: 40 }], ['mark', { mark: 'x'.repeat(17) }], ['enteredAt', { mark: '4', enteredAt: 'now' }], ['queuedMs', { mark: '4', queuedMs: -1 }]]],
  ['mair', 'POST', 'candidates/0001/work', { received: true }, [['body', {}], ['body', { received: false }], ['reason', { received: false, reason: '' }], ['reason', { received: false, reason: '\u0007' }], ['body', { received: 'no' }]]],
  ['mair', 'POST', 'candidates/0001/replacement', { reason }, noReason()],
  ['mair', 'POST', 'candidates/0001/change', { mark: '4', reason }, [...noReason({ mark: '4' }), ['mark', { reason }], ['teachingGroup', { mark: '4', reason, teachingGroup: 'x'.repeat(13) }]]],
  ['principal', 'POST', 'changes/3', { approve: true }, [['body', {}], ['body', { approve: false }], ['reason', { approve: false, reason: ' ' }]]],
  ['principal', 'POST', 'further-sample', { reason }, [...noReason(), ['size', { reason, size: 0 }], ['size', { reason, size: 1.5 }], ['size', { reason, size: 501 }]]],
  ['mair', 'PUT', 'report', { language: 'en' }, [['language', {}], ['language', { language: 'fr' }], ['accuracy', { language: 'en', accuracy: 'x'.repeat(4001) }], ['complete', { language: 'en', complete: 'yes' }]]],
  ['mair', 'POST', 'report/reopening', {}, [['extra', { extra: 1 }]]],
  ['mair', 'POST', 'submission', {}, [['extra', { extra: 1 }]]],
  ['principal', 'POST', 'approval', {}, [['outcome', { outcome: -1 }], ['outcome', { outcome: '3' }], ['extra', { extra: 1 }]]],
  ['principal', 'POST', 'return', { reason }, [...noReason(), ['of', { reason, of: 'everything' }]]],
  ['principal', 'POST', 'choice', { method: 'accept', reason }, [...noReason({ method: 'accept' }), ['method', { reason }], ['method', { reason, method: 'magic' }], ['anchors', { reason, method: 'piecewise', anchors: [] }], ['tolerance', { reason, method: 'ols', tolerance: 0.5 }]]],
  ['principal', 'POST', 'what-if', { options: [{ method: 'ols' }] }, [['options', {}], ['options', { options: [] }], ['options.0.method', { options: [{}] }], ['options', { options: Array.from({ length: 13 }, () => ({ method: 'ols' })) }]]],
  ['principal', 'POST', 'reallocation', { to: 'x' }, [['to', {}], ['to', { to: 7 }], ['entered', { to: 'x', entered: 'submit' }]]],
];

/** Refused with a problem, and nothing written. */
async function refuses(ask: () => Promise<Answer>, expected: object): Promise<void> {
  const before = (await portal.log()).length;
  const { status, headers, body } = await ask();
  expect({ status, type: body['type'], field: body['field'] }).toMatchObject(expected);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect((await portal.log()).length).toBe(before);
}

describe.each(routes)('%s %s %s', (name, method, what, good, bad) => {
  const ask = (path: string, body: unknown, more: object = {}) => () => unit[name].ask(method, path, { body, ...more });

  it.each(bad)('names %s where it is wrong', async (field, body) => {
    await refuses(ask(centrePath(FIRST, what), body), { status: 422, type: 'malformed-request', field });
  });

  it('takes a body that is one', async () => {
    for (const body of ['{', '"x"', '[]', 'null1', '7']) {
      await refuses(ask(centrePath(FIRST, what), body), { status: 422, type: 'malformed-request' });
    }
  });

  it('names what it does not know', async () => {
    for (const centre of ['68299', '6820', 'abcde', '__proto__', '６８２０１', '682011']) {
      await refuses(ask(centrePath(centre, what), good), { status: 404, type: what === 'reallocation' ? 'person-unknown' : 'centre-unknown', ...(what === 'reallocation' && { status: 422 }) });
    }
    for (const unknown of ['3000N2@2017-06', '3000N1@2018-06', '__proto__', '@', 'constructor']) {
      await refuses(ask(`/iamis/${encodeURIComponent(unknown)}/centres/${FIRST}/${what}`, good), { status: 404, type: 'component-unknown', field: 'component' });
    }
    expect(encodeURIComponent(UNIT)).toContain('3000N1');
  });

  it('asks for a command id where it writes', async () => {
    if (what === 'what-if') return;
    for (const commandId of ['', 'x', '../../etc/passwd']) {
      await refuses(ask(centrePath(FIRST, what), good, { commandId }), { status: 422, type: 'malformed-request', field: 'Idempotency-Key' });
    }
  });
});

describe('a candidate who is none', () => {
  it('is refused by name', async () => {
    for (const number of ['0099', '1', 'abcd', '__proto__', '０００１', '0001%20', 'x'.repeat(60)]) {
      for (const [what, body] of [['mark', { mark: '4' }], ['work', { received: true }], ['replacement', { reason }]] as const) {
        const method = what === 'mark' ? 'PUT' : 'POST';
        await refuses(() => unit.mair.ask(method, sampledPath(FIRST, number, what), { body }), { status: 404, type: 'candidate-unknown', field: 'candidate' });
      }
    }
    await refuses(() => unit.mair.ask('POST', sampledPath(FIRST, 'abcd', 'change'), { body: { mark: '4', reason } }), { status: 404, type: 'candidate-unknown' });
    await refuses(() => unit.mair.ask('POST', sampledPath(FIRST, '0001', 'change'), { body: { mark: '4', reason, teachingGroup: 'Mrs; J' } }), { status: 422, type: 'setting-malformed', field: 'teachingGroup' });
  });

  it.each(['7.', '７', '7e0', ' 7', '07', '-1', 'abs', 'ABS', 'CF', '', 'NaN', '51', '7.5'])('nor is %j a moderator’s mark', async (mark) => {
    await refuses(() => unit.mair.ask('PUT', sampledPath(FIRST, '0001', 'mark'), { body: { mark } }), { status: 422, field: 'mark' });
  });

  it.each(['7', '""', '"-1"', '*'])('nor %s a revision', async (given) => {
    await refuses(() => unit.mair.ask('PUT', sampledPath(FIRST, '0001', 'mark'), { body: { mark: '4' }, headers: { 'if-match': given } }), { status: 422, type: 'malformed-request', field: 'If-Match' });
  });
});

describe('whatever address is read', () => {
  it('is answered with a problem that is known', async () => {
    for (const what of ['sample', 'outcome', 'report', 'changes', 'nothing', '..%2f', '%00']) {
      for (const centre of ['68299', '__proto__', '%00', '..', 'x'.repeat(150)]) {
        for (const name of ['mair', 'auditor', 'admin'] as const) {
          const { status, body } = await unit[name].ask('GET', centrePath(centre, what));
          expect([status, PROBLEM_TYPES.includes(body['type'] as never)]).toEqual([expect.any(Number), true]);
          expect(status).toBeLessThan(500);
        }
      }
    }
  });
});
