import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { SignInLogEntry } from '@portal/contract';
import { account, accountStream, refusedNames, refusedNamesStream, session, sessionStream } from '@portal/domain';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';

const NAME_HASH = '5f2a'.repeat(16);

let portal: Portal;
let anna: Person;
let bryn: Person;
let auditor: Person;
let now = new Date('2017-01-30T10:00:00.000Z');
beforeAll(async () => {
  portal = await startPortal({ clock: () => now });
  anna = await portal.person('anna');
  bryn = await portal.person('bryn');
  auditor = await portal.person('audra', ['auditor']);
  await signsIn(anna, 's-anna', '2017-01-30T10:05:00.000Z');
  await signsIn(bryn, 's-bryn', '2017-01-31T23:59:59.000Z');
  now = new Date('2017-02-01T08:00:00.000Z');
  const { streams } = portal.foundation;
  await streams.handle(account, accountStream(anna.account), { type: 'SetUpFactor', factor: 'totp' }, by(auditor.account));
  await streams.handle(refusedNames, refusedNamesStream('2017-02-01'), { type: 'RefuseName', nameHash: NAME_HASH, client: 'terminal' }, by('nobody'));
});
afterAll(() => portal.stop());

const by = (actor: string) => ({
  commandId: randomUUID(), correlationId: randomUUID(), actor, capacity: 'self', session: 's', authMethod: 'pwd',
});

async function signsIn(who: Person, id: string, at: string): Promise<void> {
  now = new Date(at);
  const { streams } = portal.foundation;
  const start = { type: 'StartSignIn', account: who.account, client: 'portal-terminal/0.2.0' } as const;
  await streams.handle(session, sessionStream(id), start, by(who.account));
  const command = { type: 'SignIn', account: who.account, session: id, amr: ['pwd', 'otp'], device: 'portal-terminal/0.2.0', kept: false } as const;
  await streams.handle(session, sessionStream(id), command, by(who.account));
}

const read = (query = '') => auditor.get<SignInLogEntry[]>(`/audit/sign-ins${query}`);

describe('the sign-in log', () => {
  it('tells everything newest first, with names that no event holds', async () => {
    const log = await read();
    expect(log.map(({ type }) => type).slice(0, 6)).toEqual(['PasswordRefused', 'FactorSetUp', 'SignedIn', 'SignInStarted', 'SignedIn', 'SignInStarted']);
    expect(log[0]).toMatchObject({ person: null, username: null, by: null, device: 'terminal' });
    expect(log[1]).toMatchObject({ person: 'Somebody called anna', by: 'Somebody called audra' });
    expect(log[2]).toMatchObject({ person: 'Somebody called bryn', username: bryn.username, session: 's-bryn', amr: ['pwd', 'otp'], by: null });
    expect(JSON.stringify(log)).not.toContain(NAME_HASH);
    const recorded = (await portal.log()).filter(({ type }) => type === 'SignedIn');
    expect(JSON.stringify(recorded)).not.toContain('Somebody');
  });

  it('is asked by person, by time, and page by page', async () => {
    const types = async (query: string) => (await read(query)).map(({ type }) => type);
    expect(await types(`?person=${anna.username.toUpperCase()}&from=2017-01-30T10:05:00Z`)).toEqual(['FactorSetUp', 'SignedIn', 'SignInStarted']);
    expect(await types('?from=2017-01-31&to=2017-02-01')).toEqual(['SignedIn', 'SignInStarted']);
    expect(await types('?from=2017-02-01T00:59:59%2B01:00&to=2017-02-01')).toEqual(['SignedIn', 'SignInStarted']);
    const [first, second] = await read('?limit=2');
    const [third] = await read(`?limit=1&before=${second!.position}`);
    expect([first!.type, second!.type, third!.type]).toEqual(['PasswordRefused', 'FactorSetUp', 'SignedIn']);
  });

  it('is for auditors', async () => {
    for (const person of [anna, await portal.person('adam', ['admin'])]) {
      expect(await person.ask('GET', '/audit/sign-ins')).toMatchObject({ status: 403, body: { type: 'not-permitted' } });
    }
  });

  it('refuses what it does not understand, by name', async () => {
    for (const [query, field] of [['from=yesterday', 'from'], ['limit=0', 'limit'], ['limit=5000', 'limit'], ['who=anna', 'who'], ['person=', 'person']] as const) {
      expect(await auditor.ask('GET', `/audit/sign-ins?${query}`)).toMatchObject({ status: 422, body: { type: 'malformed-request', field } });
    }
    expect(await auditor.ask('GET', '/audit/sign-ins?person=nobody')).toMatchObject({ status: 422, body: { type: 'person-unknown' } });
  });

  it('tells that the signing key was changed, and by whom', async () => {
    const ada = await portal.person('ada', ['admin']);
    const { body } = await ada.ask('POST', '/admin/keys/rotation', {});
    const event = (await portal.log()).find(({ type }) => type === 'SigningKeyRotated');
    expect(event).toMatchObject({ stream: 'signingKeys', data: { key: (body as { kid: string }).kid }, metadata: { actor: ada.account, capacity: 'admin' } });
    const rows = (await read()).filter(({ type }) => type === 'SigningKeyRotated');
    expect(rows).toMatchObject([{ person: null, by: 'Somebody called ada', reason: null }]);
  });
});
