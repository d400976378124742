/** A real redis-server of a test's own: on loopback, on a free port, with its data in a folder of the test. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

export interface RedisOptions {
  /** Where it keeps its data. */
  readonly folder: string;
  /** Directives of redis.conf over those below, e.g. `{ 'maxmemory-policy': 'allkeys-lru' }`. */
  readonly options?: Readonly<Record<string, string>>;
}

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Of the process that runs now; another one after `restart`. */
  readonly pid: number;
  /** As it is stopped in peace. */
  readonly stop: () => Promise<void>;
  /** As by a power cut: nothing more is written. */
  readonly kill: () => Promise<void>;
  /** On the same port and data, whatever it was doing. */
  readonly restart: () => Promise<void>;
}

/** Everything written is in the file within a second, and nothing is ever put out for want of room: as in production. */
const DIRECTIVES = { bind: '127.0.0.1', save: '', appendonly: 'yes', appendfsync: 'everysec', 'maxmemory-policy': 'noeviction' };

export async function startRedis({ folder, options = {} }: RedisOptions): Promise<RedisServer> {
  const port = await freePort();
  const directives = Object.entries({ ...DIRECTIVES, dir: folder, port: String(port), ...options });
  const words = directives.flatMap(([name, value]) => [`--${name}`, value]);
  let child = await launch(words);
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const restart = async (): Promise<void> => {
    await end('SIGTERM');
    child = await launch(words);
  };
  const pid = (): number => child.pid as number;
  return {
    url: `redis://127.0.0.1:${port}`, port, get pid() { return pid(); },
    stop: () => end('SIGTERM'), kill: () => end('SIGKILL'), restart,
  };
}

async function launch(words: readonly string[]): Promise<ChildProcess> {
  const child = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  // A test that ends in the middle leaves no server behind.
  const leave = (): void => void child.kill('SIGKILL');
  process.once('exit', leave);
  child.once('exit', () => process.off('exit', leave));
  const failed = once(child, 'error').then(([error]) => {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new Error('redis-server is needed: apt-get install redis-server') : error;
  });
  await Promise.race([isReady(child), failed]);
  return child;
}

/** Reads on afterwards, so that the server is never held up by a full pipe. */
async function isReady(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  const lines = createInterface({ input: child.stdout! });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  lines.on('line', (line) => {
    if (line.includes('Ready to accept connections')) resolve();
    else said.push(line);
  });
  lines.on('close', () => reject(new Error(`redis-server ended before it was ready:\n${said.join('\n')}`)));
  return promise;
}

/** One that the system just gave out: the next to ask is given another. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
