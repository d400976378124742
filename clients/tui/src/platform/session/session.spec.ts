import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { portalPaths } from '../paths.js';
import { openDeviceKey } from './device-key.js';
import { openSecret } from './kept-secret.js';
import { openSession } from './session.js';
import { openTokenStore } from './token-store.js';

/** A provider that rotates refresh tokens and ends the sign-in when a consumed one comes back, as the real one does. */
let provider: Server;
let good: string;
let consumed: Set<string>;
let presentedTwice: number;
let grants: number;
let fault: 'drop' | 'drop-once' | 'busy' | undefined;
let boundTo: string | undefined;
let url: string;

beforeEach(async () => {
  good = 'refresh-0';
  consumed = new Set();
  presentedTwice = grants = 0;
  fault = boundTo = undefined;
  provider = createServer(async (request, response) => {
    const say = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.url?.endsWith('/.well-known/openid-configuration')) {
      return say(200, { issuer: `${url}/oidc`, token_endpoint: `${url}/oidc/token`, dpop_signing_alg_values_supported: ['ES256'] });
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    const token = new URLSearchParams(body).get('refresh_token')!;
    if (fault === 'busy') return say(503, { error: 'temporarily_unavailable' });
    const proof = String(request.headers['dpop'] ?? '');
    const isRepeat = consumed.has(token) && boundTo !== undefined && proof !== '';
    if (consumed.has(token)) presentedTwice++;
    if (token !== good && !(isRepeat && presentedTwice === 1)) return say(400, { error: 'invalid_grant' });
    consumed.add(token);
    good = `refresh-${++grants}`;
    const isLost = fault === 'drop' || fault === 'drop-once';
    if (fault === 'drop-once') fault = undefined;
    if (isLost) return void request.socket.destroy();
    say(200, { access_token: `access-${grants}`, token_type: proof === '' ? 'Bearer' : 'DPoP', expires_in: 600, refresh_token: good });
  });
  await new Promise<void>(resolve => provider.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
});

afterEach(async () => {
  provider.closeAllConnections();
  await new Promise(resolve => provider.close(resolve));
});

async function signedIn(endsInMs: number, isBound = false) {
  const home = mkdtempSync(join(tmpdir(), 'portal-session-'));
  const paths = portalPaths({ XDG_CONFIG_HOME: join(home, 'config'), XDG_STATE_HOME: join(home, 'state') });
  const store = openTokenStore(paths, url);
  const accessEndsAt = new Date(Date.now() + endsInMs).toISOString();
  await store.write({ accessToken: 'access-0', accessEndsAt, refreshToken: good, ...(isBound && { isBound: true }) });
  if (isBound) await openDeviceKey(paths, url).obtain();
  if (isBound) boundTo = url;
  return { store, open: () => openSession({ server: url, paths }), paths };
}

describe('the session', () => {
  it('gives the token as it is while it is good', async () => {
    const { open } = await signedIn(600_000);
    expect(await open().access()).toEqual({ kind: 'token', token: 'access-0' });
    expect(grants).toBe(0);
  });

  it('renews once however many windows ask at the same moment', async () => {
    const { open } = await signedIn(1_000);
    const windows = Array.from({ length: 8 }, open);
    const tokens = await Promise.all(windows.flatMap(window => [window.access(), window.access()]));
    expect(new Set(tokens.map(token => JSON.stringify(token)))).toEqual(new Set(['{"kind":"token","token":"access-1"}']));
    expect({ grants, presentedTwice }).toEqual({ grants: 1, presentedTwice: 0 });
  });

  it('never presents a refresh token again whose answer was lost', async () => {
    const { open, store } = await signedIn(1_000);
    fault = 'drop';
    expect(await open().access()).toEqual({ kind: 'signed-out' });
    fault = undefined;
    expect(await open().access()).toEqual({ kind: 'signed-out' });
    expect(presentedTwice).toBe(0);
    expect(existsSync(store.file)).toBe(false);
  });

  it('never presents one that a killed process had presented', async () => {
    const { open, store } = await signedIn(1_000);
    await store.write({ ...store.read()!, presented: true });
    expect(await open().access()).toEqual({ kind: 'signed-out' });
    expect(grants).toBe(0);
  });

  it('presents a bound one once more where the answer was lost, and no third time', async () => {
    const { open } = await signedIn(1_000, true);
    fault = 'drop-once';
    expect(await open().access()).toMatchObject({ kind: 'token', token: 'access-2' });
    expect(presentedTwice).toBe(1);
    const lost = await signedIn(1_000, true);
    presentedTwice = 0;
    fault = 'drop';
    expect(await lost.open().access()).toEqual({ kind: 'signed-out' });
    expect(await lost.open().access()).toEqual({ kind: 'signed-out' });
    expect(presentedTwice).toBe(1);
  });

  it('presents a bound one that a killed process had presented just now, and not where that was long ago', async () => {
    const { open, store } = await signedIn(1_000, true);
    const presentedAt = (agoMs: number) => new Date(Date.now() - agoMs).toISOString();
    await store.write({ ...store.read()!, presentedAt: presentedAt(2_000) });
    expect(await open().access()).toMatchObject({ kind: 'token', token: 'access-1', key: {} });
    await store.write({ ...store.read()!, accessEndsAt: presentedAt(0), presentedAt: presentedAt(8_500) });
    expect(await open().access()).toEqual({ kind: 'signed-out' });
    expect(grants).toBe(1);
  });

  it('has no use for a bound token whose key is gone', async () => {
    const { open, paths } = await signedIn(600_000, true);
    expect(await open().access()).toMatchObject({ kind: 'token', token: 'access-0' });
    rmSync(openSecret(paths, url, 'key').file);
    expect(await open().access()).toEqual({ kind: 'signed-out' });
  });

  it('keeps the sign-in while the provider is busy or away', async () => {
    const { open } = await signedIn(1_000);
    fault = 'busy';
    expect(await open().access()).toMatchObject({ kind: 'unreachable' });
    fault = undefined;
    expect(await open().access()).toEqual({ kind: 'token', token: 'access-1' });
  });

  it('keeps tokens for their owner alone, and two config folders apart', async () => {
    const { store, paths } = await signedIn(600_000);
    expect(statSync(store.file).mode & 0o777).toBe(0o600);
    expect(statSync(paths.tokensFolder).mode & 0o777).toBe(0o700);
    expect(openTokenStore({ ...paths, configFolder: '/elsewhere' }, url).file).not.toBe(store.file);
  });
});
