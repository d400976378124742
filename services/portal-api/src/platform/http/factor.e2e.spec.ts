/** What wants a factor of late says so, with how late; whoever has proven one is let in by the same request. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPortal, type Portal } from '../../testing/portal.js';
import { FACTOR_AGE_S, ROUTES } from './routes.js';

let portal: Portal;
let account: string;
beforeAll(async () => {
  portal = await startPortal();
  ({ account } = await portal.person('all', ['admin', 'appointee']));
});
afterAll(() => portal.stop());

const wanting = Object.entries(ROUTES).flatMap(([name, { factor }]) => (factor === undefined ? [] : [{ name, factor }]));

async function knock(name: string, claims: Readonly<Record<string, unknown>>) {
  const [method = '', path = ''] = name.split(' ');
  const token = await portal.issuer.token({ account, claims });
  const headers = { authorization: `Bearer ${token}`, 'content-type': ROUTES[name]?.takes ?? 'application/json', 'idempotency-key': crypto.randomUUID() };
  const response = await fetch(portal.url + path.replace(/:\w+/g, 'x'), { method, headers, ...(method !== 'GET' && method !== 'HEAD' && { body: '{}' }) });
  // To HEAD nothing is said but the status.
  if (method === 'HEAD') return { status: response.status };
  return (await response.json()) as { type?: string; status?: number; maxAgeS?: number };
}

const secondsAgo = (age: number): number => Math.floor(Date.now() / 1000) - age;

describe('a factor of late', () => {
  it('is wanted for what cannot be taken back, and for accounts and teams', () => {
    expect(wanting.filter(({ factor }) => factor === 'recent').map(({ name }) => name)).toEqual(expect.arrayContaining([
      'POST /iamis/:component/centres/:centre/approval', 'POST /admin/accounts', 'POST /admin/components/:component/team',
      'POST /admin/accounts/:username/unlock', 'POST /admin/accounts/:username/reset-factors',
      'POST /admin/accounts/:username/end-sessions',
    ]));
    expect(wanting.filter(({ factor }) => factor === 'this-sign-in').map(({ name }) => name)).toEqual([
      'POST /emi/:component/submissions', 'POST /iamis/:component/centres/:centre/submission',
    ]);
  });

  it.each(wanting)('$name: $factor', async ({ name, factor }) => {
    const age = FACTOR_AGE_S[factor];
    const needed = { type: 'factor-needed', status: 401, maxAgeS: age };
    expect(await knock(name, { factor_time: secondsAgo(age + 5) })).toMatchObject(needed);
    expect((await knock(name, { factor_time: secondsAgo(age - 30) })).type).not.toBe('factor-needed');
    // An issuer that does not say it is taken at when the sign-in was.
    expect(await knock(name, { factor_time: undefined, auth_time: secondsAgo(age + 5) })).toMatchObject(needed);
    expect((await knock(name, { factor_time: undefined, auth_time: secondsAgo(age - 30) })).type).not.toBe('factor-needed');
    expect(await knock(name, { factor_time: undefined, auth_time: undefined })).toMatchObject(needed);
    expect(await knock(name, { factor_time: String(secondsAgo(0)) })).toMatchObject(needed);
  });
});

describe('a token of an account that has nothing set up besides its password', () => {
  const known = Object.entries(ROUTES).filter(([, { who }]) => who !== 'anyone').map(([name]) => name);
  const open = ['GET /me', 'GET /doorbell'];

  it.each(known.filter((name) => !open.includes(name)))('does not open %s', async (name) => {
    expect(await knock(name, { factor_due: true })).toMatchObject({ status: 403, ...(!name.startsWith('HEAD ') && { type: 'factor-not-set-up' }) });
  });

  it('says who it is, and opens the rest where nothing is wanted', async () => {
    expect(await knock('GET /me', { factor_due: true })).toMatchObject({ account });
    expect(await knock('GET /services', {})).toEqual(expect.any(Array));
  });
});
