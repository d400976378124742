import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ready } from '@portal/contract';
import { built } from './temporary.js';

/** Node runs the service with these wherever it is started. */
const FLAGS = JSON.parse(readFileSync(built('services/portal-api/node-flags.json'), 'utf8')) as string[];

export const PASSWORD = 'correct horse battery staple';

export interface ServiceOptions {
  /** A folder of the test; the data folder is made inside it. */
  readonly folder: string;
  /** 0, the default, is a free one. */
  readonly port?: number;
  /** Another program than the service, for negative controls. */
  readonly entry?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Service {
  readonly ready: Ready;
  readonly url: string;
  readonly pid: number;
  /** What it has written to standard error so far. */
  readonly errors: () => string;
  /** Asks it to end, and answers with its exit code. */
  readonly stop: () => Promise<number>;
  /** Gives it no chance to do anything more. */
  readonly kill: () => Promise<void>;
}

/** The real, built service with the demo data, on 127.0.0.1. Throws with its last words when it does not come up. */
export async function startService(options: ServiceOptions): Promise<Service> {
  copyLoadedDemo(options);
  const child = spawnService(options);
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ready = await readyLine(child, () => errors);
  return {
    ready,
    url: ready.url,
    pid: child.pid as number,
    errors: () => errors,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => void (await end(child, 'SIGKILL')),
  };
}

/** `npm test` has loaded the demo once; who sets something of it loads it anew. */
function copyLoadedDemo({ folder, environment }: ServiceOptions): void {
  const [loaded, data] = [process.env['PORTAL_TEST_DEMO'], join(folder, 'data')];
  if (loaded !== undefined && environment === undefined && !existsSync(data)) cpSync(loaded, data, { recursive: true });
}

/** For a service that is expected to refuse to start: its exit code and last words. */
export async function refusedStart(options: ServiceOptions): Promise<{ code: number | null; errors: string }> {
  const child = spawnService(options);
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, errors };
}

function spawnService({ folder, port = 0, entry = built('services/portal-api/dist/main.js'), environment }: ServiceOptions) {
  return spawn(process.execPath, [...FLAGS, entry], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: built('.cache/compiled'),
      PORTAL_DATA: join(folder, 'data'),
      PORTAL_PORT: String(port),
      PORTAL_DEMO: '1',
      PORTAL_DEMO_PASSWORD: PASSWORD,
      // Sign-in is walked the real way where it is the subject: then this is '1'.
      PORTAL_DEMO_FACTORS: '0',
      PORTAL_LOG_LEVEL: 'error',
      XDG_STATE_HOME: join(folder, 'state'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function readyLine(child: ChildProcess, errors: () => string): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve(Ready.parse(JSON.parse(said.slice(0, said.indexOf('\n')))));
    });
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`the service ended with ${code} before it was ready: ${errors()}`)));
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  if (child.signalCode !== null) return Promise.resolve(-1);
  return new Promise((resolve) => {
    child.once('close', (code) => resolve(code ?? -1));
    child.kill(signal);
  });
}
