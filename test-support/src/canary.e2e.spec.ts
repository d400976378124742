import { spawn } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startProvider } from '../../clients/tui/dist/platform/session/testing/provider.js';
import { codeAt } from '../../services/identity/dist/factors/totp.js';
import { address, personFolders, signIn } from './command-line.js';
import { startRobot } from './robot.js';
import { startService, type Service } from './service.js';
import { built, temporaryFolder } from './temporary.js';

/** Secrets that can be told from anything else are used as people use them; then everything that was left is searched. */

const PASSWORD = 'canary-7f3a9c-llyfr-melyn';
const USERNAME = address('canary');
const folder = temporaryFolder();
const home = join(folder.path, 'canary');
let service: Service;

beforeAll(async () => {
  mkdirSync(home, { mode: 0o700 });
  service = await startService({ folder: folder.path, environment: { PORTAL_LOG_LEVEL: 'trace' } });
});
afterAll(async () => {
  await service.stop();
  folder.remove();
});

interface Seen {
  /** Command lines and environments of every process that ran below, as anybody on the machine or their owner sees them. */
  readonly processes: Set<string>;
  output: string;
}

const seen: Seen = { processes: new Set(), output: '' };

/** Of the process and of all that it started. */
function lookAt(pid: number): void {
  try {
    const about = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8').replaceAll('\0', '\n'));
    seen.processes.add(about.join('\n'));
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    for (const child of children.filter((one) => one !== '')) lookAt(Number(child));
  } catch (error) {
    // It has ended between two looks.
    if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

async function run(words: readonly string[], stdin = '', more: Readonly<Record<string, string>> = {}): Promise<{ code: number | null; json: any }> {
  const environment = { PATH: process.env['PATH'], ...personFolders(home), PORTAL_SERVER: service.url, ...more };
  const child = spawn(process.execPath, [built('clients/tui/dist/portal.mjs'), ...words, '--json'], { env: environment, stdio: 'pipe' });
  const look = setInterval(() => [child.pid!, service.pid].forEach(lookAt), 20);
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (seen.output += chunk.toString()));
  child.stdin.end(stdin);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(look);
  return { code, json: stdout === '' ? undefined : JSON.parse(stdout) };
}

/** Files below, with the secrets that stand in each: a database keeps text as it is. */
function found(root: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  return files(root).flatMap((path) => {
    const content = readFileSync(path);
    return Object.keys(secrets).filter((name) => content.includes(secrets[name]!)).map((name) => `${name} in ${path.slice(root.length + 1)}`);
  });
}

const files = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

const secrets: Record<string, string> = { password: PASSWORD };

function keepTokens(): void {
  const all = files(join(home, 'state', 'portal', 'tokens'));
  const [tokens, key] = ['.json', '.key'].map((end) => all.find((path) => path.endsWith(end)));
  if (key !== undefined) secrets['device key'] = (JSON.parse(readFileSync(key, 'utf8')) as { d: string }).d;
  const { accessToken, refreshToken } = JSON.parse(readFileSync(tokens!, 'utf8')) as { accessToken: string; refreshToken: string };
  const turn = Object.keys(secrets).filter((name) => name.startsWith('access')).length;
  Object.assign(secrets, { [`access token ${turn}`]: accessToken, [`refresh token ${turn}`]: refreshToken });
}

describe('a sign-in leaves its secrets nowhere', () => {
  let totpSecret = '';

  it('on the command line', async () => {
    const admin = join(folder.path, 'admin');
    mkdirSync(admin);
    const made = await (await signIn(admin, service.url, 'admin')).portal<{ invitation: string }>(
      ['admin', 'account', 'create', '--username', USERNAME, '--name', 'Canary', '--roles', 'appointee']);
    secrets['invitation'] = made.invitation;
    expect((await run(['redeem', '--password-stdin'], `${made.invitation}\n${PASSWORD}\n`)).code).toBe(0);
    expect((await run(['sign-in', '--username', USERNAME, '--password-stdin'], `${PASSWORD}\n`)).code).toBe(0);
    keepTokens();
    totpSecret = (await run(['factor', 'totp'])).json.secret;
    const { json } = await run(['factor', 'totp', '--code-stdin'], `${codeAt(totpSecret, new Date())}\n`);
    secrets['totp secret'] = totpSecret;
    (json.codes as string[]).forEach((code, at) => (secrets[`recovery code ${at}`] = code));
    const recovery = await run(['sign-in', '--username', USERNAME, '--password-stdin', '--factor', 'recovery'], `${PASSWORD}\n${json.codes[0]}\n`);
    expect(recovery.code).toBe(0);
    keepTokens();
  });

  it('on the screen', async () => {
    const code = codeAt(totpSecret, new Date(Date.now() + 30_000));
    const robot = startRobot({ folder: join(folder.path, 'screen'), server: service.url });
    const look = setInterval(() => lookAt(robot.pid()), 20);
    await robot.waitFor('Sign in as an Appointee');
    robot.key('enter');
    await robot.waitFor('Email address or phone number');
    robot.type(`${USERNAME}\r`);
    await robot.waitFor('Enter password');
    robot.type(PASSWORD);
    await robot.waitFor('•••');
    robot.type('\r');
    await robot.waitFor('Enter code');
    clearInterval(look);
    robot.type(`${code}\r`);
    await robot.waitFor('Stay signed in?');
    robot.key('enter');
    await robot.waitFor('All services');
    robot.kill('SIGTERM');
    await robot.ended;
    const output = robot.output();
    expect(output).toContain(USERNAME);
    expect(Object.keys(secrets).filter((name) => output.includes(secrets[name]!))).toEqual([]);
  });

  it('in the browser: it is opened with an address of this machine, and the rest stays in the client', async () => {
    const provider = await startProvider();
    const bin = join(home, 'bin');
    mkdirSync(bin);
    const browse = `#!/bin/sh\nexec '${process.execPath}' -e 'setTimeout(() => fetch(process.argv[1]).then((page) => page.text()), 300)' "$1"\n`;
    writeFileSync(join(bin, 'xdg-open'), browse, { mode: 0o755 });
    const { code } = await run(['sign-in', '--browser'], '', { PATH: `${bin}:${process.env['PATH']}`, PORTAL_SERVER: provider.url });
    await provider.stop();
    expect(code).toBe(0);
    const asked = provider.asked.at(-1)!;
    for (const name of ['code', 'code_verifier']) secrets[`${name} of the browser`] = `${asked.get(name)}`;
    Object.assign(secrets, { 'access token of the browser': 'an-access-token', 'refresh token of the browser': 'a-refresh-token' });
    expect([...seen.processes].join()).toMatch(/xdg-open|process\.argv/);
  });

  it('not in what a process is called with or has around it, not in what it says, not in the log', () => {
    const all = { ...secrets };
    const places = { processes: [...seen.processes].join('\n'), output: seen.output, log: service.errors() };
    // What must be there is: the search would find a secret.
    expect(places.processes).toContain(USERNAME);
    expect(places.log).toContain('/sign-in-ways');
    for (const [place, text] of Object.entries(places)) {
      expect([place, Object.keys(all).filter((name) => text.includes(all[name]!))]).toEqual([place, []]);
    }
  });

  it('not in the service’s folder; and on the person’s disk tokens alone, for them alone', () => {
    expect(found(join(folder.path, 'data'), secrets)).toEqual([]);
    expect(found(join(folder.path, 'data'), { name: USERNAME.toLowerCase() }).join()).toContain('identity.db');
    const onDisk = found(home, secrets);
    expect(onDisk.filter((one) => !/^((access|refresh) token (1|of the browser)|device key) in state\/portal\/tokens\//.test(one))).toEqual([]);
    expect(onDisk.join()).toContain('refresh token 1');
    const open = readdirSync(join(home, 'state'), { recursive: true, withFileTypes: true })
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => path.includes('/portal/') && (lstatSync(path).mode & 0o077) !== 0);
    expect(open).toEqual([]);
  });
});
