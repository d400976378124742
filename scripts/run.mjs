/**
 * The door behind `npm start`, `npm test` and the other npm scripts. It needs nothing but the Node that npm itself runs
 * on (20 or newer): it installs and builds what is missing, then hands over to the project's own Node.
 */
import { join } from 'node:path';
import { build, clientBundle, isBuilt } from './build.mjs';
import { run, runInTerminal, StepFailed } from './child.mjs';
import { ensureRedis } from './debian.mjs';
import { install, isInstalled } from './install.mjs';
import { locked } from './lock.mjs';
import { cache, inRoot, node } from './paths.mjs';
import { ensurePty } from './pty.mjs';

const programs = {
  start: [inRoot('scripts', 'start.mjs')],
  test: [inRoot('scripts', 'test.mjs')],
  'test:eventstoredb': [inRoot('scripts', 'test-eventstoredb.mjs')],
  'test:topology': [inRoot('scripts', 'test-topology.mjs')],
  'test:image': [inRoot('scripts', 'test-image.mjs')],
  backup: [inRoot('deploy', 'backup.mjs')],
  verify: [inRoot('deploy', 'verify.mjs')],
  soak: [inRoot('scripts', 'soak.mjs')],
  portal: [clientBundle],
  authenticator: [inRoot('clients', 'authenticator', 'dist', 'main.js')],
  bench: [inRoot('bench', 'dist', 'main.js')],
};

const [mode = '', ...words] = process.argv.slice(2);
process.exitCode = await main();

async function main() {
  const program = programs[mode];
  if (program === undefined) {
    process.stderr.write(`usage: node scripts/run.mjs ${Object.keys(programs).join('|')} [words…]\n`);
    return 2;
  }
  try {
    await prepare();
    if (mode === 'bench') for (const bring of [ensurePty, ensureRedis]) await bring();
    const start = ['start', 'portal', 'authenticator'].includes(mode) ? runInTerminal : run;
    return await start(node, [...program, ...words], { env: environment() });
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.code;
  }
}

async function prepare() {
  if (isInstalled() && isBuilt()) return;
  await locked(async () => {
    if (!isInstalled()) await install();
    if (!isBuilt()) await build();
  });
}

/** Compiled code is kept between starts, which saves a third of the service's start. */
function environment() {
  return { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(cache, 'compiled') };
}
