/** What was issued before a sign-in ended is refused within a second after it, also by a service that was started later. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, expect, it } from '@jest/globals';
import { session, sessionStream, type SessionCommand } from '@portal/domain';
import { startPortal, type Portal } from '../../testing/portal.js';

let portal: Portal | undefined;
afterAll(async () => {
  await portal?.stop();
  rmSync(portal?.folder ?? '', { recursive: true, force: true });
});

const record = async ({ foundation }: Portal, id: string, ...commands: readonly SessionCommand[]) => {
  for (const command of commands) {
    const commandId = randomUUID();
    const by = { actor: 'a', capacity: 'self', session: id, authMethod: 'pwd', correlationId: commandId };
    const handled = await foundation.streams.handle(session, sessionStream(id), command, { commandId, ...by });
    expect(handled.kind).toBe('recorded');
  }
};

it('refuses the tokens of a sign-in that was signed out or revoked, and of no other; the doorbell is hung up', async () => {
  portal = await startPortal({ keep: true });
  const { url, issuer } = portal;
  const { account, token: unknown } = await portal.person('anna');
  const signedIn = (id: string) => ({ type: 'SignIn', account, session: id, amr: ['pwd'], device: 'd', kept: false }) as const;
  const status = async (token: string) => (await fetch(`${url}/me`, { headers: { authorization: `Bearer ${token}` } })).status;
  const tokens = await Promise.all(['out', 'revoked', 'open'].map((id) => issuer.token({ account, session: id })));
  for (const id of ['out', 'revoked', 'open']) await record(portal, id, signedIn(id));
  const [out = '', revoked = '', open = ''] = tokens;
  expect(await Promise.all([out, revoked, open, unknown].map(status))).toEqual([200, 200, 200, 200]);
  const bell = await fetch(`${url}/doorbell`, { headers: { authorization: `Bearer ${revoked}` } });
  const heard = bell.text();
  await record(portal, 'out', { type: 'SignOut' });
  await record(portal, 'revoked', { type: 'Revoke', reason: 'administrator' });
  const recordedAt = performance.now();
  const isTaken = async () => (await status(out)) === 200 || (await status(revoked)) === 200;
  while (performance.now() - recordedAt < 1_000 && (await isTaken())) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await Promise.all([out, revoked, open, unknown].map(status))).toEqual([401, 401, 200, 200]);
  expect(await heard).toContain('event: ready');
  await portal.stop();
  portal = await startPortal({ folder: portal.folder });
  const again = async (id: string) => {
    const token = await portal!.issuer.token({ account, session: id });
    return (await fetch(`${portal!.url}/me`, { headers: { authorization: `Bearer ${token}` } })).status;
  };
  expect([await again('out'), await again('revoked'), await again('open')]).toEqual([401, 401, 200]);
});
