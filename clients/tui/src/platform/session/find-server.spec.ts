import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { portalPaths } from '../paths.js';
import { createCookieJar } from './cookies.js';
import { findServer } from './find-server.js';

function place(announced?: unknown) {
  const home = mkdtempSync(join(tmpdir(), 'portal-find-'));
  const paths = portalPaths({ XDG_STATE_HOME: home, XDG_CONFIG_HOME: home });
  mkdirSync(paths.stateFolder, { recursive: true });
  if (announced !== undefined) writeFileSync(paths.announcedService, JSON.stringify(announced));
  return paths;
}

describe('finding the service', () => {
  const running = { ready: true, url: 'http://127.0.0.1:4100', pid: process.pid };

  it('takes the option before the environment before the one announced here', () => {
    const paths = place(running);
    const env = { PORTAL_SERVER: 'https://portal.example' };
    expect(findServer({ option: 'http://127.0.0.1:1/', env, paths })).toEqual({ kind: 'found', server: 'http://127.0.0.1:1', from: 'option' });
    expect(findServer({ env, paths })).toEqual({ kind: 'found', server: 'https://portal.example', from: 'environment' });
    expect(findServer({ env: {}, paths })).toEqual({ kind: 'found', server: 'http://127.0.0.1:4100', from: 'announced' });
  });

  it('says that a service whose process is gone has stopped, and that there was none', () => {
    const env = {};
    expect(findServer({ env, paths: place({ ...running, pid: 999_999_999 }) })).toMatchObject({ kind: 'stopped' });
    expect(findServer({ env, paths: place() })).toEqual({ kind: 'none' });
  });

  it.each(['nonsense', 'ftp://x', 'http://', 'http://user:secret@host', 'http://host/?q', ''])('refuses %j', option => {
    expect(findServer({ option, env: {}, paths: place() })).toMatchObject({ kind: 'malformed' });
  });
});

describe('cookies', () => {
  it('go back where their path says, are replaced, and are forgotten when expired', () => {
    const jar = createCookieJar();
    const url = new URL('http://127.0.0.1/oidc/auth');
    const take = (...lines: string[]) =>
      jar.take(new Response(null, { headers: lines.map(line => ['set-cookie', line] as [string, string]) }), url);
    take('a=1; path=/sign-in/x; httponly', 'b=2; path=/', 'c=3');
    expect(jar.header(new URL('http://127.0.0.1/sign-in/x/password'))).toBe('a=1; b=2');
    expect(jar.header(new URL('http://127.0.0.1/sign-in/xy'))).toBe('b=2');
    expect(jar.header(new URL('http://127.0.0.1/oidc/auth/resume'))).toBe('b=2; c=3');
    take('b=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT', 'a=9; path=/sign-in/x');
    expect(jar.header(new URL('http://127.0.0.1/sign-in/x'))).toBe('a=9');
  });
});
