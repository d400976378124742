import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createHmac } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Me } from '@portal/contract';
import type { ApiResult } from '../api/result.js';
import { portalPaths } from '../paths.js';
import { startBrowserSignIn } from './browser.js';
import { openSession } from './session.js';
import { KEYS, publicKey, startProvider, type Manners, type TestProvider } from './testing/provider.js';

/** Named as in the conformance suites of the OpenID Foundation, where those have the case. */

type Json = Record<string, unknown>;
let provider: TestProvider;
let home: string;
beforeAll(async () => {
  provider = await startProvider();
  home = mkdtempSync(join(tmpdir(), 'portal-hostile-'));
});
afterAll(async () => {
  await provider.stop();
  rmSync(home, { recursive: true, force: true });
});

const now = () => Math.floor(Date.now() / 1000);
const without = (name: string) => ({ [name]: _, ...rest }: Json): Json => rest;
const withClaim = (more: Json): Manners => ({ claims: honest => ({ ...honest, ...more }) });
const answer = (change: (answer: URLSearchParams) => void): Manners => ({ answer: honest => (change(honest), honest) });
const parts = (jwt: string): [string, string, string] => jwt.split('.') as [string, string, string];
const encoded = (part: Json): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const ec = (kid?: string): Json => publicKey(KEYS.ec.publicKey, { use: 'sig', alg: 'ES256', ...(kid !== undefined && { kid }) });
const other = (kid?: string): Json => publicKey(KEYS.other.publicKey, { use: 'sig', alg: 'ES256', ...(kid !== undefined && { kid }) });

const HOSTILE: Readonly<Record<string, Manners>> = {
  'id-token-sig-none': { idToken: jwt => `${encoded({ alg: 'none' })}.${parts(jwt)[1]}.` },
  'id-token-null-alg': { header: honest => ({ ...honest, alg: null }) },
  'id-token-without-alg': { header: without('alg') },
  'id-token-empty-sig': { idToken: jwt => `${parts(jwt)[0]}.${parts(jwt)[1]}.` },
  'id-token-bad-sig-es256': { idToken: jwt => jwt.replace(/.{8}$/, 'AAAAAAAA') },
  'id-token-signed-with-another-key': { signedWith: KEYS.other.privateKey },
  'id-token-alternate-alg-rs256': { header: honest => ({ ...honest, alg: 'RS256' }), signedWith: KEYS.rsa.privateKey, keys: honest => [...honest, publicKey(KEYS.rsa.publicKey, { kid: 'ec', alg: 'RS256' })] },
  'id-token-alternate-alg-hs256': {
    idToken: jwt => {
      const text = `${encoded({ alg: 'HS256', kid: 'ec' })}.${parts(jwt)[1]}`;
      return `${text}.${createHmac('sha256', JSON.stringify(ec('ec'))).update(text).digest('base64url')}`;
    },
  },
  'id-token-claims-changed-after-signing': {
    idToken: jwt => `${parts(jwt)[0]}.${encoded({ ...JSON.parse(Buffer.from(parts(jwt)[1], 'base64url').toString()), sub: 'account-2' })}.${parts(jwt)[2]}`,
  },
  'id-token-not-a-jwt': { idToken: () => 'not-a-token' },
  'id-token-crit-header': { header: honest => ({ ...honest, crit: ['b64'], b64: false }) },
  'id-token-missing': { tokens: without('id_token') },
  'id-token-kid-unknown': { header: honest => ({ ...honest, kid: 'nobody' }) },
  'id-token-kid-of-another-key': { header: honest => ({ ...honest, kid: 'other' }), keys: () => [ec('ec'), other('other')] },
  'id-token-kid-absent-multiple-jwks': { header: without('kid'), keys: () => [ec('ec'), other('other')] },
  'id-token-jwks-empty': { keys: () => [] },
  'id-token-key-for-encryption': { keys: () => [{ ...ec('ec'), use: 'enc' }] },
  'id-token-issuer-mismatch': withClaim({ iss: 'https://elsewhere.example.org' }),
  'id-token-missing-iss': { claims: without('iss') },
  'id-token-aud': withClaim({ aud: 'somebody-else' }),
  'id-token-missing-aud': { claims: without('aud') },
  'id-token-multiple-aud-without-azp': withClaim({ aud: ['portal-terminal', 'somebody-else'] }),
  'id-token-azp-of-another': withClaim({ aud: ['portal-terminal', 'somebody-else'], azp: 'somebody-else' }),
  'id-token-nonce-invalid': withClaim({ nonce: 'another' }),
  'id-token-missing-nonce': { claims: without('nonce') },
  'id-token-missing-sub': { claims: without('sub') },
  'id-token-empty-sub': withClaim({ sub: '' }),
  'id-token-expired': withClaim({ exp: now() - 3_600 }),
  'id-token-missing-exp': { claims: without('exp') },
  'id-token-exp-not-a-number': withClaim({ exp: 'never' }),
  'id-token-missing-iat': { claims: without('iat') },
  'id-token-iat-is-week-in-past': withClaim({ iat: now() - 7 * 86_400 }),
  'id-token-iat-in-future': withClaim({ iat: now() + 3_600 }),
  'id-token-nbf-in-future': withClaim({ nbf: now() + 3_600 }),
  'id-token-bad-at-hash': withClaim({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }),
  'response-state-twice': answer(params => params.append('state', 'another')),
  'response-mix-up-iss': answer(params => params.set('iss', 'https://elsewhere.example.org')),
  'response-missing-iss': answer(params => params.delete('iss')),
  'response-missing-code': answer(params => params.delete('code')),
  'response-error': answer(params => (params.delete('code'), params.set('error', 'access_denied'))),
  'discovery-issuer-mismatch': { metadata: honest => ({ ...honest, issuer: 'https://elsewhere.example.org' }) },
  'discovery-missing-issuer': { metadata: without('issuer') },
  'discovery-missing-token-endpoint': { metadata: without('token_endpoint') },
  'discovery-missing-jwks-uri': { metadata: without('jwks_uri') },
  'token-missing-access-token': { tokens: without('access_token') },
  'token-type-unknown': { tokens: honest => ({ ...honest, token_type: 'mac' }) },
};

