/**
 * Enters marks on two sheets, submits them, and is killed by its own hand at the n-th append of the submission: with 2
 * after the start and before any sheet, with 3 between two sheets, with 4 before the receipt.
 * `node crashing-submission.process.js FOLDER COMMAND-ID N`
 */
import { createStreams, type EventStore } from '@portal/event-store';
import { enter, OTHER_CENTRE, setUp, submissionsPath } from './one-component.js';
import { startPortal } from './portal.js';

const [, , folder, commandId, nth] = process.argv as [string, string, string, string, string];
let appends = Number.NaN;

function crashing(store: EventStore): EventStore {
  const append: EventStore['append'] = (stream, events, expected) => {
    if (stream !== 'notary' && (appends += 1) === Number(nth)) process.kill(process.pid, 'SIGKILL');
    return store.append(stream, events, expected);
  };
  return new Proxy(store, {
    get: (real, name) => {
      if (name === 'append') return append;
      const member: unknown = Reflect.get(real, name);
      return typeof member === 'function' ? (member.bind(real) as unknown) : member;
    },
  });
}

const portal = await startPortal({
  folder,
  alter: (foundation) => {
    const events = crashing(foundation.events);
    return { ...foundation, events, streams: createStreams(events, { clock: foundation.clock }) };
  },
});
const { anna } = await setUp(portal);
await enter(anna, '0001', '11');
await enter(anna, '0002', 'ABS');
await enter(anna, '0003', '13', {}, OTHER_CENTRE);
appends = 0;
await anna.ask('POST', submissionsPath, { body: {}, commandId });
process.exit(1);
