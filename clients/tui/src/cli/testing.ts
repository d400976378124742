import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, createReadStream, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Surroundings } from './context.js';
import type { RefusalFacts } from './outcome.js';
import { runCommandLine } from './run.js';

/** Support for tests: the real service on a data folder of its own, and people who type commands at it. */

const built = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const SERVICE = built('services/portal-api/dist/main.js');
/** What ships, where `npm test` has just bundled it; after a bare `tsc -b` the bundle would be an old one. */
const CLIENT = built(process.env['PORTAL_TEST_BUNDLE'] ? 'clients/tui/dist/portal.mjs' : 'clients/tui/dist/main.js');

/** `npm test` has loaded the demo once. */
const LOADED_DEMO = process.env['PORTAL_TEST_DEMO'];

export const PASSWORD = 'correct horse battery staple';

export interface TestService {
  readonly url: string;
  readonly folder: string;
  readonly person: (username?: string) => Promise<Person>;
  /** `SIGKILL`, and then the same data on the same port again; `more` over the settings. */
  readonly killAndRestart: (awayMs?: number, more?: Readonly<Record<string, string>>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as the one JSON document that it must be. */
  readonly json: <T = any>() => T;
  /** The refusal: one JSON line on standard error, and nothing on standard output. */
  readonly error: () => RefusalFacts & { readonly detail: string };
}

export interface Person {
  readonly folder: string;
  /** With `--json`. */
  readonly portal: (words: string, options?: RunOptions) => Promise<Ran>;
  readonly plain: (words: string, options?: RunOptions) => Promise<Ran>;
  readonly file: (name: string, content: string) => string;
}

interface RunOptions {
  readonly stdin?: string;
  /** What ships, in a process of its own; else the command line in the test's, which costs a tenth. */
  readonly alone?: true;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startService(environment: Readonly<Record<string, string>> = {}): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-service-'));
  if (LOADED_DEMO !== undefined) cpSync(LOADED_DEMO, join(folder, 'data'), { recursive: true });
  let started = await start(folder, environment);
  return {
    url: started.url,
    folder,
    person: username => createPerson(folder, started.url, username),
    killAndRestart: async (awayMs = 0, more = {}) => {
      const before = started.url;
      await end(started.child, 'SIGKILL');
      await new Promise(resolve => setTimeout(resolve, awayMs));
      started = await start(folder, { ...environment, ...more });
      if (started.url !== before) throw new Error(`restarted at ${started.url}, not at ${before}`);
    },
    stop: async () => {
      await end(started.child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start(folder: string, environment: Readonly<Record<string, string>>): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [SERVICE], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: built('.cache/compiled'),
      PORTAL_DATA: join(folder, 'data'),
      PORTAL_PORT: '0',
      PORTAL_DEMO: '1',
      PORTAL_DEMO_PASSWORD: PASSWORD,
      PORTAL_DEMO_FACTORS: '0',
      PORTAL_LOG_LEVEL: 'error',
      XDG_STATE_HOME: join(folder, 'state'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve(said.split('\n')[0]!);
    });
    child.on('exit', code => reject(new Error(`the service ended with ${code} before it was ready`)));
  });
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  return new Promise(resolve => {
    child.on('exit', () => resolve());
    child.kill(signal);
  });
}

/** Somebody with folders of their own, signed in where a name is given. */
async function createPerson(root: string, url: string, username: string | undefined): Promise<Person> {
  const folder = mkdtempSync(join(root, 'person-'));
  const env = {
    PATH: process.env['PATH'] ?? '',
    NODE_COMPILE_CACHE: built('.cache/compiled'),
    INIT_CWD: folder,
    XDG_STATE_HOME: join(folder, 'state'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    PORTAL_SERVER: url,
  };
  const run = (words: string, { stdin = '', env: more = {}, alone }: RunOptions = {}) =>
    (alone ? runClient : runHere)(splitWords(words), stdin, { ...env, ...more });
  const person: Person = {
    folder,
    portal: (words, options) => run(`${words} --json`, options),
    plain: run,
    file: (name, content) => (writeFileSync(join(folder, name), content), name),
  };
  if (username === undefined) return person;
  const signedIn = await person.portal(`sign-in --username ${address(username)} --password-stdin --stay`, {
    stdin: `${PASSWORD}\n`,
  });
  if (signedIn.code !== 0) throw new Error(`${username} could not sign in: ${signedIn.stderr}`);
  return person;
}

export function address(name: string): string {
  return `${name}@wjec-appointees.co.uk`;
}

/** A unit of its own, whatever the demo data hold: two moderators under a principal, four named centres. */
export const UNIT = '4000N1@2017-06';

export interface UnitPeople {
  readonly admin: Person;
  readonly principal: Person;
  readonly moderator: Person;
  readonly other: Person;
}

export async function setUpUnit(service: TestService): Promise<UnitPeople> {
  const [admin, principal] = [await service.person('admin'), await service.person('principal')];
  const [moderator, other] = [await service.person('user7'), await service.person('examiner2')];
  const unit = {
    component: UNIT, kind: 'IAMIS', series: 'June 2017', qualification: 'GCSE', titles: { en: 'SPEAKING', cy: 'LLAFAR' },
    maximum: 50, deadline: '2017-07-12T22:59:00Z', tolerance: 3, sampleRule: 'jcq-classic', method: 'ols',
  };
  const under = ['user7', 'examiner2'].map(name => `${address(name)},moderator,${address('principal')}`);
  await succeeded(admin.portal('admin component put --file -', { stdin: JSON.stringify(unit) }));
  const centres = 'CentreNo,Name\n71001,Ysgol Un\n71002,Ysgol Dau\n71003,Ysgol Tri\n71004,Ysgol Pedwar\n';
  await succeeded(admin.portal('admin centres --file -', { stdin: centres }));
  const team = `Person,Role,Senior\n${address('principal')},principal,\n${under.join('\n')}\n`;
  await succeeded(admin.portal(`admin team ${UNIT} --file -`, { stdin: team }));
  return { admin, principal, moderator, other };
}

/** Every candidate of the sample, by what the centre gave; then the report. */
export async function reviewAll(person: Person, centre: string, markFor: (centreMark: number, candidate: string) => number): Promise<void> {
  const { candidates } = (await succeeded(person.portal(`iamis sample ${UNIT} ${centre}`))).json();
  for (const { candidate, centreMark } of candidates) {
    await succeeded(person.portal(`iamis review ${UNIT} ${centre} ${candidate} ${markFor(centreMark, candidate)}`));
  }
}

export async function succeeded(running: Promise<Ran>): Promise<Ran> {
  const ran = await running;
  if (ran.code !== 0) throw new Error(`exit code ${ran.code}: ${ran.stdout}${ran.stderr}`);
  return ran;
}

/** As a shell would: quotes keep words together. */
function splitWords(words: string): readonly string[] {
  return [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(found => found[1] ?? found[2]!);
}

function runClient(words: readonly string[], stdin: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  const child = spawn(process.execPath, [CLIENT, ...words], { env, stdio: 'pipe' });
  child.stdin.on('error', () => undefined).end(stdin);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise(resolve => child.on('close', code => resolve(ran(code ?? -1, stdout, stderr))));
}

async function runHere(words: readonly string[], typed: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  const said = { stdout: '', stderr: '' };
  const into = (stream: keyof typeof said) => ({ write: (text: string | Uint8Array) => void (said[stream] += Buffer.from(text).toString()) });
  const input = join(mkdtempSync(join(tmpdir(), 'portal-typed-')), 'typed');
  writeFileSync(input, typed, { mode: 0o600 });
  const stdin = createReadStream(input, { fd: openSync(input, 'r') });
  const code = await runCommandLine(words, { env, stdin, stdout: into('stdout'), stderr: into('stderr') } as unknown as Surroundings);
  stdin.destroy();
  rmSync(dirname(input), { recursive: true });
  return ran(code, said.stdout, said.stderr);
}

const ran = (code: number, stdout: string, stderr: string): Ran => ({
  code,
  stdout,
  stderr,
  json: () => JSON.parse(stdout) as never,
  error: () => refusalIn(stdout, stderr),
});

function refusalIn(stdout: string, stderr: string): ReturnType<Ran['error']> {
  if (stdout !== '') throw new Error(`a refusal leaves standard output empty, and there was: ${stdout}`);
  if (!/^[^\n]+\n$/.test(stderr)) throw new Error(`a refusal is one line, and there was: ${stderr}`);
  return (JSON.parse(stderr) as { error: ReturnType<Ran['error']> }).error;
}
