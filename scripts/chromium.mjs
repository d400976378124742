/** A browser for the tests of the provider's pages: the one of the machine, or Debian's, put there when it is missing. */
import { spawnSync } from 'node:child_process';
import { step } from './child.mjs';

export async function ensureChromium() {
  if (['chromium', 'chromium-browser', 'google-chrome'].some(isThere)) return;
  process.stderr.write('Installing Chromium for the tests of the pages.\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  for (const words of [['update', '-q'], ['install', '-q', '-y', '--no-install-recommends', 'chromium']]) {
    const [command, ...args] = [...sudo, 'apt-get', ...words];
    await step(command, args, { env });
  }
}

const isThere = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
