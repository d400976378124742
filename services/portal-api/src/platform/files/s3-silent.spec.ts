import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from '@jest/globals';
import { FilesUnavailableError, type FileStore } from './file-store.js';
import { openS3Files } from './s3-files.js';

const bytes = Buffer.alloc(3 * 1024 * 1024, 'ŵŷ');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const patience = { answerWithinMs: 1_000, stallsAfterMs: 500 };
const bucket = { bucket: 'documents', region: 'eu-west-2', key: 'portal', secret: 'a secret of tests' };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Of a bucket that answers in this way. */
async function filesOf(answer: RequestListener): Promise<FileStore> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return openS3Files({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ...bucket }, patience);
}

it('a bucket that takes what it is asked and never answers is away, to whatever it is asked', async () => {
  const files = await filesOf(() => undefined);
  const asked = [files.size(sha256), files.read(sha256), files.put(sha256, bytes)];
  for (const one of await Promise.allSettled(asked)) expect(one).toMatchObject({ status: 'rejected', reason: expect.any(FilesUnavailableError) });
  await files.close();
});

it('so is one that takes a file and stops in the middle of its answer', async () => {
  const files = await filesOf((request, response) => {
    request.resume();
    if (request.method === 'HEAD') response.writeHead(404).end();
    else response.writeHead(500, { 'content-length': 100 }).write('<Error>');
  });
  await expect(files.put(sha256, bytes)).rejects.toThrow(FilesUnavailableError);
  await files.close();
});

it('one that stops in the middle of a file ends the reading of it', async () => {
  const files = await filesOf((_, response) => void response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 1000)));
  await expect(files.read(sha256).then(buffer)).rejects.toThrow(FilesUnavailableError);
  await files.close();
});

it('whoever reads more slowly than that has all of it all the same', async () => {
  const files = await filesOf((_, response) => void response.writeHead(200, { 'content-length': bytes.length }).end(bytes));
  const read: Buffer[] = [];
  const body = await files.read(sha256);
  await pause(patience.answerWithinMs + 100);
  for await (const part of body as AsyncIterable<Buffer>) {
    if (read.length % 16 === 0) await pause(patience.stallsAfterMs + 100);
    read.push(part);
  }
  expect(Buffer.concat(read).equals(bytes)).toBe(true);
  await files.close();
});

it('whoever does not read it lets go of the bucket', async () => {
  let open = 0;
  const files = await filesOf((_, response) => {
    open += 1;
    response.once('close', () => (open -= 1)).writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 1000));
  });
  (await files.read(sha256)).destroy();
  for (let wait = 0; open > 0 && wait < 100; wait += 1) await pause(20);
  expect(open).toBe(0);
  await files.close();
});
