/** Identity as it runs, for tests: a real server on a free port, a real log, a folder that is taken away. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createStreams, type CommandContext, type EventStore, type RecordedEvent, type Streams,
} from '@portal/event-store';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import { openIdentity, type Identity } from '../identity.js';

export const USERNAME = 'User7@wjec-appointees.co.uk';
export const PASSWORD = 'llyfr mawr glas 7';

export interface RunningIdentity extends Identity {
  readonly url: string;
  readonly folder: string;
  readonly account: string;
  /** Everything in the log, oldest first. */
  readonly log: () => Promise<readonly RecordedEvent[]>;
  /** From now on, until `undefined`, nothing can be recorded. */
  readonly breakLog: (reason: 'full' | 'unknown' | undefined) => void;
  readonly restart: () => Promise<RunningIdentity>;
  /** Leaves the folder. */
  readonly halt: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface RunOptions {
  readonly folder?: string;
  readonly port?: number;
  readonly clock?: () => Date;
  /** 17 where time is the subject. */
  readonly passwordLn?: number;
  readonly trustProxy?: readonly string[];
  readonly factorsWanted?: boolean;
  /** Where a proxy in front is reached. */
  readonly issuer?: string;
}

export async function runIdentity(options: RunOptions = {}): Promise<RunningIdentity> {
  const { folder = mkdtempSync(join(tmpdir(), 'portal-identity-')), port = 0, clock = () => new Date() } = options;
  const { passwordLn = 12, trustProxy, factorsWanted, issuer } = options;
  const events = await openEmbeddedStore({ file: join(folder, 'events.db') });
  const { streams, breakLog } = breakable(createStreams(events, { clock }));
  const running: { identity?: Identity } = {};
  const server = createServer((request, response) => {
    if (running.identity?.http.handle(request, response, (path) => path === '/others') !== true) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const own = (server.address() as AddressInfo).port;
  const url = `http://127.0.0.1:${own}`;
  const identity = await openIdentity({ issuer: issuer ?? `${url}/oidc`, folder, streams, events, clock, passwordLn, trustProxy, factorsWanted });
  running.identity = identity;
  const account = identity.directory.findByUsername(USERNAME) ?? (await createUser7(identity));
  const halt = () => stop(server, identity, events);
  return {
    ...identity,
    url,
    folder,
    account,
    breakLog,
    log: () => wholeLog(events),
    restart: async () => {
      await halt();
      return runIdentity({ ...options, folder, port: own });
    },
    halt,
    stop: async () => {
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function contextOf(commandId: string = randomUUID()): CommandContext {
  return { commandId, correlationId: commandId, actor: 'admin-1', capacity: 'admin', session: 's', authMethod: 'pwd' };
}

async function createUser7({ directory }: Identity): Promise<string> {
  const user7 = { username: USERNAME, displayName: 'PORTAL Test User 7', roles: ['appointee'] };
  const made = await directory.create(user7, contextOf());
  if (!('account' in made)) throw new Error(JSON.stringify(made));
  await directory.setPassword(USERNAME, PASSWORD);
  return made.account;
}

function breakable(real: Streams): { streams: Streams; breakLog: RunningIdentity['breakLog'] } {
  let broken: 'full' | 'unknown' | undefined;
  const streams: Streams = {
    handle: async (decider, stream, command, context) => {
      if (broken !== undefined) return { kind: 'failed', reason: broken, detail: 'broken' };
      return real.handle(decider, stream, command, context);
    },
    load: (decider, stream) => real.load(decider, stream),
  };
  return { streams, breakLog: (reason) => void (broken = reason) };
}

async function wholeLog(events: EventStore): Promise<readonly RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for await (const batch of events.readAll()) all.push(...batch);
  return all;
}

async function stop(server: Server, identity: Identity, events: EventStore): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
  identity.http.close();
  await events.close();
}
