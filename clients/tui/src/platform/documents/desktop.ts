import { spawn } from 'node:child_process';
import { safeName } from './safe-name.js';

/** What this machine does with a document besides keeping it. */

/** Whether a window could be opened where the person sits. */
export function hasDesktop(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === 'win32') return true;
  if (platform === 'darwin') return env['SSH_CONNECTION'] === undefined;
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

export type Printed = 'printed' | 'no-printer' | 'refused';

/** To the system's printer, without a file or a shell between. */
export function printBytes(bytes: Uint8Array, title: string, env: NodeJS.ProcessEnv): Promise<Printed> {
  return new Promise((resolve) => {
    const child = spawn('lp', ['-t', safeName(title)], { stdio: ['pipe', 'ignore', 'ignore'], env });
    child.once('error', () => resolve('no-printer'));
    child.once('close', (code) => resolve(code === 0 ? 'printed' : 'refused'));
    // A program that reads no further says by its exit code what it thinks.
    child.stdin.once('error', () => undefined);
    child.stdin.end(bytes);
  });
}
