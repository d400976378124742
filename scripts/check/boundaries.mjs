/** The boundary rule over the real sources, and over a tree made to break each rule. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { inRoot, node } from '../paths.mjs';
import { violations } from './boundary-controls.mjs';
import { nouns } from './nouns.cjs';

const folders = ['libs', 'services', 'clients', 'bench', 'test-support'];
const config = inRoot('.dependency-cruiser.cjs');
/** A checker that quietly sees nothing reports nothing: fewer modules than this is a failure. */
const FEWEST_MODULES = 50;

export function boundaryProblems() {
  const { violations: found, totalCruised } = cruise(inRoot());
  const blind = totalCruised < FEWEST_MODULES ? [`only ${totalCruised} modules were looked at`] : [];
  return [...blind, ...found.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`), ...nounsNotTold()];
}

/** The code map names each noun. */
function nounsNotTold() {
  const row = readFileSync(inRoot('ARCHITECTURE.md'), 'utf8').split('\n').find((line) => line.startsWith('| `libs/domain`')) ?? '';
  return nouns.filter((noun) => !row.includes(`\`${noun}\``)).map((noun) => `ARCHITECTURE.md: the noun ${noun} is not in the code map`);
}

/** Each rule must report every file that was written to break it, and the file that keeps it must pass. */
export function boundaryControlProblems() {
  const rules = createRequire(import.meta.url)(config).forbidden.map(({ name }) => name);
  const folder = mkdtempSync(join(tmpdir(), 'boundary-'));
  try {
    for (const files of Object.values(violations)) write(folder, files);
    const found = cruise(folder).violations;
    const isInnocent = (file) => file.includes('/innocent/') || file.endsWith('/innocent.ts');
    const guilty = (name) => Object.entries(violations[name] ?? {}).filter(([file, text]) => text.includes('import') && !isInnocent(file)).map(([file]) => file);
    const isReported = (name, file) =>
      found.some(({ rule, from, cycle = [] }) => rule.name === name && (from === file || cycle.some((one) => one.name === file)));
    const accused = found.filter(({ from }) => isInnocent(from));
    return [
      ...rules.filter((name) => guilty(name).length === 0).map((name) => `${name}: nothing was written to break it`),
      ...rules.flatMap((name) => guilty(name).filter((file) => !isReported(name, file)).map((file) => `${name}: ${file} breaks it and is not reported`)),
      ...accused.map(({ rule, from }) => `${rule.name}: reports ${from}, which breaks nothing`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The case that passes unnoticed: no module at all must be a failure. */
export function boundaryBlindnessProblems() {
  const folder = mkdtempSync(join(tmpdir(), 'boundary-'));
  try {
    mkdirSync(join(folder, 'libs'));
    const { totalCruised } = cruise(folder);
    return totalCruised < FEWEST_MODULES ? [] : ['an empty tree counts as looked at'];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function cruise(cwd) {
  const program = inRoot('node_modules', '.bin', 'depcruise');
  const present = folders.filter((folder) => existsSync(join(cwd, folder)));
  const words = [program, '--config', config, '--output-type', 'json', ...present];
  const answer = spawnSync(node, words, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (answer.stdout === '') throw new Error(`dependency-cruiser said nothing: ${answer.stderr}`);
  const { summary } = JSON.parse(answer.stdout);
  return { violations: summary.violations, totalCruised: summary.totalCruised };
}
