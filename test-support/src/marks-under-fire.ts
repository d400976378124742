import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hashEvent, NO_PREVIOUS, type EventStore, type RecordedEvent } from '@portal/event-store';
import { openEmbeddedStore } from '@portal/event-store/embedded';
import { markPath, type Api } from './api.js';

/** What a service that is killed without warning has said, and what its log then holds. */

const COMPONENT = '9999/01@2017-01';
const CENTRES = 40;
/** The smallest of the demo's large centres has more candidates than writers use of it. */
const CANDIDATES_OF_WRITER = 40;

export interface Command {
  readonly commandId: string;
  readonly path: string;
  readonly mark: string;
}

export interface Said {
  readonly sent: readonly Command[];
  /** By command id, the event that the service said it recorded. */
  readonly acknowledged: ReadonlyMap<string, string>;
}

/** Writers enter mark after mark, each for candidates of its own, until the service no longer answers. */
export async function enterUntilItDies(
  api: Api,
  { writers, round, onAcknowledged }: { readonly writers: number; readonly round: number; readonly onAcknowledged: () => void },
): Promise<Said> {
  const sent: Command[] = [];
  const acknowledged = new Map<string, string>();
  const write = async (writer: number): Promise<void> => {
    for (let turn = 0; ; turn++) {
      const command = commandOf(writer, turn, round);
      sent.push(command);
      const answer = await api.send('PUT', command.path, { mark: command.mark }, command.commandId);
      if (answer === undefined) return;
      if (answer.status !== 200) throw new Error(`${command.path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      acknowledged.set(command.commandId, answer.body['event'] as string);
      onAcknowledged();
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  return { sent, acknowledged };
}

/** Never zero, never full, and never what the same candidate had in the round or turn before. */
function commandOf(writer: number, turn: number, round: number): Command {
  const centre = String(69001 + (writer % CENTRES));
  const first = writer < CENTRES ? 1 : 1 + CANDIDATES_OF_WRITER;
  const candidate = String(first + (turn % CANDIDATES_OF_WRITER)).padStart(4, '0');
  const mark = String(1 + ((round * 17 + Math.floor(turn / CANDIDATES_OF_WRITER) * 5 + turn) % 98));
  return { commandId: randomUUID(), path: markPath(COMPONENT, centre, candidate), mark };
}

export interface LogFaults {
  /** Acknowledged and not there. */
  readonly lost: readonly string[];
  /** Commands with more than one event. */
  readonly repeated: readonly string[];
  /** Events that do not follow from the one before in their stream. */
  readonly broken: readonly string[];
}

export async function readLog(folder: string): Promise<readonly RecordedEvent[]> {
  const store = await openEmbeddedStore({ file: join(folder, 'data', 'events.db') });
  try {
    return await readAll(store);
  } finally {
    await store.close();
  }
}

export async function readAll(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of store.readAll()) events.push(...batch);
  return events;
}

export function faultsIn(log: readonly RecordedEvent[], { sent, acknowledged }: Said): LogFaults {
  const ids = new Set(log.map(({ id }) => id));
  const events = new Map<string, number>();
  for (const { metadata } of log) {
    const commandId = String(metadata['commandId']);
    events.set(commandId, (events.get(commandId) ?? 0) + 1);
  }
  return {
    lost: [...acknowledged.values()].filter((id) => !ids.has(id)),
    repeated: sent.filter(({ commandId }) => (events.get(commandId) ?? 0) > 1).map(({ commandId }) => commandId),
    broken: brokenIn(log),
  };
}

/** Each stream's revisions count from 0 and each event carries the hash of the one before: nothing half is among them. */
function brokenIn(log: readonly RecordedEvent[]): readonly string[] {
  const last = new Map<string, RecordedEvent>();
  return log.flatMap((event) => {
    const before = last.get(event.stream);
    last.set(event.stream, event);
    const follows = event.revision === (before?.revision ?? -1) + 1;
    const isChained = event.metadata['prevHash'] === (before === undefined ? NO_PREVIOUS : hashEvent(before));
    return follows && isChained ? [] : [`${event.stream} ${event.revision}`];
  });
}
