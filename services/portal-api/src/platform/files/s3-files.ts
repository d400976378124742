import type { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Bucket } from './file-settings.js';
import type { FileStore } from './file-store.js';

/** A bucket of anything that speaks S3. An object is there whole or not at all, and the service checks its hash as it comes. */
export function openS3Files({ endpoint, bucket, region, key, secret }: S3Bucket): FileStore {
  const client = new S3Client({
    endpoint,
    region,
    // Not every service has a name for each bucket.
    forcePathStyle: true,
    credentials: { accessKeyId: key, secretAccessKey: secret },
    // Each has our own checksum; others' services do not know the newer ones.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_WITHIN_MS, requestTimeout: ANSWER_WITHIN_MS },
  });
  const place = (sha256: string) => ({ Bucket: bucket, Key: `${sha256.slice(0, 2)}/${sha256.slice(2)}` });
  const size = async (sha256: string): Promise<number | undefined> => {
    try {
      return (await client.send(new HeadObjectCommand(place(sha256)))).ContentLength;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  return {
    size,
    async put(sha256, bytes) {
      if ((await size(sha256)) === bytes.length) return;
      const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
      await client.send(new PutObjectCommand({ ...place(sha256), Body: bytes, ContentLength: bytes.length, ChecksumSHA256 }));
    },
    async read(sha256, range) {
      const Range = range === undefined ? {} : { Range: `bytes=${range.from}-${range.to}` };
      return (await client.send(new GetObjectCommand({ ...place(sha256), ...Range }))).Body as Readable;
    },
    close: async () => client.destroy(),
  };
}

const isMissing = (error: unknown): boolean =>
  (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode === 404;

const CONNECT_WITHIN_MS = 3_000;
const ANSWER_WITHIN_MS = 20_000;
