import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccountDirectory, Enrolment } from '@portal/identity';
import { announce, choosePort, withdraw } from './announce.js';
import { createApplication } from './application.js';
import { isDemoUnfinished, loadDemo } from './demo/load-demo.js';
import { inviteFirstAdmin } from './first-admin.js';
import { stopWhenLeft } from './stop-when-left.js';
import type { Config } from './platform/config.js';
import { keepsAccounts } from './platform/engines.js';
import { Doorbell } from './platform/doorbell.js';
import { log, logFrom } from './platform/logging.js';
import { closeFoundation, openFoundation, type Foundation } from './platform/platform.module.js';
import { usableFolder } from './platform/usable-folder.js';
import { Views } from './platform/views.js';
import { UnfinishedWork } from './processes/unfinished-work.js';
import { WhenDocumentRequested } from './processes/when-document-requested.js';

/** Starts the service and stays until it is told to stop. */
export async function serve(config: Config): Promise<void> {
  logFrom(config);
  // Before the port is looked for, which may stand there.
  usableFolder('PORTAL_DATA', config.data);
  const port = await choosePort(config);
  const url = `http://${isIPv6(config.host) ? `[${config.host}]` : config.host}:${port}`;
  const foundation = await openFoundation({ ...config, issuer: config.provider?.issuer ?? `${config.url ?? url}/oidc` });
  const app = await createApplication(foundation);
  // One that was killed while it loaded was never ready: this is still the first.
  const firstStart = (await foundation.events.head()) === undefined || isDemoUnfinished(config.data);
  if (config.demo && firstStart) await prepareDemo(app, config, url);
  if (config.firstAdmin !== undefined && keepsAccounts(config)) await inviteFirstAdmin(app.get(AccountDirectory), config.firstAdmin);
  await app.listen(port, config.host);
  stopWhenTold(app, foundation);
  announce({ ready: true, url, data: config.data, firstStart, pid: process.pid });
  if (config.roles.has('worker')) await startWork(app);
}

/** Documents first: the other looks only when the views have caught up. */
async function startWork(app: NestFastifyApplication): Promise<void> {
  app.get(WhenDocumentRequested).run();
  await app.get(UnfinishedWork).start();
}

async function prepareDemo(app: NestFastifyApplication, config: Config, server: string): Promise<void> {
  const [commands, queries] = [app.get(CommandBus), app.get(QueryBus)];
  const [accounts, views] = [app.get(AccountDirectory), app.get(Views)];
  // Whoever started the service shows the passwords, from the file: standard error may be a log.
  const enrolment = config.demoFactors ? app.get(Enrolment) : undefined;
  await loadDemo({ commands, queries, accounts, views, folder: config.data, password: config.demoPassword, enrolment, server });
}

function stopWhenTold(app: NestFastifyApplication, foundation: Foundation): void {
  const doorbell = app.get(Doorbell);
  let stopping = false;
  const stop = (why: string, code = 0): void => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'stopping');
    // Whatever hangs must not keep a process alive that was told to go.
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    withdraw(foundation.config.data);
    doorbell.close();
    // A connection that was busy when the server closed is kept alive by its client, and must not be waited for.
    setInterval(() => (app.getHttpServer() as Server).closeIdleConnections(), 50).unref();
    void app
      .close()
      .then(() => closeFoundation(foundation))
      .then(() => process.exit(code), (error: unknown) => {
        log.error({ error: String(error) }, 'did not stop cleanly');
        process.exit(1);
      });
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  void foundation.notary?.stopped.catch((error: unknown) => {
    log.fatal({ error: String(error) }, 'the notary cannot go on');
    stop('notary', 1);
  });
  const { linger, data } = foundation.config;
  if (linger) stopWhenLeft(doorbell, data, () => stop('the last client left'));
}

const STOP_WITHIN_MS = 5_000;
