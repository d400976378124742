/** The service insists on a second way: whoever leaves in the middle of setting it up does not get past it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type Person, type TestService } from './testing.js';

let service: TestService;
let person: Person;
beforeAll(async () => {
  // Loaded without second factors, and served as an installation that wants them.
  service = await startService();
  await service.killAndRestart(0, { PORTAL_DEMO_FACTORS: '1' });
  person = await service.person('user7');
});
afterAll(() => service?.stop());

const codeSent = (): string => /\d{6}/.exec(readFileSync(join(service.folder, 'data', 'sms-outbox.jsonl'), 'utf8').trim().split('"text":').at(-1)!)![0];

describe('an account that the password alone opens', () => {
  it('is told what to set up, and by which words, whatever else it asks for', async () => {
    expect((await person.portal('whoami')).code).toBe(0);
    for (const words of ['services', 'emi', 'emi sheets 9521/01', 'emi enter 9521/01 68101 0007 5', 'document list']) {
      const ran = await person.portal(words);
      expect([ran.code, ran.error()]).toEqual([1, expect.objectContaining({ type: 'factor-not-set-up', detail: expect.stringContaining('portal factor totp') })]);
    }
    expect((await person.portal('sessions')).code).toBe(0);
    const plain = await person.plain('--plain', { stdin: '', alone: true });
    expect([plain.code, plain.stdout]).toEqual([0, expect.stringContaining('portal factor totp')]);
  });

  it('is open as soon as one is set up, in the same sign-in', async () => {
    await person.portal('factor sms --phone +441970123456');
    expect((await person.portal('services')).error().type).toBe('factor-not-set-up');
    expect((await person.portal('factor sms --code-stdin', { stdin: `${codeSent()}\n` })).code).toBe(0);
    expect((await person.portal('emi enter 9521/01 68101 0007 5')).json()).toMatchObject({ candidate: '0007', mark: 5 });
  });
});
