/**
 * The negative control of the durability test: the real service on a store that answers before it has written. Its reads
 * wait for what was answered, so that nothing but a crash can tell.
 */
import type { AppendOutcome, EventStore } from '@portal/event-store';
import { built, sleep } from './temporary.js';

/** So long that whoever kills it at an answer kills it before what it answered is written: no control passes or fails by luck. */
const LATE_MS = 20_000;

function answersEarly(store: EventStore): EventStore {
  let written: Promise<unknown> = Promise.resolve();
  return {
    append: async (stream, events, expected): Promise<AppendOutcome> => {
      written = Promise.all([written, sleep(LATE_MS).then(() => store.append(stream, events, expected))]);
      const revision = (expected === 'no-stream' ? -1 : expected) + events.length;
      return { kind: 'appended', revision, positions: events.map(() => '0'.padStart(20, '0')), isNew: true };
    },
    readStream: async (stream, range) => {
      await written;
      return store.readStream(stream, range);
    },
    readAll: (range) => store.readAll(range),
    subscribe: (range) => store.subscribe(range),
    deleteStream: (stream) => store.deleteStream(stream),
    head: () => store.head(),
    close: () => store.close(),
  };
}

const load = (path: string) => import(built(`services/portal-api/dist/${path}`));
await import('reflect-metadata');
const { createStreams } = await import('@portal/event-store');
const { readConfig } = await load('platform/config.js');
const { openFoundation } = await load('platform/platform.module.js');
const { createApplication } = await load('application.js');

const config = readConfig(process.env);
const url = `http://127.0.0.1:${config.port}`;
const foundation = await openFoundation({ ...config, issuer: `${config.url ?? url}/oidc` });
const streams = createStreams(answersEarly(foundation.events), { clock: foundation.clock });
const application = await createApplication({ ...foundation, streams });
await application.listen(config.port, '127.0.0.1');
process.stdout.write(`${JSON.stringify({ ready: true, url, data: config.data, firstStart: false, pid: process.pid })}\n`);
