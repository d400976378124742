import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { address, PASSWORD, startService, type Person, type TestService } from './testing.js';

let service: TestService;
beforeAll(async () => { service = await startService(); }, 60_000);
afterAll(() => service?.stop());

const DEVICE = fileURLToPath(new URL('../../../authenticator/dist/main.js', import.meta.url));
const CLIENT = fileURLToPath(new URL('../main.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program whose lines on standard error can be answered while it runs. */
function runOpen(program: string, words: readonly string[], person: Person, onError?: (text: string, write: (line: string) => void) => void) {
  const env = {
    ...process.env, PORTAL_SERVER: service.url, XDG_CONFIG_HOME: join(person.folder, 'config'),
    XDG_STATE_HOME: join(person.folder, 'state'), XDG_DATA_HOME: join(person.folder, 'share'),
  };
  const child = spawn(process.execPath, [program, ...words, '--json'], { env });
  const text = { out: '', err: '' };
  child.stdout.on('data', chunk => void (text.out += String(chunk)));
  child.stderr.on('data', chunk => {
    text.err += String(chunk);
    onError?.(text.err, line => child.stdin.write(line));
  });
  const ended = new Promise<Ended>(resolve => child.on('close', code => resolve({ code, ...text })));
  return { child, ended };
}

const device = (person: Person, ...words: string[]) => runOpen(DEVICE, words, person).ended;

function pairFromInput(person: Person, line: string): Promise<Ended> {
  const { child, ended } = runOpen(DEVICE, ['pair', '-'], person);
  child.stdin.end(line);
  return ended;
}

async function signInWith(person: Person, username: string, factor: string, onStep: (text: string, write: (line: string) => void) => void) {
  const words = ['sign-in', '--username', address(username), '--password-stdin', '--factor', factor];
  const { child, ended } = runOpen(CLIENT, words, person, onStep);
  child.stdin.write(`${PASSWORD}\n`);
  if (factor !== 'sms') child.stdin.end();
  return ended.finally(() => child.stdin.destroy());
}

describe('an authenticator', () => {
  it('is paired, lists who asks, and signs in with the number; a wrong one ends it', async () => {
    const person = await service.person('user7');
    const { uri } = (await person.portal('factor app')).json<{ uri: string }>();
    expect((await device(person, 'list')).code).toBe(3);
    expect((await pairFromInput(person, '\n')).code).toBe(2);
    expect(JSON.parse((await pairFromInput(person, `${uri}\n`)).out)).toMatchObject({ username: address('user7'), server: service.url });
    expect((await device(person, 'pair', uri)).code).toBe(1);
    const keys = join(person.folder, 'share', 'portal-authenticator');
    expect(readdirSync(keys).map(name => statSync(join(keys, name)).mode & 0o777)).toEqual([0o600]);
    expect((await device(person, 'approve', '12')).code).toBe(1);
    let answered: Promise<Ended> | undefined;
    const approve = (by: number) => (text: string) => {
      const number = /"number":"(\d\d)"/.exec(text)?.[1];
      if (number === undefined || answered !== undefined) return;
      answered = device(person, 'approve', String((Number(number) + by) % 100).padStart(2, '0'));
    };
    const signedIn = await signInWith(person, 'user7', 'app', approve(0));
    expect(signedIn.err).toMatch(/^\{"step":"approve","number":"\d\d","expiresAt":"[^"]+"\}\n$/);
    expect([signedIn.code, JSON.parse(signedIn.out)]).toEqual([0, expect.objectContaining({ username: address('user7') })]);
    expect(JSON.parse((await answered)!.out)).toMatchObject({ answer: 'approved' });
    answered = undefined;
    const refused = await signInWith(person, 'user7', 'app', approve(1));
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toContain('approval-denied');
  });
});

describe('a code', () => {
  it('by SMS is given once it has come; a recovery code stands in for it; an administrator takes it all away', async () => {
    const person = await service.person('examiner2');
    const sent = () => /\d{6}/.exec(readFileSync(join(service.folder, 'data', 'sms-outbox.jsonl'), 'utf8').trim().split('"text":').at(-1)!)![0];
    await person.portal('factor sms --phone +441970123456');
    const { codes } = (await person.portal('factor sms --code-stdin', { stdin: `${sent()}\n` })).json<{ codes: string[] }>();
    expect(codes).toHaveLength(10);
    let isGiven = false;
    const bySms = await signInWith(person, 'examiner2', 'sms', (text, write) => {
      if (isGiven || !text.includes('"sms"')) return;
      isGiven = true;
      write(`${sent()}\n`);
    });
    expect([bySms.code, bySms.err]).toEqual([0, expect.stringContaining('"sentTo":"••56"')]);
    const signIn = `sign-in --username ${address('examiner2')} --password-stdin`;
    const bare = await person.portal(signIn, { stdin: `${PASSWORD}\n` });
    expect([bare.code, bare.error().type]).toEqual([1, 'code-missing']);
    const before = sent();
    const recovered = await person.portal(`${signIn} --factor recovery`, { stdin: `${PASSWORD}\n${codes[0]}\n` });
    expect(recovered.code).toBe(0);
    // The way was named with the password: no message was sent for it.
    expect(sent()).toBe(before);
    expect((await person.portal('sessions')).json<object[]>()).toEqual(expect.arrayContaining([expect.objectContaining({ here: true, kept: false })]));
    const admin = await service.person('admin');
    expect((await admin.portal(`admin reset-factors ${address('examiner2')}`)).json()).toMatchObject({ event: expect.any(String) });
    expect((await person.portal(signIn, { stdin: `${PASSWORD}\n` })).code).toBe(0);
    expect((await admin.portal(`admin end-sessions ${address('examiner2')}`)).json()).toMatchObject({ event: expect.any(String) });
    expect((await person.portal('sessions')).code).toBe(3);
    expect((await admin.portal(`admin unlock ${address('nobody')}`)).error().type).toBe('person-unknown');
  });
});
