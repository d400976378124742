import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startS3, type S3Server } from '../../testing/s3-server.js';
import type { FileStore } from './file-store.js';
import { openFolderFiles } from './folder-files.js';
import { openS3Files } from './s3-files.js';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const large = Buffer.alloc(3 * 1024 * 1024, 'ŵŷ');
const folder = mkdtempSync(join(tmpdir(), 'portal-files-'));
const bucket = { bucket: 'documents', region: 'eu-west-2', key: 'portal', secret: 'a secret of tests' };
let s3: S3Server;
beforeAll(async () => {
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

it('a bucket is not written with another key, nor with other bytes than the name says', async () => {
  const bytes = Buffer.from('of somebody else');
  const stranger = openS3Files({ endpoint: s3.url, ...bucket, secret: 'another' });
  await expect(stranger.put(hashOf(bytes), bytes)).rejects.toThrow();
  expect(s3.refusals.at(-1)).toMatch(/SignatureDoesNotMatch$/);
  const files = openS3Files({ endpoint: s3.url, ...bucket });
  await expect(files.put(hashOf(large), bytes)).rejects.toThrow();
  expect(s3.refusals.at(-1)).toMatch(/BadDigest$/);
});
