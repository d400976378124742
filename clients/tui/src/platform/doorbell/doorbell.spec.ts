import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDoorbell, type Doorbell } from './doorbell.js';
import { createEventReader } from './event-stream.js';

let server: Server;
let open: ServerResponse[];
let doorbell: Doorbell | undefined;
let status = 200;

beforeEach(async () => {
  open = [];
  status = 200;
  server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'text/event-stream' });
    if (status !== 200) return void response.end();
    response.write(`event: ready\ndata: {"position":"${open.length}"}\n\n`);
    open.push(response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  doorbell?.close();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

function ringing(silenceMs = 5_000) {
  const heard: string[] = [];
  const states: string[] = [];
  doorbell = openDoorbell({
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens: { access: async refused => (refused ? { kind: 'signed-out' } : { kind: 'token', token: 't' }) },
    version: 'test',
    onRing: position => heard.push(position),
    onState: state => states.push(state),
    backoffMs: { first: 10, longest: 50 },
    silenceMs,
  });
  return { heard, states };
}

async function until(done: () => boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!done()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

describe('the doorbell', () => {
  it('rings with the position, and connects again when the connection is lost', async () => {
    const { heard } = ringing();
    await until(() => heard.length === 1);
    open[0]!.write('event: changed\ndata: {"posi');
    open[0]!.write('tion":"7"}\n\n');
    await until(() => heard.length === 2);
    open[0]!.destroy();
    await until(() => heard.length === 3);
    expect(heard).toEqual(['0', '7', '1']);
  });

  it('takes a silent connection for dead', async () => {
    const { heard } = ringing(60);
    await until(() => heard.length === 3);
    expect(open.length).toBeGreaterThanOrEqual(3);
  });

  it('waits for the person when signed out, and connects when told', async () => {
    status = 401;
    const { heard, states } = ringing();
    await until(() => states.includes('signed-out'));
    status = 200;
    doorbell!.retryNow();
    await until(() => heard.length === 1);
  });
});

describe('reading an event stream', () => {
  it('does not depend on how the bytes are cut', () => {
    const bytes = new TextEncoder().encode(': hello\r\nevent: changed\r\ndata: {"a":"ŵ"}\r\n\r\ndata: b\n\n');
    for (let size = 1; size < bytes.length; size++) {
      const events: unknown[] = [];
      const read = createEventReader(event => events.push(event));
      for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size));
      expect(events).toEqual([
        { name: 'changed', data: '{"a":"ŵ"}' },
        { name: 'message', data: 'b' },
      ]);
    }
  });
});
