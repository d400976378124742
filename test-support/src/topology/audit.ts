/** What must be true of a shared installation afterwards, whatever was killed: worked out from the log and from what clients were told. */
import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EmiSummary } from '@portal/contract';
import { documentStream, markSheetStream, sheetOfStream, VIEWS } from '@portal/domain';
import { verifyLog, type EventStore, type RecordedEvent, type Verification } from '@portal/event-store';
import { openEventStoreDb } from '@portal/event-store/eventstoredb';
import { differences, RedisViewStore } from '@portal/portal-api';
import { apiOf } from '../api.js';
import { faultsIn, readAll, type LogFaults } from '../marks-under-fire.js';
import type { Marker } from './marker.js';
import type { Topology } from './topology.js';

export interface Audit extends LogFaults {
  /** Committed by a client and never answered, or refused. */
  readonly open: readonly string[];
  /** Acknowledged, and something else stands in the log. */
  readonly different: readonly string[];
  /** Ids of events that stand more than once. */
  readonly twice: readonly string[];
  /** Asked for, and not there once and whole. */
  readonly documents: readonly string[];
  /** Views that are not what a plain fold of the log is. */
  readonly views: readonly string[];
  /** Counts that an API answers otherwise than the log has them. */
  readonly counts: readonly string[];
  /** What clients saw that no interruption excuses. */
  readonly wrong: readonly string[];
  readonly verification: Verification['kind'] | Verification;
}

export const FAULTLESS: Audit = {
  lost: [], repeated: [], broken: [], open: [], different: [], twice: [], documents: [], views: [], counts: [], wrong: [], verification: 'intact',
};

export async function audit(topology: Topology, markers: readonly Marker[]): Promise<Audit> {
  const store = await openEventStoreDb({ url: topology.eventStoreUrl });
  try {
    await documentsAreMade(store, markers);
    const log = await readAll(store);
    const { keyFile, logFile } = topology.notary;
    const verification = await verifyLog(store, { publicKey: createPublicKey(readFileSync(keyFile)), logFile });
    return {
      ...marksIn(log, markers),
      documents: documentFaults(log, topology.files, markers),
      views: await viewFaults(store, topology.redisUrl),
      counts: (await Promise.all(topology.apis.map((url) => countFaults(log, url, markers)))).flat(),
      wrong: markers.flatMap(({ wrong }) => wrong),
      verification: verification.kind === 'intact' ? 'intact' : verification,
    };
  } finally {
    await store.close();
  }
}

/** Of the marks alone, as the log has them. */
export async function auditMarks(topology: Topology, markers: readonly Marker[]) {
  const store = await openEventStoreDb({ url: topology.eventStoreUrl });
  try {
    return marksIn(await readAll(store), markers);
  } finally {
    await store.close();
  }
}

function marksIn(log: readonly RecordedEvent[], markers: readonly Marker[]) {
  const answers = markers.flatMap((marker) => marker.answers);
  const recorded = answers.flatMap((answer) => ('recorded' in answer ? [answer] : []));
  const acknowledged = new Map(recorded.map(({ commandId, recorded: { event } }) => [commandId, event ?? 'nothing recorded']));
  const sent = markers.flatMap((marker) => [...marker.sent].map(([commandId, { mark }]) => ({ commandId, path: '', mark })));
  const byId = new Map(log.map((event) => [event.id, event]));
  const isOther = ({ commandId, centre, component, candidate, mark, recorded: { event } }: (typeof recorded)[number]): boolean => {
    const found = byId.get(event ?? '');
    if (found === undefined) return false; // that is `lost`
    const { stream, data, metadata } = found;
    return stream !== markSheetStream(component, centre) || data['candidate'] !== candidate || String(data['mark']) !== mark || metadata['commandId'] !== commandId;
  };
  const times = new Map<string, number>();
  for (const { id } of log) times.set(id, (times.get(id) ?? 0) + 1);
  return {
    ...faultsIn(log, { sent, acknowledged }),
    open: sent.filter(({ commandId }) => !acknowledged.has(commandId)).map(({ commandId }) => commandId),
    different: recorded.filter(isOther).map(({ commandId }) => commandId),
    twice: [...times].flatMap(([id, count]) => (count > 1 ? [id] : [])),
  };
}

