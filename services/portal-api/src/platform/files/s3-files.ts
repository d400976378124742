import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { log } from '../logging.js';
import type { S3Bucket } from './file-settings.js';
import { FilesUnavailableError, type FileStore } from './file-store.js';

export interface Patience {
  /** For one answer, however often it is asked for; of a file the beginning. */
  readonly answerWithinMs: number;
  /** From one part of a file to the next. */
  readonly stallsAfterMs: number;
}

/** A bucket of anything that speaks S3. An object is there whole or not at all, and the service checks its hash as it comes. */
export function openS3Files({ endpoint, bucket, region, key, secret }: S3Bucket, patience: Patience = PATIENCE): FileStore {
  const client = new S3Client({
    endpoint,
    region,
    // Not every service has a name for each bucket.
    forcePathStyle: true,
    credentials: { accessKeyId: key, secretAccessKey: secret },
    // Each has our own checksum; others' services do not know the newer ones.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_WITHIN_MS },
  });
  const place = (sha256: string) => ({ Bucket: bucket, Key: `${sha256.slice(0, 2)}/${sha256.slice(2)}` });
  const size = async (sha256: string): Promise<number | undefined> => {
    try {
      return (await answered(patience, (limit) => client.send(new HeadObjectCommand(place(sha256)), limit))).ContentLength;
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
      const object = { ...place(sha256), Body: bytes, ContentLength: bytes.length, ChecksumSHA256 };
      await answered(patience, (limit) => client.send(new PutObjectCommand(object), limit));
    },
    async read(sha256, range) {
      const Range = range === undefined ? {} : { Range: `bytes=${range.from}-${range.to}` };
      const { Body } = await answered(patience, (limit) => client.send(new GetObjectCommand({ ...place(sha256), ...Range }), limit));
      return flowing(Body as Readable, patience);
    },
    close: async () => client.destroy(),
  };
}

/** The client's own limit is for one attempt and ends with the first line of an answer: this one is for all of it. */
async function answered<Answer>({ answerWithinMs }: Patience, send: (limit: { readonly abortSignal: AbortSignal }) => Promise<Answer>): Promise<Answer> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), answerWithinMs);
  try {
    return await send({ abortSignal: late.signal });
  } catch (error) {
    if (late.signal.aborted) throw new FilesUnavailableError('the bucket does not answer', { cause: error });
    throw isMissing(error) ? error : outageOr(error as Failure);
  } finally {
    clearTimeout(timer);
  }
}

/** Its time runs only while somebody waits for bytes: a limit on the connection would be reached by whoever reads slowly. */
function flowing(body: Readable, patience: Patience): Readable {
  // The parts tell of it, as soon as somebody reads them; unheard, it would end the process.
  body.on('error', () => undefined);
  return Readable.from(partsOf(body, patience), { objectMode: false }).once('close', () => body.destroy());
}

async function* partsOf(body: Readable, { stallsAfterMs }: Patience): AsyncGenerator<Buffer> {
  const stalled = (): void => void body.destroy(new FilesUnavailableError('the bucket stopped in the middle of a file'));
  let timer = setTimeout(stalled, stallsAfterMs);
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      clearTimeout(timer);
      yield part;
      timer = setTimeout(stalled, stallsAfterMs);
    }
  } finally {
    clearTimeout(timer);
  }
}

interface Failure extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** No answer, the service's own fault, or a refusal of whoever asks: of the file that says nothing. What is wrong with the asking stays what it is. */
function outageOr(error: Failure): Error {
  const { name, message, code = name, $metadata } = error;
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return error instanceof TypeError || error instanceof RangeError ? error : away(`cannot be reached: ${message || code}`, error);
  if (REFUSALS.has(status)) log.error({ status, reason: name }, 'the bucket refuses what it is asked for');
  return status >= 500 || REFUSALS.has(status) || PASSING.has(status) ? away(`answers ${status} ${name}`, error) : error;
}

const away = (how: string, cause: Error): FilesUnavailableError => new FilesUnavailableError(`the bucket ${how}`, { cause });

/** A file that is not there; a bucket that is not there has a name for it. */
const isMissing = (error: unknown): boolean =>
  (error as Failure).$metadata?.httpStatusCode === 404 && (error as Failure).name !== 'NoSuchBucket';

/** The key is none, or may not, or there is no such bucket: until somebody puts that right. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404]);
/** Too slow, or too much. */
const PASSING: ReadonlySet<number> = new Set([408, 429]);
const CONNECT_WITHIN_MS = 3_000;
const PATIENCE: Patience = { answerWithinMs: 20_000, stallsAfterMs: 20_000 };
