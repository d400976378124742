/** `nest build portal-api` must make a program: into a folder of its own, so that nothing old can stand in for it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cache, inRoot, node } from '../paths.mjs';

export function nestBuildProblems() {
  const folder = join(cache, 'nest-build');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const config = JSON.parse(readFileSync(inRoot('nest-cli.json'), 'utf8'));
  const project = config.projects['portal-api'];
  const settings = {
    extends: inRoot(project.compilerOptions.tsConfigPath),
    compilerOptions: { outDir: join(folder, 'dist'), tsBuildInfoFile: join(folder, '.tsbuildinfo'), rootDir: inRoot(project.sourceRoot) },
    include: [inRoot(project.sourceRoot)],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const nest = inRoot('node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const words = [nest, 'build', 'portal-api', '--path', relative(inRoot(), join(folder, 'tsconfig.json'))];
  const answer = spawnSync(node, words, { cwd: inRoot(), encoding: 'utf8' });
  if (answer.status !== 0) return [`nest build portal-api: exit code ${answer.status}: ${answer.stdout}${answer.stderr}`];
  const entry = join(folder, 'dist', `${project.entryFile}.js`);
  return existsSync(entry) ? [] : [`nest build portal-api made no ${project.entryFile}.js`];
}
