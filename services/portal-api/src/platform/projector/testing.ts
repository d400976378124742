/** A log of mark sheets, and what views of it show, for the tests of the projector. */
import { randomUUID } from 'node:crypto';
import { markSheetStream, VIEWS } from '@portal/domain';
import type { EventStore, NewEvent } from '@portal/event-store';
import type { Generation, Keyed, ViewStore } from '../view-store/port.js';
import type { Projector } from './projector.js';
import { differences } from './rebuild.js';

const COMPONENT = '9521/01@2017-01';
const event = (type: string, data: object): NewEvent => ({ id: randomUUID(), type, data: data as NewEvent['data'], metadata: {} });

/** A sheet of forty candidates with every third of them marked, corrected, absent or cleared; then, with `more`, submitted. */
export async function sheet(events: EventStore, centre: string): Promise<void> {
  const examiner = `account-${Number(centre) % 3}`;
  const candidates = Array.from({ length: 40 }, (_, n) => String(n + 1).padStart(4, '0'));
  const allocated = event('MarkSheetAllocated', { component: COMPONENT, centre, examiner, maximum: 80, halfMarks: false, candidates });
  const entered = candidates.slice(0, 30).map((candidate) => event('MarkEntered', { candidate, examiner, mark: 40 }));
  const cleared = candidates.slice(0, 5).map((candidate) => event('MarkCleared', { candidate, examiner, from: 40 }));
  const named = event('CandidateRegistered', { id: centre, series: 'January 2017', centre, candidate: '0001', name: 'Somebody' });
  await append(events, markSheetStream(COMPONENT, centre), [allocated, ...entered, ...cleared]);
  await append(events, `candidate-${centre}`, [named]);
}

async function append(events: EventStore, stream: string, given: readonly NewEvent[]): Promise<void> {
  const { kind } = await events.append(stream, given, 'no-stream');
  if (kind !== 'appended') throw new Error(kind);
}

export const reachHead = async (events: EventStore, projector: Projector): Promise<void> => {
  const head = (await events.head()) as string;
  if (!(await projector.progress.reach(head, 60_000))) throw new Error(`${head} was not reached`);
};

export const live = async (store: ViewStore, name: string): Promise<Generation> => (await store.live(name))!;

export async function listed(store: ViewStore, name: string): Promise<readonly Keyed[]> {
  return store.list(name, (await live(store, name)).generation, '');
}

export async function documents(store: ViewStore): Promise<object> {
  return Object.fromEntries(await Promise.all(VIEWS.map(async ({ name }) => [name, await listed(store, name)] as const)));
}

export async function allDifferences(events: EventStore, store: ViewStore, views = VIEWS): Promise<readonly string[]> {
  const generations = views.map(async (view) => [view, await live(store, view.name)] as const);
  return differences(events, store, await Promise.all(generations));
}
