/** The shared installation of docs/operations.md as plain processes on this machine, each of which can be killed. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startBridgeProcess } from '@portal/event-store/testing';
import { startRedis } from '@portal/portal-api/testing';
import { startService, type Service } from '../service.js';
import { startProxy } from './proxy.js';

export interface Member {
  /** SIGKILL. */
  readonly kill: () => Promise<void>;
  /** Where it was, on what it left; resolves when it says that it is ready. Of a service as another program, for negative controls. */
  readonly restart: (entry?: string) => Promise<void>;
}

export interface Topology {
  /** Of the proxy: the one address that clients know. */
  readonly url: string;
  readonly apis: readonly string[];
  readonly eventStoreUrl: string;
  readonly redisUrl: string;
  readonly notary: { readonly keyFile: string; readonly logFile: string };
  /** Where finished documents are. */
  readonly files: string;
  readonly members: ReadonlyMap<string, Member>;
  readonly stop: () => Promise<void>;
}

/** With `EVENTSTORE_URL` on a server of one's own, which nobody kills here and which must be empty; else on the bridge. */
export async function startTopology(folder: string): Promise<Topology> {
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    return { ...(await start(folder, closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(folder: string, closers: (() => Promise<unknown>)[]): Promise<Omit<Topology, 'stop'>> {
  const at = (name: string): string => {
    mkdirSync(join(folder, name), { recursive: true });
    return join(folder, name);
  };
  const own = process.env['EVENTSTORE_URL'];
  const bridge = own === undefined ? await startBridgeProcess({ folder: at('log') }) : undefined;
  if (bridge !== undefined) closers.push(() => bridge.stop());
  const redis = await startRedis({ folder: at('redis') });
  const proxy = await startProxy();
  closers.push(() => redis.stop(), () => proxy.close());
  const eventStoreUrl = own ?? (bridge as { readonly url: string }).url;
  const shared = {
    EVENTSTORE_URL: eventStoreUrl,
    REDIS_URL: redis.url,
    PORTAL_URL: proxy.url,
    PORTAL_TRUST_PROXY: '127.0.0.1',
    PORTAL_FILES: join(folder, 'files'),
  };
  const launch = (name: string, environment: Readonly<Record<string, string>> = {}): Promise<Running> =>
    run(closers, { folder: at(name), environment: { ...shared, PORTAL_DEMO: '0', PORTAL_ROLES: name.split('-', 1)[0] as string, ...environment } });
  await loadDemo(at('demo'), shared);
  for (const [name, files] of [['identity', /^identity\./], ['projector', /^notary\./]] as const) inherit(at('demo'), at(name), files);

  const identity = await launch('identity');
  const asking = { PORTAL_IDENTITY_URL: identity.url };
  const [first, second, projector, worker] = await Promise.all([
    launch('api-a', asking), launch('api-b', asking), launch('projector'), launch('worker'),
  ] as const);
  proxy.sendTo({ identity: identity.url, apis: [first.url, second.url] });
  const services = { worker, identity, 'api A': first, projector, 'api B': second };
  return {
    url: proxy.url,
    apis: [first.url, second.url],
    eventStoreUrl,
    redisUrl: redis.url,
    notary: { keyFile: join(folder, 'projector', 'data', 'notary.key'), logFile: join(folder, 'projector', 'data', 'notary.jsonl') },
    files: shared.PORTAL_FILES,
    members: new Map<string, Member>([...Object.entries(services), ['redis', redis], ...(bridge ? ([['bridge', bridge]] as const) : [])]),
  };
}

type Running = Member & { readonly url: string };

/** Again on the port it had: the others know it there. */
async function run(closers: (() => Promise<unknown>)[], options: Parameters<typeof startService>[0]): Promise<Running> {
  let service: Service = await startService(options);
  closers.push(() => service.stop());
  const { url } = service;
  const restart = async (entry?: string): Promise<void> => {
    service = await startService({ ...options, port: Number(new URL(url).port), ...(entry !== undefined && { entry }) });
  };
  return { url, kill: () => service.kill(), restart };
}

/** One process with all roles, which then ends. */
async function loadDemo(folder: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const service = await startService({ folder, environment });
  await service.stop();
}

function inherit(from: string, to: string, files: RegExp): void {
  mkdirSync(join(to, 'data'), { recursive: true, mode: 0o700 });
  const named = readdirSync(join(from, 'data')).filter((name) => files.test(name));
  for (const name of named) cpSync(join(from, 'data', name), join(to, 'data', name));
}
