/** The bridge as a process of its own, to be killed without warning and started again on the same port and log. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface BridgeProcess {
  readonly url: string;
  readonly port: number;
  /** Of the process that runs now. */
  readonly pid: number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Killed if it still runs; resolves when it listens again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly port: number;
}

export async function startBridgeProcess({ folder, port = 0 }: { readonly folder: string; readonly port?: number }): Promise<BridgeProcess> {
  let { child, ...place } = await start(folder, port);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return {
    ...place,
    get pid() {
      return child.pid!;
    },
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL');
      ({ child } = await start(folder, place.port));
    },
    stop: () => end('SIGTERM'),
  };
}

/** The one line it says is where it listens; before that it may only end. */
async function start(folder: string, port: number): Promise<Started> {
  const script = fileURLToPath(new URL('../eventstoredb/bridge/bridge.process.js', import.meta.url));
  const child = spawn(process.execPath, [script, '--folder', folder, '--port', String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the bridge ended before it listened')));
  const [line] = (await Promise.race([once(child.stdout!, 'data'), ended])) as [Buffer];
  ended.catch(() => undefined);
  const { url, port: taken } = JSON.parse(line.toString()) as { readonly url: string; readonly port: number };
  return { child, url, port: taken };
}
