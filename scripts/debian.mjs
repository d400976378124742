/** What tests and benchmarks need and npm does not have: the program of the machine, or Debian's, put there when it is missing. */
import { spawnSync } from 'node:child_process';
import { step, StepFailed } from './child.mjs';

/** A browser for the tests of the provider's pages. */
export const ensureChromium = () => ensure('chromium', ['chromium', 'chromium-browser', 'google-chrome']);
/** For the tests of what is kept in Redis: no npm package ships one. */
export const ensureRedis = () => ensure('redis-server', ['redis-server']);
export const ensureCompiler = () => ensure('build-essential', ['g++']);

async function ensure(name, programs) {
  if (programs.some(isThere)) return;
  if (!mayInstall()) throw new StepFailed(`${name} is needed, and cannot be installed from here: apt-get install ${name}`, 1);
  process.stderr.write(`Installing ${name} for tests and benchmarks.\n`);
  // At this run level Debian starts no service for what it installs.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const sudo = isRoot() ? [] : ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND,RUNLEVEL'];
  for (const words of [['update', '-q'], ['install', '-q', '-y', '--no-install-recommends', name]]) {
    const [command, ...args] = [...sudo, 'apt-get', ...words];
    await step(command, args, { env });
  }
}

const isRoot = () => process.getuid?.() === 0;

const mayInstall = () => isThere('apt-get') && (isRoot() || spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0);

const isThere = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
