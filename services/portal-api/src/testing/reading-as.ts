import type { EventStore } from '@portal/event-store';

/** The same store, but for how one of its streams is read. */
export function readingAs(events: EventStore, readStream: EventStore['readStream']): EventStore {
  return new Proxy(events, {
    get: (real, name) => {
      if (name === 'readStream') return readStream;
      const member: unknown = Reflect.get(real, name);
      return typeof member === 'function' ? (member.bind(real) as unknown) : member;
    },
  });
}
