/**
 * What every event store must do, as jest tests: run unchanged against the embedded store and against
 * EventStoreDB. It assumes nothing about what else the store holds.
 */
import { afterAll, beforeAll, describe } from '@jest/globals';
import type { EventStore } from '../port.js';
import { appendCases, contentCases, idempotencyCases } from './append.cases.js';
import { malformedCases } from './malformed.cases.js';
import { deletionCases, readingCases, subscriptionCases } from './reading.cases.js';

/** `openStore` is called once; what it opened is closed at the end. */
export function eventStoreContract(name: string, openStore: () => Promise<EventStore>): void {
  describe(`event store contract: ${name}`, () => {
    let store: EventStore;
    beforeAll(async () => {
      store = await openStore();
    });
    afterAll(() => store.close());
    describe('append', () => appendCases(() => store));
    describe('content', () => contentCases(() => store));
    describe('idempotency', () => idempotencyCases(() => store));
    describe('malformed input', () => malformedCases(() => store));
    describe('reading', () => readingCases(() => store));
    describe('subscription', () => subscriptionCases(() => store));
    describe('deletion', () => deletionCases(() => store));
  });
}
