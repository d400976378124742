import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';

const folder = mkdtempSync(join(tmpdir(), 'portal-identity-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(settings: Record<string, string>) {
  const main = fileURLToPath(new URL('main.js', import.meta.url));
  const child = spawn(process.execPath, [main], { env: { ...process.env, IDENTITY_DATA: folder, ...settings } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => (said.out += text));
  child.stderr.on('data', (text: Buffer) => (said.err += text));
  return { child, said };
}

describe('identity as a service of its own', () => {
  it('says in one line where it is, serves, and stops when told', async () => {
    const { child, said } = start({});
    await once(child.stdout, 'data');
    const { url, issuer } = JSON.parse(said.out) as { url: string; issuer: string };
    expect(issuer).toBe(`${url}/oidc`);
    expect(await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()).toMatchObject({ issuer });
    expect((await fetch(url)).status).toBe(404);
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
    expect(said.out.split('\n')).toHaveLength(2);
    expect(said.err).toBe('');
  });

  it.each([
    [{ IDENTITY_PORT: '99999' }, 'IDENTITY_PORT'],
    [{ IDENTITY_ISSUER: 'https://example.org/' }, 'IDENTITY_ISSUER'],
    [{ IDENTITY_DATA: '' }, 'IDENTITY_DATA'],
    [{ IDENTITY_SMTP_URL: 'http://127.0.0.1', IDENTITY_MAIL_FROM: 'a@example.org' }, 'IDENTITY_SMTP_URL'],
    [{ IDENTITY_SMS_URL: 'http://sms.example.org/', IDENTITY_SMS_TOKEN: 'token' }, 'IDENTITY_SMS_URL'],
    [{ IDENTITY_DATA: '/proc/nobody-makes-one-here' }, 'IDENTITY_DATA'],
    [{ IDENTITY_TRUST_PROXY: 'proxy' }, 'IDENTITY_TRUST_PROXY'],
  ])('does not start with a wrong setting: %j', async (settings, name) => {
    const { child, said } = start(settings as Record<string, string>);
    expect((await once(child, 'close'))[0]).toBe(2);
    expect(said.err).toMatch(new RegExp(`^${name}: .*\\n$`));
  });
});
