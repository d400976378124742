/** Imports that lead nowhere: a package that is only for development, or a file that was left out. */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { node } from '../paths.mjs';

export function unresolvedImports(app) {
  const files = globSync('{libs,services}/*/dist/**/*.js', { cwd: app });
  if (files.length < 100) return [`only ${files.length} files were looked at`];
  const wanted = files.flatMap((file) => importsIn(readFileSync(join(app, file), 'utf8')).map((name) => [file, name]));
  // Resolved by the runtime itself, as from each file.
  const program = `
    import { existsSync, readFileSync } from 'node:fs';
    for (const [from, name] of JSON.parse(readFileSync(0, 'utf8'))) {
      try {
        const found = import.meta.resolve(name, from);
        if (found.startsWith('file:') && !existsSync(new URL(found))) throw new Error('no such file');
      } catch (error) { console.log(from + ' imports ' + name + ': ' + error.message); }
    }`;
  const input = JSON.stringify(wanted.map(([file, name]) => [pathToFileURL(join(app, file)).href, name]));
  const words = ['--experimental-import-meta-resolve', '--input-type=module', '-e', program];
  const answer = spawnSync(node, words, { cwd: app, input, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (answer.status !== 0) throw answer.error ?? new Error(answer.stderr);
  return answer.stdout.split('\n').filter((line) => line !== '');
}

/** As the compiler writes them: `… from 'x'`, `import 'x'`, `import('x')`, and files that threads are started from. */
const importsIn = (text) =>
  [/^(?:import|export)\b[^'"=]*?\bfrom ['"]([^'"\n]+)['"]/gm, /^import ['"]([^'"\n]+)['"]/gm, /\bimport\(['"]([^'"\n]+)['"]\)/g, /new URL\(['"](\.[^'"\n]+)['"], import\.meta/g]
    .flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name))
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
