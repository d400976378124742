/**
 * Compiles node-pty's one source file, for tests only: the robot user needs a real pseudo terminal. Called directly
 * because npm 10 and npm 11 disagree on who may run a package's install script, and because node-gyp would fetch
 * headers. The result speaks Node-API, so it does not depend on the Node version.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { step, StepFailed } from './child.mjs';
import { ensureCompiler } from './debian.mjs';
import { inRoot, node } from './paths.mjs';

const source = inRoot('node_modules', 'node-pty', 'src', 'unix', 'pty.cc');
const output = inRoot('node_modules', 'node-pty', 'build', 'Release', 'pty.node');

export async function ensurePty() {
  if (loads()) return;
  if (!existsSync(source)) throw new StepFailed('node-pty is missing: run `npm ci --ignore-scripts` and try again', 1);
  process.stderr.write('Compiling node-pty for the robot user.\n');
  await ensureCompiler();
  mkdirSync(inRoot('node_modules', 'node-pty', 'build', 'Release'), { recursive: true });
  await step('g++', compilerArguments());
  if (!loads()) throw new StepFailed('node-pty was compiled and does not load', 1);
}

function compilerArguments() {
  const include = [inRoot('node_modules', 'node-api-headers', 'include'), inRoot('node_modules', 'node-addon-api')];
  const options = ['-std=c++17', '-O2', '-fPIC', '-shared', '-pthread', '-DNAPI_CPP_EXCEPTIONS'];
  const names = ['-DNODE_GYP_MODULE_NAME=pty', ...include.map((folder) => `-I${folder}`)];
  return [...options, ...names, source, '-o', output, '-lutil'];
}

/** In a process of its own: a half-written binary could take this one down. */
function loads() {
  const answer = spawnSync(node, ['-e', `require(${JSON.stringify(inRoot('node_modules', 'node-pty'))})`]);
  return answer.status === 0;
}
