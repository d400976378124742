import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createStreams, type EventStore } from '@portal/event-store';
import { makeFolder, narrowFiles, openEmbeddedStore } from '@portal/event-store/embedded';
import { ConfigError, type IdentityConfig } from './config.js';
import { IdentityHttp } from './http/identity-http.js';
import { IdentityModule } from './identity.module.js';
import { logError } from './platform/logging.js';

/** Identity as a service of its own, with its own log; it stays until it is told to stop. */
export async function serve({ data, port, issuer, sms, mail, trustProxy }: IdentityConfig): Promise<void> {
  makeDataFolder(data);
  narrowFiles(data);
  const clock = (): Date => new Date();
  const events = await openEmbeddedStore({ file: join(data, 'events.db') });
  const identity: { http?: IdentityHttp } = {};
  const server = createServer((request, response) => {
    if (identity.http?.handle(request, response, () => false) !== true) response.writeHead(404).end();
  });
  // The issuer holds the port: it must be known before identity is built.
  const url = await listen(server, port);
  const streams = createStreams(events, { clock });
  const options = { issuer: issuer ?? `${url}/oidc`, folder: data, streams, events, clock, sms, mail, trustProxy };
  const quiet = { logger: false, abortOnError: false } as const;
  const app = await NestFactory.createApplicationContext(IdentityModule.register(options), quiet);
  identity.http = app.get(IdentityHttp);
  stopWhenTold(server, app, events);
  process.stdout.write(`${JSON.stringify({ ready: true, url, issuer: options.issuer, data, pid: process.pid })}\n`);
}

function makeDataFolder(data: string): void {
  try {
    makeFolder(data);
  } catch (error) {
    throw new ConfigError(`IDENTITY_DATA: ${(error as Error).message}`);
  }
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function stopWhenTold(server: Server, app: INestApplicationContext, events: EventStore): void {
  const stop = async (): Promise<void> => {
    // Whatever hangs must not keep a process alive that was told to go.
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    await closed;
    await app.close();
    await events.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stop().then(() => process.exit(0), (error: unknown) => {
        logError('did not stop cleanly', error as Error);
        process.exit(1);
      });
    });
  }
}

const STOP_WITHIN_MS = 5_000;
