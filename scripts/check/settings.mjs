/** Every setting that the code reads stands in the tables of docs/operations/settings.md, and nothing else does. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../paths.mjs';

const TABLES = 'docs/operations/settings.md';
const NAME = /\b(?:PORTAL|IDENTITY|EVENTSTORE|REDIS)_[A-Z0-9_]+\b/g;

export function settingProblems() {
  return differences(settingsInCode(), settingsIn(readFileSync(inRoot(TABLES), 'utf8')));
}

/** What runs, and not what only tests read. */
export function settingsInCode() {
  const files = ['services', 'libs', 'clients'].flatMap((folder) => readdirSync(inRoot(folder), { recursive: true }).map((file) => join(folder, file)));
  const running = files.filter((file) => /^\w+\/[\w-]+\/src\/.*\.tsx?$/.test(file) && !/\.spec\.tsx?$|-testing\.tsx?$|\/testing(\/|\.ts$)/.test(file));
  return new Set(running.flatMap((file) => readFileSync(inRoot(file), 'utf8').match(NAME) ?? []));
}

/** A row of a table names its settings in its first cell; the file of a secret is its setting's. */
export function settingsIn(text) {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return new Set(rows.flatMap((row) => row.split('|')[1].match(NAME) ?? []));
}

export function differences(code, tables) {
  const few = code.size < 30 ? [`only ${code.size} settings were found in the code`] : [];
  const unsaid = [...code].filter((name) => !tables.has(name)).map((name) => `${name} is read and not in ${TABLES}`);
  const idle = [...tables].filter((name) => !code.has(name)).map((name) => `${name} is in ${TABLES} and read by nobody`);
  return [...few, ...unsaid, ...idle];
}

/** Seen to fail: one that is left out, one that is made up, and nothing at all. */
export function settingControlProblems() {
  const code = settingsInCode();
  const without = settingsIn(readFileSync(inRoot(TABLES), 'utf8').replace(/^\| `PORTAL_ROLES`.*\n/m, ''));
  const cases = {
    'a setting without its row': differences(code, without),
    'a row without its setting': differences(code, new Set([...code, 'PORTAL_NOTHING'])),
    'code in which nothing is found': differences(new Set(), new Set()),
  };
  return Object.entries(cases).filter(([, found]) => found.length !== 1).map(([name, found]) => `${name}: ${found.length} problems, and not one`);
}