/** A worker that was killed loses its job to another within a quarter of a minute. */
async function documentsAreMade(store: EventStore, markers: readonly Marker[]): Promise<void> {
  const untilMs = Date.now() + MADE_WITHIN_MS;
  for (const id of markers.flatMap(({ documents }) => documents)) {
    for (; Date.now() < untilMs; await pause(100)) {
      const read = await store.readStream(documentStream(id));
      if (read.kind === 'found' && read.events.some(({ type }) => type === 'DocumentRendered')) break;
    }
  }
}

function documentFaults(log: readonly RecordedEvent[], files: string, markers: readonly Marker[]): readonly string[] {
  const byStream = Map.groupBy(log, ({ stream }) => stream);
  return markers.flatMap(({ documents }) => documents).flatMap((id) => {
    const told = byStream.get(documentStream(id)) ?? [];
    const [rendered] = told.filter(({ type }) => type === 'DocumentRendered');
    const types = told.map(({ type }) => type).join(' ');
    if (types !== 'DocumentRequested DocumentRendered') return [`${id}: ${types}`];
    const sha256 = String(rendered?.data['sha256']);
    const bytes = readFileSync(join(files, sha256.slice(0, 2), sha256.slice(2)));
    return createHash('sha256').update(bytes).digest('hex') === sha256 ? [] : [`${id}: its file is not whole`];
  });
}

async function viewFaults(store: EventStore, redisUrl: string): Promise<readonly string[]> {
  const views = await RedisViewStore.open(redisUrl);
  try {
    const head = await store.head();
    for (const untilMs = Date.now() + SEEN_WITHIN_MS; ; await pause(100)) {
      const live = (await views.generations()).filter(({ state }) => state === 'live');
      const behind = VIEWS.filter(({ name }) => (live.find(({ view }) => view === name)?.checkpoint ?? '') < (head ?? ''));
      if (behind.length > 0 && Date.now() < untilMs) continue;
      const pairs = VIEWS.flatMap((view) => live.filter((one) => one.view === view.name).map((one) => [view, one] as const));
      return [...behind.map(({ name }) => `${name} is behind`), ...(await differences(store, views, pairs))];
    }
  } finally {
    await views.close();
  }
}

/** Counted from the events themselves, by no view's code: whoever has a mark is entered. */
async function countFaults(log: readonly RecordedEvent[], url: string, markers: readonly Marker[]): Promise<readonly string[]> {
  const head = log.at(-1)?.position ?? '';
  const marked = new Map<string, Set<string>>();
  for (const { stream, type, data, metadata } of log) {
    if (!['MarkEntered', 'MarkCorrected', 'AbsenceRecorded'].includes(type)) continue;
    const key = `${String(metadata['actor'])} ${sheetOfStream(stream).component}`;
    marked.set(key, (marked.get(key) ?? new Set()).add(`${stream} ${String(data['candidate'])}`));
  }
  const faults = markers.map(async ({ person }) => {
    const api = apiOf(person, url);
    const { account } = await api.get<{ account: string }>('/me');
    const summaries = await api.get<readonly EmiSummary[]>(`/emi?atLeast=${head}`);
    return summaries.flatMap(({ component, entered, left, allocated, submitted, outstanding }) => {
      const expected = marked.get(`${account} ${component}`)?.size ?? 0;
      const isRight = entered === expected && left + outstanding + entered + submitted === allocated;
      return isRight ? [] : [`${url} ${account} ${component}: ${entered} entered, ${left} left of ${allocated}, and ${expected} in the log`];
    });
  });
  return (await Promise.all(faults)).flat();
}

const MADE_WITHIN_MS = 60_000;
const SEEN_WITHIN_MS = 30_000;
