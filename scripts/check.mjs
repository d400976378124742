/** The checks that are no tests: each one's problems are listed, and the gates' negative controls are checks too. */
import { pathToFileURL } from 'node:url';
import { boundaryBlindnessProblems, boundaryControlProblems, boundaryProblems } from './check/boundaries.mjs';
import { composeProblems } from './check/compose.mjs';
import { deployControlProblems } from './check/deploy-controls.mjs';
import { deployProblems } from './check/deploy.mjs';
import { nestBuildProblems } from './check/nest-build.mjs';
import { settingControlProblems, settingProblems } from './check/settings.mjs';
import { tidyControlProblems } from './check/tidy-controls.mjs';
import { tidyProblems } from './check/tidy.mjs';

const checks = {
  'boundaries: who imports whom': boundaryProblems,
  'boundaries: every rule has been seen to fail': boundaryControlProblems,
  'boundaries: looking at nothing is a failure': boundaryBlindnessProblems,
  'tidy: lengths, absent words, barrels': tidyProblems,
  'tidy: every rule has been seen to fail': tidyControlProblems,
  'settings: the tables are those of the code': settingProblems,
  'settings: a difference has been seen': settingControlProblems,
  'docker-compose.yml: the specification and our rules': () => composeProblems(),
  'the image and the proxy are as the code says': () => deployProblems(),
  'docker-compose.yml, image, proxy: every rule has been seen to fail': deployControlProblems,
  'nest-cli.json builds portal-api': nestBuildProblems,
};

export async function runChecks() {
  const counts = { passed: 0, failed: 0 };
  for (const [name, problems] of Object.entries(checks)) {
    const found = await problems();
    counts[found.length === 0 ? 'passed' : 'failed'] += 1;
    process.stderr.write(`${found.length === 0 ? '✓' : '✗'} ${name}\n${found.map((line) => `    ${line}\n`).join('')}`);
  }
  return counts;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed } = await runChecks();
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
