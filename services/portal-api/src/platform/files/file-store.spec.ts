import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startS3, type S3Server } from '../../testing/s3-server.js';
import { log } from '../logging.js';
import { FilesUnavailableError, type FileStore } from './file-store.js';
import { openFolderFiles } from './folder-files.js';
import { openS3Files } from './s3-files.js';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const large = Buffer.alloc(3 * 1024 * 1024, 'ŵŷ');
/** Whatever of the three was asked. */
const AWAY = Array.from({ length: 3 }, () => ({ status: 'rejected', reason: expect.any(FilesUnavailableError) as unknown }));
const folder = mkdtempSync(join(tmpdir(), 'portal-files-'));
const bucket = { bucket: 'documents', region: 'eu-west-2', key: 'portal', secret: 'a secret of tests' };
let s3: S3Server;
beforeAll(async () => {
  log.level = 'silent';
  s3 = await startS3(bucket.key, bucket.secret);
});
afterAll(() => {
  s3.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each<[string, () => Promise<FileStore>]>([
  ['a folder', () => openFolderFiles(folder)],
  ['a bucket', async () => openS3Files({ endpoint: s3.url, ...bucket })],
])('files in %s', (_, open) => {
  it('are kept by what is in them, once, and read whole or in parts', async () => {
    const files = await open();
    const sha256 = hashOf(large);
    expect(await files.size(sha256)).toBeUndefined();
    await Promise.all([files.put(sha256, large), files.put(sha256, large)]);
    await files.put(sha256, large);
    expect(await files.size(sha256)).toBe(large.length);
    expect((await buffer(await files.read(sha256))).equals(large)).toBe(true);
    expect((await buffer(await files.read(sha256, { from: 2, to: 5 }))).toString()).toBe('ŷŵ');
    await files.close();
  });

  it('that are not there are no file, and cannot be read', async () => {
    const files = await open();
    const missing = hashOf(Buffer.from('never kept'));
    expect(await files.size(missing)).toBeUndefined();
    await expect(files.read(missing).then(buffer)).rejects.toThrow();
    await files.close();
  });
});

it('a folder holds nothing unfinished under a name, is for nobody else, and forgets what a killed process left', async () => {
  const unfinished = join(folder, 'unfinished');
  mkdirSync(unfinished, { recursive: true });
  for (const name of ['old', 'young']) writeFileSync(join(unfinished, name), 'half');
  utimesSync(join(unfinished, 'old'), new Date(0), new Date(0));
  const files = await openFolderFiles(folder);
  expect(readdirSync(unfinished)).toEqual(['young']);
  const bytes = Buffer.from('small');
  await files.put(hashOf(bytes), bytes);
  const file = join(folder, hashOf(bytes).slice(0, 2), hashOf(bytes).slice(2));
  expect(statSync(file).mode & 0o077).toBe(0);
  // One that was cut short on the disk is written again.
  writeFileSync(file, 'sma');
  await files.put(hashOf(bytes), bytes);
  expect((await buffer(await files.read(hashOf(bytes)))).equals(bytes)).toBe(true);
});

it('a folder that is none any more is away', async () => {
  const lost = join(folder, 'lost');
  const files = await openFolderFiles(lost);
  rmSync(lost, { recursive: true });
  writeFileSync(lost, 'no folder');
  const sha256 = hashOf(large);
  expect(await Promise.allSettled([files.size(sha256), files.read(sha256), files.put(sha256, large)])).toEqual(AWAY);
  rmSync(lost);
  await expect(files.put(sha256, large)).rejects.toThrow(FilesUnavailableError);
});

it('a bucket is not written with another key, which is no fault of the file, nor with other bytes than the name says', async () => {
  const bytes = Buffer.from('of somebody else');
  const stranger = openS3Files({ endpoint: s3.url, ...bucket, secret: 'another' });
  await expect(stranger.put(hashOf(bytes), bytes)).rejects.toThrow(FilesUnavailableError);
  expect(s3.refusals.at(-1)).toMatch(/SignatureDoesNotMatch$/);
  const files = openS3Files({ endpoint: s3.url, ...bucket });
  const wrong = files.put(hashOf(large), bytes);
  await expect(wrong).rejects.toThrow();
  await expect(wrong).rejects.not.toThrow(FilesUnavailableError);
  expect(s3.refusals.at(-1)).toMatch(/BadDigest$/);
});

it('a bucket that nobody serves, or that fails, is away', async () => {
  const failing = createServer((_, response) => void response.writeHead(503).end()).listen(0, '127.0.0.1');
  await once(failing, 'listening');
  const port = (failing.address() as AddressInfo).port;
  const files = openS3Files({ endpoint: `http://127.0.0.1:${port}`, ...bucket });
  const asked = () => Promise.allSettled([files.size(hashOf(large)), files.read(hashOf(large)), files.put(hashOf(large), large)]);
  expect(await asked()).toEqual(AWAY);
  failing.closeAllConnections();
  failing.close();
  expect(await asked()).toEqual(AWAY);
});
