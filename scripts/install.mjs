/**
 * Brings node_modules to what package-lock.json says. Install scripts are not run (npm 10 would run all of them, npm 11
 * none without approval): the one that is needed, the runtime's, is called here, the same way under both.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { step, StepFailed } from './child.mjs';
import { inRoot, node, root } from './paths.mjs';

export const OLDEST_NODE = 24;
/** Never the one inside node_modules: `npm ci` takes that away while it runs. */
const outsideNode = process.env.npm_node_execpath ?? process.execPath;

export function isInstalled(folder = root) {
  return existsSync(join(folder, 'node_modules', '.bin', 'node')) && differences(folder).length === 0;
}

export async function install() {
  process.stderr.write('Installing packages (once, about a minute).\n');
  await npm(['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--loglevel=error']);
  if (!existsSync(node)) {
    await step(outsideNode, ['installArchSpecificPackage.js'], {
      cwd: inRoot('node_modules', 'node'),
      // That script calls npm by name, from where our .npmrc is not read; `silent` would hide why it failed.
      env: { ...process.env, npm_config_loglevel: 'error', npm_config_update_notifier: 'false', npm_config_ignore_scripts: 'false' },
    });
    linkRuntime();
  }
  requireRuntime();
}

/** npm links a package's programs before its install script has brought them. */
function linkRuntime() {
  rmSync(node, { force: true });
  symlinkSync(join('..', 'node', 'bin', 'node'), node);
}

function npm(args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js') ? step(outsideNode, [cli, ...args], { cwd: inRoot() }) : step('npm', args, { cwd: inRoot() });
}

function requireRuntime() {
  const answer = spawnSync(node, ['--version'], { encoding: 'utf8' });
  const version = answer.stdout?.trim() ?? '';
  if (Number(/^v(\d+)\./.exec(version)?.[1] ?? 0) >= OLDEST_NODE) return;
  throw new StepFailed(`node_modules/.bin/node must be Node ${OLDEST_NODE} or newer, and is ${version || 'missing'}`, 1);
}

/**
 * Names of packages that are not as locked. Compared by content: file times say nothing after a checkout. A package
 * marked optional may be missing (another platform's binary), but not in another version.
 */
function differences(folder) {
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  const present = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return ['all'];
  return Object.entries(wanted)
    .filter(([name]) => name.includes('node_modules/'))
    .filter(([name, { version, optional, peer }]) => {
      // What npm noted down goes away with the root's node_modules; a workspace's own may go alone.
      const found = name.startsWith('node_modules/') ? present[name] : jsonIn(join(folder, name, 'package.json'));
      return found === undefined ? !optional && !peer : found.version !== version;
    })
    .map(([name]) => name);
}

const packagesOf = (path) => jsonIn(path)?.packages;

const jsonIn = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);
