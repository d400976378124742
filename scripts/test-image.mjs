/**
 * `npm run test:image`: the Dockerfile's steps in plain folders, then the service from exactly those files, as nobody who
 * may write there. Finds files that were not copied, packages that are only for development, and what is written where
 * nothing can be. It installs twice: some minutes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, copyFileSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureRedis } from './debian.mjs';
import { bridgeAndRedis } from './image/engines.mjs';
import { unresolvedImports } from './image/imports.mjs';
import { imageInFolders } from './image/in-folders.mjs';
import { inRoot } from './paths.mjs';

async function main() {
  await ensureRedis();
  chmodSync(folder, 0o755);
  const program = join(folder, 'node');
  copyFileSync(inRoot('node_modules', 'node', 'bin', 'node'), program);
  const image = await imageInFolders(folder, `${dirname(inRoot('node_modules', 'node', 'bin', 'node'))}:${process.env.PATH}`);
  const app = join(image.root, image.workdir);
  close(app);
  process.stdout.write(`${image.workdir}: ${megabytes(app)} MB\n`);
  check('the user is not root', !['root', '0', undefined].includes(image.user));
  failures.push(...unresolvedImports(app));
  await serves('alone', { image, program, settings: {} });
  const engines = await bridgeAndRedis(folder);
  try {
    await serves('on the engines', { image, program, settings: { ...engines.settings, PORTAL_FIRST_ADMIN: 'first@portal.example.org' } });
  } finally {
    await engines.stop();
  }
}

function check(what, holds) {
  process.stderr.write(`${holds ? '✓' : '✗'} ${what}\n`);
  if (!holds) failures.push(what);
}

/** Starts as a container would, is found healthy by the image's own check, and ends in peace at the image's own signal. */
async function serves(name, { image, program, settings }) {
  const own = { TMPDIR: fresh(`tmp-${name}`), PORTAL_DATA: fresh(`data-${name}`), PORTAL_FILES: fresh(`files-${name}`), XDG_STATE_HOME: fresh(`state-${name}`) };
  const env = { ...image.env, ...own, PORTAL_HOST: '127.0.0.1', PORTAL_PORT: '0', ...settings };
  const options = { cwd: join(image.root, image.workdir), ...NOBODY };
  const child = spawn(program, image.command.slice(1), { ...options, env, stdio: ['ignore', 'pipe', 2] });
  process.once('exit', () => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const ready = await Promise.race([once(child.stdout, 'data'), ended.then(() => undefined)]);
  check(`${name}: starts`, ready !== undefined);
  if (ready === undefined) return;
  const { port } = new URL(JSON.parse(ready[0]).url);
  const asked = (at) => spawn(program, image.health.slice(1), { ...options, env: { ...env, PORTAL_PORT: at }, stdio: ['ignore', 2, 2] });
  check(`${name}: the health check finds it well`, (await codeOf(asked(port))) === 0);
  check(`${name}: the health check says when nobody is there`, (await codeOf(asked('65535'))) === 1);
  child.kill(image.signal);
  check(`${name}: stops in peace`, (await ended)[0] === 0);
}

const codeOf = async (child) => (await once(child, 'exit'))[0];

/** A volume of the one who runs it. */
function fresh(name) {
  const path = join(folder, name.replaceAll(' ', '-'));
  mkdirSync(path, { mode: 0o700 });
  if (NOBODY.uid !== undefined) chownSync(path, NOBODY.uid, NOBODY.gid);
  return path;
}

/** Read-only, for its owner too. */
function close(path) {
  if (lstatSync(path).isSymbolicLink()) return;
  const { mode } = statSync(path);
  if (statSync(path).isDirectory()) for (const name of readdirSync(path)) close(join(path, name));
  chmodSync(path, (mode & 0o555) | 0o444);
}

function megabytes(path) {
  const bytes = (one) => {
    const found = lstatSync(one);
    return found.isDirectory() ? readdirSync(one).reduce((sum, name) => sum + bytes(join(one, name)), 0) : found.size;
  };
  return Math.round(bytes(path) / 1e6);
}

const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const folder = mkdtempSync(join(tmpdir(), 'portal-image-'));
const failures = [];
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(failures.length === 0 ? 'The image is whole.\n' : failures.map((line) => `${line}\n`).join(''));
process.exitCode = failures.length === 0 ? 0 : 1;
