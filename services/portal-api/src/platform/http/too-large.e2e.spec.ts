import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AGENDA_BYTES } from '@portal/contract';
import { startPortal, type Person, type Portal } from '../../testing/portal.js';

let portal: Portal;
let admin: Person;
beforeAll(async () => {
  portal = await startPortal();
  admin = await portal.person('nia', ['admin']);
});
afterAll(() => portal.stop());

const MEGABYTE = Buffer.alloc(1024 * 1024);
const SENT_MB = 24;
const chunk = (bytes: Buffer) => Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);

/** Sends all of a body, then another request, and reads only then: as those do who look at no answer before they have done. */
async function answersTo(framing: string, parts: readonly Buffer[]): Promise<string> {
  const socket = connect(Number(new URL(portal.url).port), '127.0.0.1').pause();
  const broken = once(socket, 'error').then(([error]) => Promise.reject(error as Error));
  const sent = async () => {
    await once(socket, 'connect');
    const who = `host: portal\r\nauthorization: Bearer ${admin.token}\r\n`;
    socket.write(`PUT /agendas/9521%2F01 HTTP/1.1\r\n${who}content-type: application/pdf\r\nidempotency-key: ${randomUUID()}\r\n${framing}\r\n\r\n`);
    for (const part of parts) await new Promise<void>((resolve) => socket.write(part, () => resolve()));
    socket.end(`GET /health HTTP/1.1\r\n${who}connection: close\r\n\r\n`);
    return (await socket.toArray()).join('');
  };
  return Promise.race([sent(), broken as Promise<never>]);
}

describe('a body that is too large', () => {
  it.each([
    ['its length said first', `content-length: ${SENT_MB * MEGABYTE.length}`, Array.from({ length: SENT_MB }, () => MEGABYTE)],
    ['in chunks', 'transfer-encoding: chunked', [...Array.from({ length: SENT_MB }, () => chunk(MEGABYTE)), Buffer.from('0\r\n\r\n')]],
  ])('is refused with its limit, in an answer that whoever is still sending can read: %s', async (_how, framing, parts) => {
    const [refusal, next] = (await answersTo(framing, parts)).split(/(?=HTTP\/1\.1 200)/);
    expect(refusal).toMatch(/^HTTP\/1\.1 413 /);
    expect(JSON.parse(refusal?.split('\r\n\r\n')[1] ?? '')).toMatchObject({ type: 'too-large', mostBytes: AGENDA_BYTES });
    expect(next).toMatch(/^HTTP\/1\.1 200 /);
  });
});
