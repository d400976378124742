import type { EventStore } from '@portal/event-store';
import type { Logins } from './logins.js';

/**
 * Where identity's own store was lost and the log was not: takes the names that are in use from the log, so that nobody
 * gets a second account under one of them. Passwords are nowhere but in the store: they have to be chosen again.
 */
export async function restoreLogins(logins: Logins, events: EventStore): Promise<void> {
  if (!logins.isEmpty() || (await events.head()) === undefined) return;
  const persons = new Map<unknown, string>();
  for await (const batch of events.readAll({ filter: { eventTypes: [...TYPES] } })) {
    for (const { type, data } of batch) {
      if (type === 'AccountDisabled' || type === 'AccountEnabled') {
        logins.setDisabled(String(data['account']), type === 'AccountDisabled');
      }
      if (type === 'AccountCreated') persons.set(data['account'], String(data['person']));
      const person = persons.get(data['account']);
      if (type !== 'PersonRecorded' || person === undefined) continue;
      logins.reserve(String(data['username']), String(data['account']), person);
    }
  }
}

const TYPES = ['AccountCreated', 'PersonRecorded', 'AccountDisabled', 'AccountEnabled'];
