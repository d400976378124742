import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ready } from '@portal/contract';
import { personFolders } from './command-line.js';
import { startRobot, type Robot } from './robot.js';
import { PASSWORD, refusedStart } from './service.js';
import { signInWithNumber, startAuthenticator } from './steps.js';
import { built, sleep, temporaryFolder } from './temporary.js';

/** What `npm start` runs, without npm; one test below goes through npm itself. */
const START = [process.execPath, built('scripts/run.mjs'), 'start'];

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
});
afterEach(async () => {
  for (let tries = 0; existsSync(join(data, 'service.json')) && tries < 100; tries++) {
    const { pid } = Ready.parse(JSON.parse(readFileSync(join(data, 'service.json'), 'utf8')));
    if (tries === 0) endIfAlive(pid);
    await sleep(50);
  }
  folder.remove();
});

describe('npm start -- --headless', () => {
  it('says one line on standard output, how to connect on the other, and ends with the signal it is sent', async () => {
    const started = headless(['npm', 'start', '--', '--headless', '--data', data]);
    const ready = Ready.parse(JSON.parse(await started.line()));
    expect(ready).toMatchObject({ ready: true, data, firstStart: true });
    expect(statSync(join(data, 'demo-credentials.json')).mode & 0o777).toBe(0o600);
    process.kill(ready.pid, 'SIGTERM');
    await started.ended;
    expect(started.stdout().split('\n')).toHaveLength(2);
    expect(started.stderr()).toContain(`npm run --silent portal -- --server ${ready.url}`);
    expect(started.stderr().split(PASSWORD)).toHaveLength(1 + PEOPLE);
    expect(started.stderr()).toContain(`npm run authenticator -- --demo user7 --data ${data}`);
    expect(started.stderr()).toContain(`SMS for examiner2 is written to ${join(data, 'sms-outbox.jsonl')}`);
  });

  it('is refused with one line where a service runs on the same data, and leaves that one alone', async () => {
    const first = headless([...START, '--headless', '--no-demo', '--data', data]);
    const { url, pid } = Ready.parse(JSON.parse(await first.line()));
    const second = headless([...START, '--headless', '--no-demo', '--data', data]);
    expect(await second.ended).toBe(1);
    expect([second.stdout(), second.stderr()]).toEqual(['', `Already running on ${data}: ${url} (process ${pid}).\n`]);
    const past = await refusedStart({ folder: folder.path });
    expect([past.code, past.errors.split('\n')]).toEqual([1, [expect.stringContaining('events.db'), '']]);
    first.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  it('ends with 2 and the usage for a word it does not know', async () => {
    for (const words of [['--dat', data], ['--port', 'many'], ['headless']]) {
      const wrong = headless([...START, ...words]);
      expect(await wrong.ended).toBe(2);
      expect(wrong.stderr()).toContain('usage: npm start');
    }
  });
});

describe('npm start in a terminal', () => {
  const start = (environment = {}): Robot =>
    startRobot({ folder: folder.path, program: [...START, '--data', data], environment: { PORTAL_DEMO_PASSWORD: PASSWORD, ...environment } });

  it('ends with 2 and a line where the data folder cannot be made', async () => {
    const wrong = startRobot({ folder: folder.path, program: [...START, '--data', '/proc/nobody-makes-one-here'] });
    await wrong.waitFor('/proc/nobody-makes-one-here cannot be the data folder');
    expect((await wrong.ended).code).toBe(2);
  });

  it('opens the client with the passwords of the first start; a second start joins, and the service outlives the first', async () => {
    const first = start();
    await first.waitFor('Sign in as an Appointee');
    await first.waitFor(PASSWORD);
    await first.waitFor('npm run authenticator -- --demo user7');
    const { pid } = Ready.parse(JSON.parse(readFileSync(join(data, 'service.json'), 'utf8')));
    const second = start();
    await second.waitFor('Sign in as an Appointee');
    expect(second.text()).not.toContain(PASSWORD);
    const authenticator = startAuthenticator(folder.path, 'user7', data);
    await signInWithNumber(first, 'user7', authenticator);
    authenticator.type('q');
    first.key('ctrl-c');
    first.key('enter');
    expect(await first.ended).toEqual({ code: 0, leftBehind: [] });
    expect(() => process.kill(pid, 0)).not.toThrow();
    second.key('ctrl-c');
    second.key('enter');
    expect(await second.ended).toEqual({ code: 0, leftBehind: [] });
    expect(readFileSync(join(data, 'service.log'), 'utf8')).not.toContain(PASSWORD);
  });

  it.each(['SIGKILL', 'SIGSEGV'] as const)('gives the terminal back where the client is ended by %s', async (signal) => {
    const robot = start();
    await robot.waitFor('Sign in as an Appointee');
    process.kill(clientUnder(robot.pid()), signal);
    const { code, leftBehind } = await robot.ended;
    expect([code, leftBehind]).toEqual([signal === 'SIGKILL' ? 137 : 139, []]);
  });

  it('shows the last words of a service that cannot start, and ends with 1', async () => {
    mkdirSync(join(data, 'events.db'), { recursive: true });
    const robot = start();
    expect((await robot.ended).code).toBe(1);
    expect(robot.text()).toMatch(/events\.db|unable to open database file/);
  });
});

/** The full screen itself, below the scripts that started it. */
function clientUnder(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  const found = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('portal.mjs'));
  if (found !== undefined) return found;
  const [next] = children;
  if (next === undefined) throw new Error(`no client below ${pid}`);
  return clientUnder(next);
}

/** In the demo. */
const PEOPLE = 8;

function headless([command = '', ...words]: readonly string[]) {
  const child = spawn(command, words, {
    cwd: built(''),
    env: { PATH: process.env['PATH'], PORTAL_DEMO_PASSWORD: PASSWORD, PORTAL_LOG_LEVEL: 'error', ...personFolders(folder.path) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    line: async () => {
      while (!stdout.includes('\n') && child.exitCode === null) await sleep(20);
      return stdout.slice(0, stdout.indexOf('\n'));
    },
  };
}

function endIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
