/**
 * The demo's data folder, loaded once for a whole run: tests that only want it to be there begin with a copy. Whoever
 * tests the loading itself does it anew.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StepFailed } from './child.mjs';
import { cache, inRoot, node } from './paths.mjs';
import { serviceCommand } from './start/service.mjs';

const PASSWORD = 'correct horse battery staple';
const folder = join(cache, 'test-demo');
/** Missing where it could not be loaded. */
export const testDemo = join(folder, 'data');

export async function loadTestDemo() {
  rmSync(folder, { recursive: true, force: true });
  const environment = {
    PATH: process.env.PATH,
    PORTAL_DATA: testDemo,
    PORTAL_DEMO: '1',
    PORTAL_DEMO_PASSWORD: PASSWORD,
    PORTAL_DEMO_FACTORS: '0',
    PORTAL_LOG_LEVEL: 'error',
    XDG_STATE_HOME: join(folder, 'state'),
    XDG_CONFIG_HOME: join(folder, 'config'),
  };
  const service = spawn(node, serviceCommand, { env: environment, stdio: ['ignore', 'pipe', 2] });
  const ended = once(service, 'exit');
  const isReady = await Promise.race([once(service.stdout, 'data').then(() => true), ended.then(() => false)]);
  service.kill('SIGTERM');
  const [code] = await ended;
  if (isReady && code === 0) {
    rmSync(join(testDemo, 'port')); // copies must not ask for one port
    return signInCheaply();
  }
  rmSync(folder, { recursive: true, force: true });
  throw new StepFailed(`the demo for the tests could not be loaded: exit code ${code}`, 1);
}

/** A quarter of a second of a core for each of hundreds of sign-ins: how dear a password is has tests of its own. */
async function signInCheaply() {
  const { Passwords } = await import(inRoot('services', 'identity', 'dist', 'platform', 'passwords.js'));
  const database = new DatabaseSync(join(testDemo, 'identity.db'));
  try {
    database.prepare('UPDATE logins SET password = ?').run(await new Passwords(12).hash(PASSWORD));
  } finally {
    database.close();
  }
}
