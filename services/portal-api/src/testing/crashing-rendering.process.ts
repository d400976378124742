/**
 * Makes the documents that are outstanding, and is killed by its own hand: in the middle of the `rendering`, while the
 * file is `kept`, or before it is `recorded`. On an empty folder it sets up an examination and asks for a document first.
 * `node crashing-rendering.process.js FOLDER COMMAND-ID rendering|kept|recorded`
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createStreams, type EventStore } from '@portal/event-store';
import type { FileStore } from '../platform/files/file-store.js';
import type { Foundation } from '../platform/platform.module.js';
import { Renderers } from '../platform/rendering/renderers.js';
import { CENTRE, COMPONENT, enter, setUp } from './one-component.js';
import { startPortal } from './portal.js';

const [, , folder, commandId, when] = process.argv as [string, string, string, string, 'rendering' | 'kept' | 'recorded'];
const die = (): void => void process.kill(process.pid, 'SIGKILL');

const dyingRenderers = (renderers: Renderers): Renderers => {
  renderers.render = (model, timeoutMs) => {
    setTimeout(die, 20);
    return Renderers.prototype.render.call(renderers, model, timeoutMs);
  };
  return renderers;
};

const dyingFiles = (files: FileStore): FileStore => ({
  ...files,
  put: (sha256, bytes) => {
    const kept = files.put(sha256, bytes);
    setImmediate(die);
    return kept;
  },
});

const dyingEvents = (events: EventStore): EventStore => {
  const append: EventStore['append'] = (stream, written, expected) => {
    if (written.some(({ type }) => type === 'DocumentRendered')) die();
    return events.append(stream, written, expected);
  };
  return new Proxy(events, {
    get: (real, name) => {
      if (name === 'append') return append;
      const member: unknown = Reflect.get(real, name);
      return typeof member === 'function' ? (member.bind(real) as unknown) : member;
    },
  });
};

function dying(foundation: Foundation): Foundation {
  if (when === 'rendering') return { ...foundation, renderers: dyingRenderers(foundation.renderers) };
  if (when === 'kept') return { ...foundation, files: dyingFiles(foundation.files) };
  const events = dyingEvents(foundation.events);
  return { ...foundation, events, streams: createStreams(events, { clock: foundation.clock }) };
}

const portal = await startPortal({ folder, alter: dying });
if ((await portal.log()).every(({ type }) => type !== 'DocumentRequested')) {
  const { anna } = await setUp(portal);
  await enter(anna, '0001', '11');
  await anna.ask('POST', '/documents', { body: { kind: 'mark-sheet', component: COMPONENT, centre: CENTRE }, commandId });
}
await pause(60_000);
process.exit(1);
