/** What style asks for and a program can see. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { inRoot } from '../paths.mjs';

const LONGEST_FILE_LINES = 250;
const LONGEST_FUNCTION_LINES = 70;
const folders = ['libs', 'services', 'clients', 'bench', 'test-support', 'scripts', 'deploy'];

/** Words that are absent on purpose, and why. Written so that this file does not contain them. */
const forbidden = [
  { pattern: /\bforwardRef\b/, why: 'two modules that need each other are one' },
  { pattern: /\b(AggregateRoot|EventPublisher|Saga)\b/, why: 'the in-process bus swallows errors; processes read the log' },
  // `canMount ? describe : describe.skip` says what the machine lacks, and is allowed.
  { pattern: /(?<!\? (?:describe|it) : )\b(describe|it|test)\s*\.\s*(only|skip|todo)\b/, why: 'every test runs' },
  { pattern: /^\s*(f|x)(describe|it)\(/m, why: 'every test runs', in: /\.spec\.tsx?$/ },
  { pattern: /^\s*(export\s+)?(const\s+)?enum\s/m, why: 'unions of words instead of enum' },
  { pattern: /@ts-(ignore|nocheck)/, why: 'types are not silenced' },
];

export function tidyProblems() {
  const files = folders.flatMap((folder) => sourcesIn(folder));
  const few = files.length < 50 ? [`only ${files.length} files were looked at`] : [];
  return [...few, ...files.flatMap((file) => problemsOf(file, readFileSync(inRoot(file), 'utf8')))];
}

export function problemsOf(file, text) {
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return [...lengthProblems(file, text), ...wordProblems(file, text), ...functionProblems(file, parsed), ...barrelProblems(file, parsed)];
}

function sourcesIn(folder) {
  return readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|cjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(inRoot().length + 1))
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file));
}

function lengthProblems(file, text) {
  const lines = text.split('\n').length - 1;
  return lines > LONGEST_FILE_LINES ? [`${file}: ${lines} lines, at most ${LONGEST_FILE_LINES}`] : [];
}

function wordProblems(file, text) {
  if (file.startsWith('scripts/check/')) return [];
  return forbidden
    .filter(({ pattern, in: where }) => (where?.test(file) ?? true) && pattern.test(text))
    .map(({ pattern, why }) => `${file}: ${pattern.exec(text)[0].trim()}: ${why}`);
}

function functionProblems(file, parsed) {
  const problems = [];
  const lineOf = (position) => parsed.getLineAndCharacterOfPosition(position).line;
  const visit = (part) => {
    if (ts.isFunctionLike(part) && part.body !== undefined && !isDescription(part)) {
      const lines = lineOf(part.end) - lineOf(part.getStart()) + 1;
      if (lines > LONGEST_FUNCTION_LINES) {
        problems.push(`${file}:${lineOf(part.getStart()) + 1}: a function of ${lines} lines, at most ${LONGEST_FUNCTION_LINES}`);
      }
    }
    ts.forEachChild(part, visit);
  };
  visit(parsed);
  return problems;
}

/** `describe(…, () => { … })` is a chapter heading and no function. */
function isDescription(part) {
  const call = part.parent;
  return call !== undefined && ts.isCallExpression(call) && call.expression.getText().startsWith('describe');
}

/** A barrel hides where a thing lives; only a package's own doors, named index.ts, are barrels. */
function barrelProblems(file, parsed) {
  const passesOn = (statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
  const isBarrel = parsed.statements.length > 0 && parsed.statements.every(passesOn);
  return isBarrel && basename(file) !== 'index.ts' ? [`${file}: a barrel that is not a package's index.ts`] : [];
}
