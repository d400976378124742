import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { portalPaths } from '../paths.js';
import { startDeviceSignIn } from './device-code.js';
import { KEYS, startProvider, type Manners, type TestProvider } from './testing/provider.js';

let provider: TestProvider;
let home: string;
beforeAll(async () => { provider = await startProvider(); });
afterAll(() => provider.stop());
beforeEach(() => { home = mkdtempSync(join(tmpdir(), 'portal-device-')); });
afterEach(() => rmSync(home, { recursive: true, force: true }));

const options = () => ({
  server: provider.url, version: '0',
  paths: portalPaths({ XDG_CONFIG_HOME: join(home, 'config'), XDG_STATE_HOME: join(home, 'state') }),
});
const kept = (): readonly string[] => readdirSync(home, { recursive: true }).map(String).filter(path => path.endsWith('.json'));

async function ended(manners: Manners): Promise<unknown> {
  provider.behave(manners);
  const started = await startDeviceSignIn(options());
  return started.kind === 'ok' ? started.value.ended : started;
}

describe('a code on another device', () => {
  it('waits while nobody has typed it, longer where it is told to, and signs in', async () => {
    const began = performance.now();
    provider.behave({ polls: [{ error: 'authorization_pending' }, { error: 'slow_down' }] });
    const started = await startDeviceSignIn(options());
    if (started.kind !== 'ok') throw new Error(JSON.stringify(started));
    const { address, addressWithCode, userCode, expiresAt } = started.value;
    expect({ address, addressWithCode, userCode }).toEqual({
      address: `${provider.url}/device`, addressWithCode: `${provider.url}/device?user_code=BCDF-GHJK`, userCode: 'BCDF-GHJK',
    });
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(50_000);
    expect(await started.value.ended).toMatchObject({ kind: 'ok', value: { account: 'account-1' } });
    // One second twice, then five more for having been too quick.
    expect(performance.now() - began).toBeGreaterThan(7_500);
    expect(provider.asked.at(-1)!.get('device_code')).toBe('a-device-code');
    expect(kept()).toHaveLength(1);
  });

  it.each<[string, string, Manners]>([
    ['refused there', 'sign-in-denied', { polls: [{ error: 'access_denied' }] }],
    ['too old', 'sign-in-expired', { polls: [{ error: 'expired_token' }] }],
    ['closed by the organisation at once', 'device-blocked', { deviceStatus: 400, device: () => ({ error: 'unauthorized_client' }) }],
    ['closed by a policy afterwards', 'device-blocked', { polls: [{ error: 'invalid_grant', error_description: 'AADSTS53003: Access has been blocked by Conditional Access policies.' }] }],
    ['not offered', 'way-unavailable', { metadata: ({ device_authorization_endpoint: _, ...rest }) => rest }],
    ['of a page that is none', 'sign-in-refused', { device: honest => ({ ...honest, verification_uri: 'javascript:alert(1)' }) }],
    ['without a code', 'sign-in-refused', { device: ({ user_code: _, ...rest }) => rest }],
    ['with an id token of somebody else', 'sign-in-refused', { signedWith: KEYS.other.privateKey }],
    ['with an id token for another client', 'sign-in-refused', { claims: honest => ({ ...honest, aud: 'another' }) }],
    ['with an id token of last week', 'sign-in-refused', { claims: honest => ({ ...honest, iat: Number(honest['iat']) - 604_800 }) }],
    ['without an id token', 'sign-in-refused', { tokens: ({ id_token: _, ...rest }) => rest }],
  ])('%s is refused as %s, and nothing is kept', async (_, type, manners) => {
    expect(await ended(manners)).toMatchObject({ kind: 'problem', problem: { type } });
    expect(kept()).toEqual([]);
  });

  it('ends with its time, and when it is given up', async () => {
    const polls = Array.from({ length: 20 }, () => ({ error: 'authorization_pending' }));
    expect(await ended({ polls, device: honest => ({ ...honest, expires_in: 2 }) })).toMatchObject({ problem: { type: 'sign-in-expired' } });
    provider.behave({ polls });
    const started = await startDeviceSignIn(options());
    if (started.kind !== 'ok') throw new Error(JSON.stringify(started));
    started.value.giveUp();
    expect(await started.value.ended).toMatchObject({ problem: { type: 'sign-in-given-up' } });
    expect(kept()).toEqual([]);
  });
});
