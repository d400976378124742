/** Behind a proxy of one's own it is the person's address that is shown and counted, not the proxy's. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { API_RESOURCE, SIGN_IN_SCOPE, TERMINAL_CLIENT } from '@portal/contract';
import { call, type Jar } from '../testing/amp.js';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';

let identity: RunningIdentity;
beforeAll(async () => void (identity = await runIdentity({ trustProxy: ['127.0.0.1'] })));
afterAll(() => identity.stop());

const from = (address: string) => ({ 'x-forwarded-for': address, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' });

async function asked(address: string): Promise<string> {
  const body = new URLSearchParams({ client_id: TERMINAL_CLIENT, scope: SIGN_IN_SCOPE, resource: API_RESOURCE });
  const answer = await fetch(`${identity.url}/oidc/device/auth`, { method: 'POST', body, headers: from(address) });
  return String(((await answer.json()) as { user_code: string }).user_code);
}

/** Types a code at an address; each as somebody who has just opened the page. */
async function typed(code: string, address: string): Promise<{ readonly status: number; readonly text: string }> {
  const jar: Jar = new Map();
  const page = await (await call(jar, `${identity.url}/oidc/device`)).text();
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
  const body = new URLSearchParams({ xsrf, user_code: code });
  const answer = await fetch(`${identity.url}/oidc/device`, { method: 'POST', body, headers: { ...from(address), cookie } });
  return { status: answer.status, text: await answer.text() };
}

it('shows where a code was asked from, and counts wrong ones by where they were typed', async () => {
  const code = await asked('203.0.113.7');
  const shown = await typed(code, '198.51.100.4');
  expect([shown.status, shown.text]).toEqual([200, expect.stringContaining('<dd>203.0.113.7</dd>')]);
  for (let n = 0; n < 20; n += 1) expect((await typed('BBBB-BBBB', '192.0.2.9')).text).toContain('There is no such code');
  expect((await typed(code, '192.0.2.9')).status).toBe(429);
  expect((await typed(code, '198.51.100.4')).status).toBe(200);
});
