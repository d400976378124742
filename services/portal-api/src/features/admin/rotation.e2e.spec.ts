/** Keys are changed while people work. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { signIn } from '../../testing/sign-in.js';
import { PASSWORD, startProcess } from '../../testing/process.js';

const folder = mkdtempSync(join(tmpdir(), 'portal-rotation-'));
const environment = { PORTAL_DEMO: '1', PORTAL_DEMO_PASSWORD: PASSWORD, PORTAL_DEMO_FACTORS: '0' };
const service = startProcess(folder, environment);
afterAll(async () => {
  service.child.kill('SIGTERM');
  await service.ended;
  rmSync(folder, { recursive: true, force: true });
});

it('nobody is signed out by it, and whoever signs in next is taken at once', async () => {
  const { url } = await service.ready();
  const call = async (token: string, method: string, path: string, command: string = crypto.randomUUID()) => {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': command };
    const response = await fetch(url + path, { method, headers });
    return { status: response.status, body: (await response.json()) as { kid?: string; type?: string } };
  };
  const [admin, user7] = [
    await signIn(url, 'admin@wjec-appointees.co.uk', PASSWORD), await signIn(url, 'user7@wjec-appointees.co.uk', PASSWORD),
  ];
  expect((await call(user7, 'GET', '/me')).status).toBe(200);
  expect((await call(user7, 'POST', '/admin/keys/rotation')).body.type).toBe('not-permitted');
  const command = crypto.randomUUID();
  const { status, body } = await call(admin, 'POST', '/admin/keys/rotation', command);
  // Sent again it changes nothing.
  expect((await call(admin, 'POST', '/admin/keys/rotation', command)).body).toEqual(body);
  expect([status, body.kid]).toEqual([200, expect.stringMatching(/^[\w-]{36}$/)]);
  const after = await signIn(url, 'user7@wjec-appointees.co.uk', PASSWORD);
  expect(JSON.parse(Buffer.from(after.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({ kid: body.kid });
  for (const token of [admin, user7, after]) expect((await call(token, 'GET', '/me')).status).toBe(200);
});
