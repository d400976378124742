import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { portalPaths } from '../paths.js';
import { ampStatus, signInByAmp, signOutOfAmp, startAmpSignIn } from './amp.js';
import { startProvider, type TestProvider } from './testing/provider.js';

let provider: TestProvider;
let home: string;
beforeAll(async () => {
  provider = await startProvider();
  provider.behave({ asks: true });
  home = mkdtempSync(join(tmpdir(), 'portal-amp-'));
});
afterAll(async () => {
  await provider.stop();
  rmSync(home, { recursive: true, force: true });
});

const options = () => ({
  server: provider.url, version: '0',
  paths: portalPaths({ XDG_CONFIG_HOME: join(home, 'config'), XDG_STATE_HOME: join(home, 'state') }),
});
const kept = (end: string) => readdirSync(home, { recursive: true }).map(String).filter(path => path.endsWith(end));

async function signInAtAmp(): Promise<unknown> {
  const started = await startAmpSignIn(options());
  if (started.kind !== 'ok') return started;
  await started.value.username('user7');
  await started.value.password('a password');
  return started.value.stay(false);
}

describe('a sign-in at AMP', () => {
  it('opens nothing where there is none', async () => {
    expect([await ampStatus(options()), await signInByAmp(options()), await signOutOfAmp(options())]).toEqual([undefined, undefined, undefined]);
  });

  it('is kept for its owner alone, brings no token, and opens the Portal without questions', async () => {
    expect(await signInAtAmp()).toMatchObject({ kind: 'ok', value: { step: 'signed-in', me: { username: 'user7', kept: false } } });
    expect([kept('.amp').length, kept('.json').filter(path => path.includes('tokens'))]).toEqual([1, []]);
    expect(statSync(join(home, kept('.amp')[0]!)).mode & 0o777).toBe(0o600);
    expect(provider.asked).toEqual([]);
    expect(await signInByAmp(options())).toMatchObject({ kind: 'ok', value: { account: 'account-1' } });
    expect(await ampStatus(options())).toMatchObject({ kind: 'ok', value: { username: 'user7' } });
  });

  it('ends with signing out, there and here', async () => {
    expect(await signOutOfAmp(options())).toEqual({ kind: 'ok', value: { signedOut: 2 } });
    expect([kept('.amp'), await signInByAmp(options())]).toEqual([[], undefined]);
  });

  it('is not kept where the answer is not to this sign-in', async () => {
    provider.behave({ asks: true, answer: honest => (honest.set('state', 'another'), honest) });
    expect(await signInAtAmp()).toMatchObject({ kind: 'problem', problem: { type: 'sign-in-refused' } });
    expect(kept('.amp')).toEqual([]);
  });
});
