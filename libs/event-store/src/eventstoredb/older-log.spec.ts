/** The server comes back on an older copy of its folder while others run: nobody goes on as if it were the same log. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { appended, event, isCaughtUp, listen } from '../contract-suite/fixtures.js';
import { createStreams } from '../handle/create-streams.js';
import type { EventStore } from '../port.js';
import { startBridgeProcess, type BridgeProcess } from '../testing/bridge-process.js';
import { contextOf, counter } from '../testing/counter.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { openEventStoreDb } from './index.js';

let folder: string;
let copy: string;
let bridge: BridgeProcess;
let store: EventStore;
beforeEach(async () => {
  folder = temporaryFolder();
  copy = join(temporaryFolder(), 'copy');
  bridge = await startBridgeProcess({ folder });
  store = await openEventStoreDb({ url: bridge.url, answerTimeoutMs: 1_000, watchdogMs: 500 });
});
afterEach(async () => {
  await store.close();
  await bridge.stop();
});

async function copyLog(): Promise<void> {
  await bridge.kill();
  cpSync(folder, copy, { recursive: true });
  await bridge.restart();
}

async function putBack(): Promise<void> {
  await bridge.kill();
  rmSync(folder, { recursive: true });
  cpSync(copy, folder, { recursive: true });
  await bridge.restart();
}

/** The copy, with others than those that were lost. */
async function growCopy(events: number): Promise<void> {
  const other = await startBridgeProcess({ folder: copy });
  const writing = await openEventStoreDb({ url: other.url });
  for (let n = 0; n < events; n++) appended(await writing.append(`other-${n}`, [event()], 'no-stream'));
  await writing.close();
  await other.stop();
}

const write = async (prefix: string, count: number): Promise<void> => {
  for (let n = 0; n < count; n++) appended(await store.append(`${prefix}-${n}`, [event()], 'no-stream'));
};

describe('a subscription', () => {
  it.each([
    ['ends before', 0, /^position .* lies beyond the end of the log$/],
    ['ends at the same place', 3, /^the log holds another event at .* than before$/],
    ['goes on behind', 6, /^the log holds another event at .* than before$/],
  ])('ends with an error where the log that came back %s what it told', async (_, grown, said) => {
    await write('kept', 3);
    await copyLog();
    if (grown > 0) await growCopy(grown);
    const listening = listen(store, undefined);
    await listening.until(isCaughtUp);
    await write('lost', 3);
    await listening.until(() => listening.events().length === 6);
    const ended = listening.until(() => false);
    ended.catch(() => undefined);
    await putBack();
    await expect(ended).rejects.toThrow(said);
    await expect(ended).rejects.toThrow(RangeError);
  });
});

describe('what is remembered of a stream', () => {
  const clock = () => new Date('2017-01-20T10:00:00Z');

  /** One that is kept, then one that is lost, through a process that remembers both. */
  async function withLost() {
    const streams = createStreams(store, { clock });
    const add = (n: number, id?: string) => streams.handle(counter, 'sum', n, contextOf(id));
    expect(await add(1)).toMatchObject({ kind: 'recorded', state: 1 });
    await copyLog();
    const lost = contextOf().commandId;
    expect(await add(10, lost)).toMatchObject({ kind: 'recorded', state: 11 });
    return { streams, add, lost };
  }

  it('is not answered from: a command whose events are gone is recorded when it is sent again', async () => {
    const { add, lost } = await withLost();
    await putBack();
    expect(await add(10, lost)).toMatchObject({ kind: 'failed', reason: 'unknown' });
    expect(await add(10, lost)).toMatchObject({ kind: 'recorded', repeated: false, state: 11, events: [{ revision: 1 }] });
  });

  it('is not answered from where another event stands in the place of what is gone', async () => {
    const { add, lost } = await withLost();
    await putBack();
    expect(await createStreams(store, { clock }).handle(counter, 'sum', 5, contextOf())).toMatchObject({ kind: 'recorded', state: 6 });
    expect(await add(10, lost)).toMatchObject({ kind: 'failed', reason: 'unknown' });
    expect(await add(10, lost)).toMatchObject({ kind: 'recorded', repeated: false, state: 16 });
  });

  it('is not shown, and decides nothing', async () => {
    const { streams, add } = await withLost();
    await putBack();
    expect(await streams.load(counter, 'sum')).toMatchObject({ state: 1, revision: 0 });
    expect(await add(99)).toMatchObject({ kind: 'recorded', state: 100 });
  });

  it('is not refused by, nor in the way of another', async () => {
    const { add } = await withLost();
    await putBack();
    expect(await add(95)).toMatchObject({ kind: 'recorded', state: 96 });
  });
});
