/** A refused form leads to a page of its own: loading that again sends nothing once more. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { runIdentity, type RunningIdentity } from '../testing/running-identity.js';

let identity: RunningIdentity;
beforeAll(async () => {
  identity = await runIdentity();
});
afterAll(() => identity.stop());

const HTML = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };

async function sent(path: string, fields: Readonly<Record<string, string>>, cookie = '') {
  const body = new URLSearchParams(fields).toString();
  return fetch(identity.url + path, { method: 'POST', headers: { ...HTML, cookie }, body, redirect: 'manual' });
}

it('of the provider: a code that is wrong is not counted once more', async () => {
  const entry = await fetch(`${identity.url}/oidc/device`, { headers: { accept: 'text/html' } });
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await entry.text())?.[1] ?? '';
  const cookie = entry.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const answer = await sent('/oidc/device', { xsrf, user_code: 'BBBB-BBBB' }, cookie);
  const location = answer.headers.get('location') ?? '';
  expect([answer.status, location, await answer.text()]).toEqual([303, '/oidc/device?wrong=NotFoundError&user_code=BBBB-BBBB', '']);
  for (let load = 0; load < 30; load += 1) {
    const page = await (await fetch(new URL(location, identity.url), { headers: { accept: 'text/html', cookie } })).text();
    expect(page).toContain('There is no such code');
  }
  for (const odd of ['toString', '%3Cb%3E', '__proto__']) {
    const page = await fetch(`${identity.url}/oidc/device?wrong=${odd}`, { headers: { accept: 'text/html' } });
    expect([page.status, (await page.text()).includes('<b>')]).toEqual([200, false]);
  }
});

it('of a sign-in that is over', async () => {
  const { headers } = await fetch(`${identity.url}/recovery`, { headers: { accept: 'text/html' } });
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const page = await (await fetch(`${identity.url}/recovery`, { headers: { accept: 'text/html', cookie } })).text();
  const form = /name="form" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const answer = await sent('/sign-in/abc/password', { form, password: 'whatever it was' }, cookie);
  expect([answer.status, answer.headers.get('location'), await answer.text()]).toEqual([303, '/sign-in/ended', '']);
  const ended = await fetch(`${identity.url}/sign-in/ended`, { headers: { accept: 'text/html' } });
  expect([ended.status, (await ended.text()).includes('This sign-in has ended')]).toEqual([401, true]);
});
