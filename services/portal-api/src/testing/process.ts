/** The built service as a process of its own, on a folder of the test. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ready } from '@portal/contract';

export const PASSWORD = 'a password of tests';

export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** What it announced; throws with its last words where it ended before. */
  readonly ready: () => Promise<Ready>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

export function startProcess(folder: string, environment: Readonly<Record<string, string>> = {}): ServiceProcess {
  const program = fileURLToPath(new URL('../main.js', import.meta.url));
  const { PATH, NODE_COMPILE_CACHE } = process.env; // the second as `npm start` has it: a third of a start
  const all = { PATH, NODE_COMPILE_CACHE, PORTAL_DATA: join(folder, 'data'), XDG_STATE_HOME: join(folder, 'state'), ...environment };
  const child = spawn(process.execPath, [program], { env: all, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string | null);
  const ready = async (): Promise<Ready> => {
    while (!stdout.includes('\n')) {
      const over = await Promise.race([ended.then(() => true), once(child.stdout, 'data').then(() => false)]);
      if (over) throw new Error(`it ended before it was ready: ${stderr}`);
    }
    return Ready.parse(JSON.parse(stdout.slice(0, stdout.indexOf('\n'))));
  };
  return { child, stdout: () => stdout, stderr: () => stderr, ready, ended };
}
