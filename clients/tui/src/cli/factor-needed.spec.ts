import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { portalPaths } from '../platform/paths.js';
import { openTokenStore } from '../platform/session/token-store.js';
import { runCommandLine } from './run.js';

/** A service that takes nobody's word any more: everything wants a newer factor. */
const service = createServer((_, response) => {
  response.writeHead(401, { 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'factor-needed', title: '', status: 401, detail: 'prove again who you are', maxAgeS: 900 }));
});
const home = mkdtempSync(join(tmpdir(), 'portal-factor-'));
const env = { XDG_CONFIG_HOME: join(home, 'config'), XDG_STATE_HOME: join(home, 'state') };
let server: string;

beforeAll(async () => {
  await new Promise<void>(resolve => service.listen(0, '127.0.0.1', resolve));
  server = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
afterAll(async () => {
  service.closeAllConnections();
  await new Promise(resolve => service.close(resolve));
  rmSync(home, { recursive: true, force: true });
});

async function refusedAt(issuer: string, ...words: readonly string[]) {
  const accessEndsAt = new Date(Date.now() + 600_000).toISOString();
  const provider = { issuer, clientId: 'c', scope: 'openid' };
  await openTokenStore(portalPaths(env), server).write({ accessToken: 'a', accessEndsAt, provider });
  let stderr = '';
  const write = (text: string) => ((stderr += text), true);
  const code = await runCommandLine(['admin', 'rotate-keys', ...words], {
    stdin: { isTTY: false }, stdout: { write }, stderr: { write }, env: { ...env, PORTAL_SERVER: server },
  } as never);
  return { code, stderr };
}

describe('where a newer factor is wanted and nobody sits at a terminal', () => {
  it('the refusal names the words that help, in JSON too', async () => {
    const { code, stderr } = await refusedAt(`${server}/oidc`);
    expect([code, stderr]).toEqual([1, expect.stringContaining('portal sign-in --username NAME --password-stdin')]);
    const { error } = JSON.parse((await refusedAt(`${server}/oidc`, '--json')).stderr);
    expect(error).toMatchObject({ type: 'factor-needed', maxAgeS: 900, detail: expect.stringContaining('portal sign-in --username') });
  });

  it('with another provider they lead to its browser', async () => {
    expect((await refusedAt('https://login.example.org')).stderr).toContain('portal sign-in --browser');
  });
});
