import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MarkAnswer, MarkRow } from '@portal/contract';
import { createApi } from '../api/api.js';
import { createOutbox, type Outbox, type OutboxAnswer, type TypedMark } from './outbox.js';

/** A real HTTP server that records marks once per command id, checks `expect`, and misbehaves on demand. */
class MarkServer {
  readonly recorded: { candidate: string; mark: string; commandId: string }[] = [];
  readonly requests: MarkRow[][] = [];
  readonly revisions = new Map<string, number>();
  /** What to do with the next requests, one each; then all is well. */
  readonly faults: ('drop-before' | 'drop-after' | 'slow' | 'twice' | 'busy' | 'not-set-up' | 'row-busy' | 'signed-out' | 'short')[] = [];
  atOnce = 0;
  mostAtOnce = 0;
  #server: Server | undefined;
  #answers = new Map<string, MarkAnswer>();
  #revision = 0;
  port = 0;

  async start(): Promise<void> {
    this.#server = createServer((request, response) => void this.#take(request, response));
    await new Promise<void>(resolve => this.#server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise(resolve => this.#server?.close(resolve) ?? resolve(undefined));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { marks } = JSON.parse(Buffer.concat(chunks).toString()) as { marks: MarkRow[] };
    this.requests.push(marks);
    const fault = this.faults.shift();
    this.atOnce--;
    if (fault === 'drop-before') return void request.socket.destroy();
    if (fault === 'busy') return this.#problem(response, 503, 'store-full');
    if (fault === 'not-set-up') return this.#problem(response, 403, 'factor-not-set-up');
    if (fault === 'signed-out') return this.#problem(response, 401, 'not-signed-in');
    const answers = marks.map((row, index) => (fault === 'row-busy' && index === 0 ? busy(row) : this.#record(row)));
    if (fault === 'drop-after') return void request.socket.destroy();
    if (fault === 'slow') await new Promise(resolve => setTimeout(resolve, 200));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(fault === 'twice' ? [...answers, ...answers] : fault === 'short' ? answers.slice(1) : answers));
  }

  #record(row: MarkRow): MarkAnswer {
    const before = this.#answers.get(row.commandId);
    if (before !== undefined) return before;
    const revision = this.revisions.get(row.candidate) ?? 0;
    if (row.expect !== undefined && row.expect !== revision) return refused(row, 'changed-elsewhere');
    if (Number(row.mark) > 80) return refused(row, 'mark-out-of-range');
    this.recorded.push({ candidate: row.candidate, mark: row.mark, commandId: row.commandId });
    this.revisions.set(row.candidate, ++this.#revision);
    const answer = { commandId: row.commandId, recorded: entered(row, this.#revision) };
    this.#answers.set(row.commandId, answer);
    return answer;
  }

  #problem(response: ServerResponse, status: number, type: string): void {
    response.writeHead(status, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ type, title: type, status, detail: type }));
  }
}

const entered = (row: MarkRow, revision: number) => ({
  candidate: row.candidate, mark: Number(row.mark), event: randomUUID(), position: String(revision).padStart(20, '0'),
  recordedAt: '2017-01-01T00:00:00Z', revision,
});
const refused = (row: MarkRow, type: string): MarkAnswer => ({
  commandId: row.commandId, refused: { type, title: type, status: 409, detail: type },
});
const busy = (row: MarkRow) => refused(row, 'store-full');

const COMPONENT = '9521/01@2017-01';
let server: MarkServer;
let outbox: Outbox;
let folder: string;
let answers: OutboxAnswer[];

function newOutbox(isRenewed = false): Outbox {
  const url = `http://127.0.0.1:${server.port}`;
  const tokens = { access: async (bad?: string) => (bad && !isRenewed ? { kind: 'signed-out' as const } : { kind: 'token' as const, token: 't' }) };
  const api = createApi({ server: url, version: 'test', tokens, timeoutMs: 1_000 });
  const made = createOutbox({ api, server: url, account: 'a1', journalFolder: folder, backoffMs: { first: 20, longest: 100 } });
  made.onAnswer(answer => answers.push(answer));
  return made;
}

function typed(candidate: string, mark: string, expected?: number): TypedMark {
  const expectation = expected === undefined ? {} : { expect: expected };
  return { commandId: randomUUID(), candidate, mark, enteredAt: new Date().toISOString(), ...expectation };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => typed(String(index).padStart(4, '0'), '34', 0));

beforeEach(async () => {
  server = new MarkServer();
  await server.start();
  folder = mkdtempSync(join(tmpdir(), 'portal-outbox-'));
  answers = [];
  outbox = newOutbox();
});

afterEach(async () => {
  await outbox.close();
  await server.stop();
});

async function until(done: () => boolean, timeoutMs = 5_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!done()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

describe('the outbox', () => {
  it('sends everything, in order, in batches of at most a hundred, one request at a time', async () => {
    const sheet = await outbox.open(COMPONENT, '68101');
    const marks = numbered(250);
    await sheet.commit(marks);
    expect(await outbox.drain()).toEqual({ kind: 'drained' });
    expect(server.recorded.map(one => one.commandId)).toEqual(marks.map(one => one.commandId));
    expect(Math.max(...server.requests.map(rows => rows.length))).toBe(100);
    expect(server.mostAtOnce).toBe(1);
    expect(outbox.status()).toMatchObject({ connection: 'online', queued: 0, inFlight: 0, trouble: undefined });
  });

  it('holds a candidate’s second mark until the first has its revision', async () => {
    const sheet = await outbox.open(COMPONENT, '68101');
    await sheet.commit(['1', '2', '3'].map(mark => typed('0001', mark, 0)));
    await outbox.drain();
    expect(server.requests.map(rows => rows.map(row => [row.mark, row.expect]))).toEqual([[['1', 0]], [['2', 1]], [['3', 2]]]);
    expect(answers.map(answer => 'recorded' in answer)).toEqual([true, true, true]);
  });

  it.each(['drop-before', 'drop-after', 'twice', 'busy', 'row-busy', 'short', 'slow'] as const)(
    'records each mark once when the server answers like this: %s',
    async fault => {
      server.faults.push(fault, fault);
      const sheet = await outbox.open(COMPONENT, '68101');
      const marks = numbered(150);
      await sheet.commit(marks);
      await until(() => outbox.status().queued === 0);
      expect(server.recorded.map(one => one.commandId).sort()).toEqual(marks.map(one => one.commandId).sort());
      expect(answers.map(one => one.commandId).sort()).toEqual(marks.map(one => one.commandId).sort());
    },
  );

  it('keeps marks while the account is to be set up first', async () => {
    const waiting = newOutbox(true);
    server.faults.push('not-set-up', 'not-set-up');
    await (await waiting.open(COMPONENT, '68101')).commit([typed('0001', '7', 0)]);
    await until(() => waiting.status().queued === 0);
    expect([server.requests.length, answers]).toEqual([3, [expect.objectContaining({ recorded: expect.anything() })]]);
    await waiting.close();
  });

  it('never sends again what was answered', async () => {
    server.faults.push('row-busy');
    const sheet = await outbox.open(COMPONENT, '68101');
    await sheet.commit(numbered(3));
    await until(() => outbox.status().queued === 0);
    expect(server.requests.map(rows => rows.map(row => row.candidate))).toEqual([['0000', '0001', '0002'], ['0000']]);
  });

  it('keeps what is typed while the server is away and sends it when it is back', async () => {
    const sheet = await outbox.open(COMPONENT, '68101');
    await server.stop();
    await sheet.commit(numbered(40));
    await until(() => outbox.status().connection === 'offline');
    expect(outbox.status().queued).toBe(40);
    expect(await outbox.drain({ timeoutMs: 500 })).toEqual({ kind: 'offline', left: 40 });
    await server.start();
    await until(() => outbox.status().queued === 0);
    expect(outbox.status().connection).toBe('online');
    expect(server.recorded).toHaveLength(40);
    expect(server.requests[0]!.every(row => (row.queuedMs ?? 0) > 0)).toBe(true);
  });

  it('goes on after a restart of the client with the same command ids', async () => {
    const sheet = await outbox.open(COMPONENT, '68101');
    server.faults.push('drop-after', ...Array<'drop-after'>(50).fill('drop-after'));
    const marks = [typed('0001', '34', 0), typed('0001', '43', 0)];
    await sheet.commit(marks);
    await until(() => server.requests.length > 0);
    await outbox.close();
    server.faults.length = 0;
    outbox = newOutbox();
    expect(await outbox.resume()).toHaveLength(1);
    await until(() => outbox.status().queued === 0);
    expect(server.recorded.map(one => one.commandId)).toEqual(marks.map(one => one.commandId));
    expect(await outbox.drain()).toEqual({ kind: 'drained' });
  });

  it('pauses when the person is signed out, and only then goes on when told', async () => {
    server.faults.push('signed-out');
    const sheet = await outbox.open(COMPONENT, '68101');
    await sheet.commit(numbered(2));
    await until(() => outbox.status().connection === 'signed-out');
    const before = server.requests.length;
    await sheet.commit([typed('0009', '7')]);
    await new Promise(resolve => setTimeout(resolve, 150));
    expect(server.requests).toHaveLength(before);
    outbox.retryNow();
    await until(() => outbox.status().queued === 0);
    expect(server.recorded).toHaveLength(3);
  });

  it('says row by row what was refused, keeps it, and lets the rest stand', async () => {
    const sheet = await outbox.open(COMPONENT, '68101');
    await sheet.commit([typed('0001', '85'), typed('0002', '34'), typed('0003', '21', 7)]);
    expect(await outbox.drain()).toEqual({ kind: 'drained' });
    expect(answers.map(one => ('refused' in one ? one.refused.type : one.recorded.mark))).toEqual([
      'mark-out-of-range', 34, 'changed-elsewhere',
    ]);
    expect(sheet.refused().map(one => one.mark.candidate)).toEqual(['0001', '0003']);
  });
});
