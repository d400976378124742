import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess, type ServiceProcess } from './testing/process.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-first-admin-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function stop({ child, ended }: ServiceProcess): Promise<void> {
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}

describe('an installation without accounts', () => {
  it('invites its first administrator by a letter, once, at an address of its own', async () => {
    const settings = { PORTAL_FIRST_ADMIN: 'first@wjec-appointees.co.uk', PORTAL_URL: 'https://portal.example.org' };
    const letters = (): readonly string[] => readFileSync(join(folder, 'data', 'mail-outbox.jsonl'), 'utf8').trim().split('\n');
    const first = startProcess(folder, settings);
    const { url } = await first.ready();
    expect(await (await fetch(`${url}/oidc/.well-known/openid-configuration`)).json()).toMatchObject({ issuer: 'https://portal.example.org/oidc' });
    expect(letters()).toEqual([expect.stringContaining('first@wjec-appointees.co.uk')]);
    await stop(first);
    const again = startProcess(folder, settings);
    await again.ready();
    await stop(again);
    expect(letters()).toHaveLength(1);
  });
});
