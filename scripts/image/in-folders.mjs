/** The steps of the Dockerfile in plain folders, where no container engine is at hand: a folder a stage. */
import { chmodSync, cpSync, existsSync, globSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { step } from '../child.mjs';
import { inRoot } from '../paths.mjs';
import { copyIn, environmentIn, ignoring, stagesIn, wordsIn } from './dockerfile.mjs';

/**
 * What the last stage leaves: `{ root, workdir, env, command, health, signal, user }`. The base image is the machine; of
 * what only an engine can do, users and limits, nothing is done.
 */
export async function imageInFolders(folder, path) {
  const stages = new Map();
  for (const { name, from, steps } of stagesIn(readFileSync(inRoot('Dockerfile'), 'utf8'))) {
    const before = stages.get(from);
    const stage = { root: join(folder, name), workdir: before?.workdir ?? '/', env: { ...before?.env } };
    mkdirSync(stage.root, { recursive: true });
    chmodSync(stage.root, 0o755);
    if (before !== undefined) cpSync(before.root, stage.root, { recursive: true, verbatimSymlinks: true });
    stages.set(name, stage);
    for (const one of steps) await DO[one.word](stage, one.rest, { stages, path });
  }
  return stages.get('final');
}

const DO = {
  WORKDIR: (stage, rest) => {
    stage.workdir = rest;
    mkdirSync(join(stage.root, rest), { recursive: true });
  },
  ENV: (stage, rest) => void Object.assign(stage.env, environmentIn(rest)),
  COPY: (stage, rest, { stages }) => {
    const { from, sources, target } = copyIn(rest);
    for (const source of sources) copy(stage, from === undefined ? undefined : stages.get(from), source, target);
  },
  RUN: async (stage, rest, { path }) => {
    const command = rest.replaceAll(/(?<=\s)\/(?=[a-z])/g, `${stage.root}/`).replace('-o node -g node ', '');
    process.stderr.write(`RUN ${rest}\n`);
    await step('sh', ['-ec', command], { cwd: join(stage.root, stage.workdir), env: { ...process.env, PATH: path } });
  },
  USER: (stage, rest) => void (stage.user = rest),
  EXPOSE: () => undefined,
  STOPSIGNAL: (stage, rest) => void (stage.signal = rest),
  HEALTHCHECK: (stage, rest) => void (stage.health = wordsIn(rest)),
  CMD: (stage, rest) => void (stage.command = wordsIn(rest)),
};

/** A folder's contents, or a file; from the checkout only what `.dockerignore` lets through. */
function copy(stage, from, source, target) {
  const base = from?.root ?? inRoot();
  const isKept = from === undefined ? ignoring(readFileSync(inRoot('.dockerignore'), 'utf8')) : () => true;
  const whole = join(base, source);
  if (!existsSync(whole)) throw new Error(`COPY ${source}: there is none`);
  const into = join(stage.root, target.startsWith('/') ? '' : stage.workdir, target);
  if (!statSync(whole).isDirectory()) {
    if (!isKept(source)) throw new Error(`COPY ${source}: .dockerignore keeps it back`);
    cpSync(whole, target.endsWith('/') ? join(into, basename(source)) : into);
    return;
  }
  if (from !== undefined) return void cpSync(whole, into, { recursive: true, verbatimSymlinks: true });
  for (const file of filesOf(whole)) if (isKept(file)) cpSync(join(whole, file), join(into, file));
}

/** Never looks into what no .dockerignore of ours lets through, which is most of a checkout. */
const filesOf = (folder) =>
  globSync('{*,.*,{libs,services,deploy}/**}', { cwd: folder, withFileTypes: true, exclude: (entry) => ['node_modules', 'dist', '.git'].includes(entry.name ?? entry) })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
