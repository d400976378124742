import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createClient, type Client } from './app.client.js';
import { elsewhereInterpreters } from './app.elsewhere.js';
import type { AppMessage } from './app.state.js';
import type { World } from './app.world.js';
import type { Interpreter } from './platform/program.js';
import { portalPaths } from './platform/paths.js';
import { startProvider, type TestProvider } from './platform/session/testing/provider.js';

let provider: TestProvider;
beforeAll(async () => { provider = await startProvider(); });
afterAll(() => provider.stop());

describe('a sign-in elsewhere, in the full screen', () => {
  let home: string;
  const told: Record<string, unknown>[] = [];
  const shown: AppMessage[] = [];
  let client: Client;
  const perform = (type: string) =>
    (elsewhere[type] as Interpreter)({ type } as never, message => void told.push(message as never)) as Promise<void>;
  let elsewhere: ReturnType<typeof elsewhereInterpreters>;
  beforeEach(() => {
    told.length = shown.length = 0;
    home = mkdtempSync(join(tmpdir(), 'portal-elsewhere-'));
    const paths = portalPaths({ XDG_CONFIG_HOME: join(home, 'config'), XDG_STATE_HOME: join(home, 'state') });
    client = createClient({ server: provider.url, version: '0', paths }, message => void shown.push(message));
    elsewhere = elsewhereInterpreters({ client, env: { PATH: home } } as unknown as World);
  });
  afterEach(async () => {
    await client.end();
    rmSync(home, { recursive: true, force: true });
  });

  it('the page is told where to go, and then who it is', async () => {
    provider.behave({});
    await perform('sign-in/device');
    expect(told).toEqual([{ type: 'elsewhere', way: 'device', address: `${provider.url}/device?user_code=BCDF-GHJK`, userCode: 'BCDF-GHJK', expiresAt: expect.any(String) }]);
    expect(shown).toContainEqual({ type: 'session-began', me: expect.objectContaining({ account: 'account-1' }) });
  });

  it('or why not; of what was given up nothing is said any more', async () => {
    provider.behave({ polls: [{ error: 'access_denied' }] });
    await perform('sign-in/device');
    expect(told.at(-1)).toEqual({ type: 'refused', sentence: { id: 'problem.sign-in-denied' }, startsAgain: false });
    provider.behave({ polls: Array.from({ length: 20 }, () => ({ error: 'authorization_pending' })) });
    const [first, second] = [perform('sign-in/device'), perform('sign-in/browser')];
    await new Promise(resolve => setTimeout(resolve, 500));
    await perform('sign-in/cancel');
    await Promise.all([first, second]);
    expect(told.slice(2).map(({ type, way }) => [type, way])).toEqual([['elsewhere', 'browser']]);
    expect(shown.filter(({ type }) => type === 'session-began')).toEqual([]);
  });
});
