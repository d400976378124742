/** The whole service as it runs, for tests: real HTTP, a real log, a folder that is taken away. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RecordedEvent } from '@portal/event-store';
import { AccountDirectory } from '@portal/identity';
import { createApplication } from '../application.js';
import { readConfig } from '../platform/config.js';
import { Doorbell } from '../platform/doorbell.js';
import { log } from '../platform/logging.js';
import { closeFoundation, openFoundation, type Foundation } from '../platform/platform.module.js';
import { UnfinishedWork } from '../processes/unfinished-work.js';
import { WhenDocumentRequested } from '../processes/when-document-requested.js';
import { startIssuer, type Issuer } from './issuer.js';

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Asked {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly commandId?: string;
}

/** Somebody with a token. */
export interface Person {
  readonly account: string;
  readonly username: string;
  readonly token: string;
  readonly ask: <Body = Record<string, unknown>>(method: string, path: string, asked?: Asked) => Promise<Answer<Body>>;
  /** Sees at least all that is in the log when it is asked. */
  readonly get: <Body = Record<string, unknown>>(path: string, headers?: Readonly<Record<string, string>>) => Promise<Body>;
}

export interface Portal {
  readonly url: string;
  readonly folder: string;
  readonly foundation: Foundation;
  readonly app: NestFastifyApplication;
  readonly issuer: Issuer;
  /** Makes the account if there is none. */
  readonly person: (name: string, roles?: readonly string[]) => Promise<Person>;
  /** Everything in the log that people caused, oldest first. */
  readonly log: () => Promise<readonly RecordedEvent[]>;
  readonly stop: () => Promise<void>;
}

export interface PortalOptions {
  readonly folder?: string;
  readonly clock?: () => Date;
  /** Between the opened foundation and what is built on it, e.g. for a store that fails. */
  readonly alter?: (foundation: Foundation) => Foundation;
  readonly keep?: boolean;
  /** Over those of a service alone on its folder, e.g. its roles and engines. */
  readonly settings?: Readonly<Record<string, string>>;
}

export async function startPortal(options: PortalOptions = {}): Promise<Portal> {
  log.level = 'silent';
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'portal-api-'));
  const issuer = await startIssuer();
  const config = { ...readConfig({ PORTAL_DATA: folder, PORTAL_ISSUER: issuer.issuer, ...options.settings }), issuer: issuer.issuer };
  const opened = await openFoundation(config, options.clock);
  const foundation = options.alter?.(opened) ?? opened;
  const app = await createApplication(foundation);
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  app.get(WhenDocumentRequested).run();
  await app.get(UnfinishedWork).start();
  return {
    url,
    folder,
    foundation,
    app,
    issuer,
    person: async (name, roles = ['appointee']) => personOf({ app, issuer, url, foundation }, name, roles),
    log: () => logOf(foundation),
    stop: async () => {
      app.get(Doorbell).close();
      await app.close();
      await closeFoundation(opened);
      issuer.stop();
      if (options.keep !== true) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function personOf(
  { app, issuer, url, foundation }: Pick<Portal, 'app' | 'issuer' | 'url' | 'foundation'>,
  name: string,
  roles: readonly string[],
): Promise<Person> {
  const username = `${name}@wjec-appointees.co.uk`;
  const directory = app.get(AccountDirectory);
  const account = directory.findByUsername(username) ?? (await created(directory, { username, displayName: displayNameOf(name), roles }));
  const token = await issuer.token({ account, session: `session-${name}` });
  return personWith({ url, token, account, username, head: () => foundation.events.head() });
}

export const displayNameOf = (name: string): string => `Somebody called ${name}`;

async function created(directory: AccountDirectory, wanted: Parameters<AccountDirectory['create']>[0]): Promise<string> {
  const commandId = randomUUID();
  const by = { actor: 'process:test', capacity: 'admin', session: 'process', authMethod: 'process' };
  const answer = await directory.create(wanted, { commandId, correlationId: commandId, ...by });
  if (!('account' in answer)) throw new Error(JSON.stringify(answer));
  return answer.account;
}

interface Holder {
  readonly url: string;
  readonly token: string;
  readonly account: string;
  readonly username: string;
  readonly head: () => Promise<string | undefined>;
}

function personWith({ url, token, account, username, head }: Holder): Person {
  const ask = async <Body>(method: string, path: string, { body, headers, commandId }: Asked = {}): Promise<Answer<Body>> => {
    const writes = method !== 'GET';
    const all = {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(writes && { 'idempotency-key': commandId ?? randomUUID() }),
      ...headers,
    };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(url + path, { method, headers: all, ...(body !== undefined && { body: text }) });
    const said = await response.text();
    return { status: response.status, headers: response.headers, body: (said === '' ? {} : JSON.parse(said)) as Body };
  };
  const get = async <Body>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Body> => {
    const position = path.includes('atLeast=') ? undefined : await head();
    const seen = position === undefined ? '' : `${path.includes('?') ? '&' : '?'}atLeast=${position}`;
    const answer = await ask<Body>('GET', path + seen, { headers });
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return { account, username, token, ask, get };
}

async function logOf({ events }: Foundation): Promise<readonly RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for await (const batch of events.readAll()) all.push(...batch.filter(({ stream }) => stream !== 'notary'));
  return all;
}
