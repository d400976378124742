import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { AccountsAnswer } from '@portal/contract';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';

let portal: Portal;
let admin: Person;
beforeAll(async () => {
  portal = await startPortal();
  admin = await portal.person('admin', ['admin']);
});
afterAll(() => portal.stop());

const MARI = { Name: 'Mari Wyn', Email: 'mari.wyn@example.org', Phone: '+447700900067', Roles: 'appointee auditor' };
const sent = async (row: object, dryRun = false) =>
  (await admin.ask<AccountsAnswer>('POST', '/admin/accounts/rows', { body: { rows: [row], dryRun } })).body;

it('a row that is there as it is asked for changes nothing; anything else under its address is refused', async () => {
  const made = await sent(MARI);
  expect(made).toMatchObject({ accepted: 1, unchanged: 0, refused: [] });
  const before = (await portal.log()).length;
  const same = { ...MARI, Email: 'Mari.Wyn@example.org', Roles: 'auditor;appointee' };
  for (const dryRun of [false, true]) {
    expect(await sent(same, dryRun)).toMatchObject({ accepted: 0, unchanged: 1, refused: [], accounts: made.accounts });
    for (const change of [{ Name: 'Mari W' }, { Phone: '' }, { Phone: '+447700900068' }, { Roles: 'appointee' }, { Roles: 'appointee auditor admin' }]) {
      expect(await sent({ ...MARI, ...change }, dryRun)).toMatchObject({
        accepted: 0, unchanged: 0, refused: [{ row: 1, field: 'Email', reason: 'account-exists' }], accounts: [],
      });
    }
  }
  expect((await portal.log()).length).toBe(before);
});

it('what is no telephone number is refused by name', async () => {
  for (const Phone of ['07700900067', '+44 7700 900067', '+0447700900067', '+44770090006x', 'none']) {
    const row = { ...MARI, Email: 'other@example.org', Phone };
    expect(await sent(row)).toMatchObject({ accepted: 0, refused: [{ row: 1, field: 'Phone', reason: 'phone-malformed' }] });
  }
});