/** Not the answer to this sign-in: the one that is can still come. */
const STRAY: Readonly<Record<string, Manners>> = {
  'response-missing-state': answer(params => params.delete('state')),
  'response-invalid-state': answer(params => params.set('state', 'another')),
  'response-invalid-state-error': answer(params => (params.delete('code'), params.set('error', 'access_denied'), params.set('state', 'another'))),
};

/** What looks odd and is allowed. */
const HONEST: Readonly<Record<string, Manners>> = {
  'happy-path': {},
  'id-token-kid-absent-single-jwks': { header: without('kid'), keys: () => [ec()] },
  'id-token-aud-as-array': withClaim({ aud: ['portal-terminal'] }),
  'id-token-without-at-hash': { claims: without('at_hash') },
  'token-type-case-insensitivity': { tokens: honest => ({ ...honest, token_type: 'bEaReR' }) },
};

const optionsOf = (name: string) => ({
  server: provider.url, version: '0',
  paths: portalPaths({ XDG_CONFIG_HOME: join(home, name, 'config'), XDG_STATE_HOME: join(home, name, 'state') }),
});

async function signIn(name: string, manners: Manners): Promise<{ result: ApiResult<Me>; kept: readonly string[]; isSignedIn: boolean }> {
  provider.behave(manners);
  const options = optionsOf(name);
  // No program that opens a browser is found: this test is the browser.
  const started = await startBrowserSignIn(options, { PATH: home });
  const result = started.kind === 'ok' ? await browse(started.value.address, started.value.ended) : started;
  const kept = readdirSync(home, { recursive: true }).map(String).filter(path => path.startsWith(`${name}/`) && path.endsWith('.json'));
  return { result, kept, isSignedIn: openSession(options).isSignedIn() };
}

async function browse(address: string, ended: Promise<ApiResult<Me>>): Promise<ApiResult<Me>> {
  const page = await fetch(address);
  const [result, text] = [await ended, await page.text()];
  expect([page.status, text.includes('You are signed in')]).toEqual([200, result.kind === 'ok']);
  return result;
}

describe('a provider that misbehaves is refused, and nothing is kept', () => {
  it.each(Object.keys(HOSTILE))('%s', async name => {
    const { result, kept, isSignedIn } = await signIn(name, HOSTILE[name]!);
    expect(result).toMatchObject({ kind: 'problem', problem: { status: 401 } });
    expect([kept, isSignedIn]).toEqual([[], false]);
  });

  it('in 31 ways and more', () => expect(Object.keys({ ...HOSTILE, ...STRAY }).length).toBeGreaterThanOrEqual(31));
});

describe('an answer to another sign-in', () => {
  it.each(Object.keys(STRAY))('%s is not looked at, and the own one still opens', async name => {
    provider.behave(STRAY[name]!);
    const started = await startBrowserSignIn(optionsOf(name), { PATH: home });
    if (started.kind !== 'ok') throw new Error(JSON.stringify(started));
    const asked = provider.asked.length;
    expect([(await fetch(started.value.address)).status, provider.asked.length]).toEqual([404, asked]);
    provider.behave({});
    expect(await browse(started.value.address, started.value.ended)).toMatchObject({ kind: 'ok', value: { account: 'account-1' } });
  });
});

describe('an honest one is not', () => {
  it.each(Object.keys(HONEST))('%s', async name => {
    const { result, kept, isSignedIn } = await signIn(name, HONEST[name]!);
    expect(result).toMatchObject({ kind: 'ok', value: { account: 'account-1' } });
    expect([kept.length, isSignedIn]).toEqual([1, true]);
  });
});
