import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runIdentity, contextOf } from '../../../../services/identity/dist/testing/running-identity.js';
import { Browser, installBrowser } from './browser-testing.js';
import { address, PASSWORD, startService, type Person, type TestService } from './testing.js';

/** In a browser, at the service's own provider and at one that runs apart from it. */

async function signInBy(person: Person, username: string): Promise<{ ran: Awaited<ReturnType<Person['portal']>>; page: string; browser: Browser; opened: readonly string[] }> {
  const { env, opened } = installBrowser(person.folder);
  const running = person.portal('sign-in --browser', { env });
  const words = await opened();
  const browser = new Browser();
  const page = await browser.signIn(words[0] ?? '', username, PASSWORD);
  return { ran: await running, page, browser, opened: words };
}

const kept = (person: Person): readonly string[] => readdirSync(person.folder, { recursive: true }).map(String).filter(path => path.includes('tokens/') && path.endsWith('.json'));

describe('at the service’s own provider', () => {
  let service: TestService;
  beforeAll(async () => { service = await startService(); }, 60_000);
  afterAll(() => service?.stop());

  it('the browser signs in and says so; what was opened is an address of this machine, and holds no secret', async () => {
    const person = await service.person();
    const { ran, page, browser, opened } = await signInBy(person, address('user7'));
    expect([ran.code, ran.json()]).toEqual([0, expect.objectContaining({ username: address('user7') })]);
    expect(page).toContain('You may close this window.');
    expect(opened).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{8}$/)]);
    expect(JSON.parse(ran.stderr)).toEqual({ step: 'browser', address: opened[0], expiresAt: expect.stringMatching(/Z$/) });
    expect(readFileSync(join(person.folder, 'opened.env'), 'utf8')).not.toMatch(/^PORTAL_/m);
    const asked = browser.visited.find(({ pathname }) => pathname === '/oidc/auth')!.searchParams;
    expect([asked.get('code_challenge_method'), asked.has('state'), asked.has('nonce'), asked.has('prompt')]).toEqual(['S256', true, true, false]);
    expect((await person.portal('whoami')).json()).toMatchObject({ username: address('user7') });
    // Nobody listens any more.
    await expect(fetch(opened[0]!)).rejects.toThrow();
  });

  it('says how to sign in where nobody is named, and takes one way at a time', async () => {
    const person = await service.person();
    for (const words of ['sign-in', 'sign-in --browser --device', 'sign-in --browser --username x']) {
      const ran = await person.portal(words);
      expect([ran.code, ran.error().type]).toEqual([2, 'usage']);
    }
  });
});

describe('at a provider that runs apart', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-apart-'));
  let service: TestService;
  let provider: ChildProcess;
  beforeAll(async () => {
    const identity = await runIdentity({ folder });
    for (const username of [address('user7'), address('stranger')]) {
      await identity.directory.create({ username, displayName: 'P', roles: ['appointee'] }, contextOf());
      await identity.directory.setPassword(username, PASSWORD);
    }
    // Its folder stays: the service of its own goes on with it.
    await identity.halt();
    const main = fileURLToPath(new URL('../../../../services/identity/dist/main.js', import.meta.url));
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    provider = spawn(process.execPath, [main], { env: { PATH, NODE_COMPILE_CACHE, IDENTITY_DATA: folder }, stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(provider.stdout!, 'data')) as [Buffer];
    const { issuer } = JSON.parse(line.toString()) as { issuer: string };
    service = await startService({ PORTAL_ISSUER: issuer, PORTAL_USERNAME_CLAIM: 'preferred_username' });
  });
  afterAll(async () => {
    provider?.kill('SIGTERM');
    await service?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('whoever has an account here comes in by their name there', async () => {
    const person = await service.person();
    const { ran } = await signInBy(person, address('user7'));
    expect([ran.code, ran.json()]).toEqual([0, expect.objectContaining({ username: address('user7'), displayName: 'PORTAL Test User 7' })]);
    expect((await person.portal('emi')).code).toBe(0);
    for (const words of ['sessions', 'factor list', 'sign-out --everywhere']) {
      expect((await person.portal(words)).error()).toMatchObject({ type: 'provider-elsewhere', detail: expect.stringContaining('on its own pages') });
    }
    const out = await person.plain('sign-out');
    expect([out.stdout, out.stderr]).toEqual(['Signed out.\n', expect.stringMatching(/^The provider \(http:\/\/\S+\) may keep you signed in in its browser/)]);
  });

  it('whoever has none does not, and nothing is kept', async () => {
    const person = await service.person();
    const { ran, page } = await signInBy(person, address('stranger'));
    const [, refusal = ''] = ran.stderr.split('\n');
    expect([ran.code, ran.stdout, JSON.parse(refusal).error.type, kept(person)]).toEqual([1, '', 'not-permitted', []]);
    expect(page).toContain('You are not signed in');
  });

  it('no password is taken here: the service has no sign-in of its own beside it', async () => {
    const person = await service.person();
    const ran = await person.portal(`sign-in --username ${address('user7')} --password-stdin`, { stdin: `${PASSWORD}\n` });
    expect([ran.code, ran.error().type]).toEqual([1, 'way-unavailable']);
    for (const path of ['oidc/.well-known/openid-configuration', 'oidc/auth', 'sign-in/x']) {
      expect((await fetch(`${service.url}/${path}`)).status).toBe(404);
    }
    expect(await (await fetch(`${service.url}/sign-in-ways`)).json()).toMatchObject({ clientId: 'portal-terminal', ways: ['browser', 'device'] });
  });
});
