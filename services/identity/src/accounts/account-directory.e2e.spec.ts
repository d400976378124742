import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contextOf, PASSWORD, runIdentity, USERNAME, type RunningIdentity } from '../testing/running-identity.js';
import { beginSignIn, post } from '../testing/terminal.js';
import type { AccountAnswer } from './account-directory.js';

let identity: RunningIdentity;
let now = Date.now();
beforeAll(async () => {
  identity = await runIdentity({ clock: () => new Date(now) });
});
afterAll(() => identity.stop());

const CHOSEN = 'cennin pedr melyn';
const eira = { username: 'Eira@wjec-appointees.co.uk', displayName: 'Eira Test', roles: ['appointee', 'auditor'] };

type Made = Extract<AccountAnswer, { account: string }>;
const create = (username: string, commandId: string = randomUUID()) =>
  identity.directory.create({ ...eira, username }, contextOf(commandId)) as Promise<Made>;
const redeem = (invitation: string, password = CHOSEN) =>
  post(`${identity.url}/invitations/redeem`, { invitation, password });

describe('creating accounts', () => {
  it('records account and person, the name in the erasable stream only', async () => {
    const made = await create(eira.username);
    const events = (await identity.log()).slice(-2);
    expect(events.map(({ type }) => type)).toEqual(['AccountCreated', 'PersonRecorded']);
    const [account, person] = events;
    expect(made).toMatchObject({ event: account?.id, position: person?.position, account: account?.data['account'] });
    expect(JSON.stringify(events[0])).not.toMatch(/eira/i);
    expect(identity.directory.findByUsername('eira@WJEC-appointees.co.uk')).toBe(made.account);
  });

  it('answers a repeated command with the same account and invitation, and records nothing', async () => {
    const commandId = randomUUID();
    const first = await create('nest@example.org', commandId);
    const events = (await identity.log()).length;
    expect(await create('nest@example.org', commandId)).toEqual(first);
    expect((await identity.log()).length).toBe(events);
  });

  it('refuses a name that is taken, in whatever case, at the same time too', async () => {
    const refused = { refused: { reason: 'AccountExists', account: identity.account } };
    expect(await create(USERNAME.toUpperCase())).toEqual(refused);
    const both = await Promise.all([create('twice@example.org'), create('TWICE@example.org')]);
    expect(both.filter((answer) => 'refused' in answer)).toHaveLength(1);
  });

  it('leaves nothing behind where it refuses', async () => {
    const context = contextOf();
    const wrongRole = { ...eira, username: 'later@example.org', roles: ['wizard'] };
    const { directory } = identity;
    const refused = { reason: 'RoleUnknown', role: 'wizard' };
    expect(await directory.create(wrongRole, context)).toEqual({ refused });
    const nameless = { ...wrongRole, roles: ['admin'], displayName: ' ' };
    expect(await directory.create(nameless, context)).toHaveProperty('refused');
    expect(identity.directory.findByUsername('later@example.org')).toBeUndefined();
  });

  it('is finished by a later try where the log could not be written', async () => {
    const commandId = randomUUID();
    identity.breakLog('unknown');
    expect(await create('broken@example.org', commandId)).toEqual({ failed: 'unknown' });
    identity.breakLog(undefined);
    expect(await create('broken@example.org', commandId)).toHaveProperty('invitation');
  });
});

describe('invitations', () => {
  it('let their holder choose a password, once', async () => {
    const { invitation, account } = await create('gwen@example.org');
    const answers = await Promise.all([redeem(invitation), redeem(invitation, 'rhywun arall yma')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await redeem(invitation)).body).toMatchObject({ status: 401, type: 'sign-in-refused' });
    expect((await identity.log()).at(-1)).toMatchObject({ type: 'PasswordChosen', data: { account } });
    const flow = await beginSignIn(identity.url);
    await flow.step('username', { username: 'gwen@example.org' });
    expect((await flow.step('password', { password: CHOSEN })).body).toEqual({ step: 'stay' });
  });

  it('stay used when the account is created again by the same command', async () => {
    const commandId = randomUUID();
    const { invitation } = await create('used@example.org', commandId);
    expect((await redeem(invitation)).body).toEqual({ username: 'used@example.org' });
    expect((await create('used@example.org', commandId)).invitation).toBe(invitation);
    expect((await redeem(invitation)).status).toBe(401);
  });

  it('stay unused where the choice could not be recorded', async () => {
    const { invitation } = await create('again@example.org');
    identity.breakLog('full');
    expect((await redeem(invitation)).status).toBe(507);
    identity.breakLog(undefined);
    expect((await redeem(invitation)).status).toBe(200);
  });

  it('stay unused where the password is one that everybody tries first, or too short', async () => {
    const { invitation } = await create('common@example.org');
    expect((await redeem(invitation, 'password2026!')).body).toMatchObject({ status: 422, type: 'password-common' });
    expect((await redeem(invitation, 'byr iawn 11')).body).toMatchObject({ status: 422, type: 'malformed-request' });
    expect((await redeem('no-such-invitation', 'password2026!')).body).toMatchObject({ type: 'sign-in-refused' });
    expect((await redeem(invitation)).status).toBe(200);
  });

  it('end after fourteen days', async () => {
    const { invitation } = await create('late@example.org');
    now += 14 * 86_400_000;
    expect((await redeem(invitation)).status).toBe(401);
  });
});

describe('the store', () => {
  it('is readable by its owner alone, and holds no password, invitation or refresh token', async () => {
    const { invitation } = await create('secret@example.org');
    for (const name of ['identity.db', 'identity.db-wal']) {
      const file = join(identity.folder, name);
      expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
      expect(readFileSync(file).includes(invitation)).toBe(false);
      expect(readFileSync(file).includes(PASSWORD)).toBe(false);
    }
    expect(JSON.stringify(await identity.log())).not.toContain(invitation);
  });

  it('takes the names from the log where it was lost, and nobody’s password', async () => {
    for (const name of ['identity.db', 'identity.db-wal', 'identity.db-shm']) {
      rmSync(join(identity.folder, name), { force: true });
    }
    const { account } = identity;
    identity = await identity.restart();
    expect(identity.directory.findByUsername(USERNAME)).toBe(account);
    expect(await create(USERNAME)).toEqual({ refused: { reason: 'AccountExists', account } });
    const flow = await beginSignIn(identity.url);
    await flow.step('username', { username: USERNAME });
    expect((await flow.step('password', { password: PASSWORD })).status).toBe(401);
  });
});
