/** As much of S3 as a file store asks for, on loopback: one bucket, path style, every signature and checksum checked. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface S3Server {
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  /** What was asked and refused, e.g. `PUT /bucket/key SignatureDoesNotMatch`. */
  readonly refusals: string[];
  readonly stop: () => void;
}

/** In the place of one that was stopped, with all it had, where that is given. */
export async function startS3(key: string, secret: string, stopped?: S3Server): Promise<S3Server> {
  const { objects, refusals } = stopped ?? { objects: new Map<string, Buffer>(), refusals: [] };
  const server = createServer((request, response) => {
    void answer({ request, response, objects, refusals, key, secret });
  }).listen(Number(new URL(stopped?.url ?? 'http://127.0.0.1:0').port), '127.0.0.1');
  await once(server, 'listening');
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, objects, refusals, stop };
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly objects: Map<string, Buffer>;
  readonly refusals: string[];
  readonly key: string;
  readonly secret: string;
}

async function answer({ request, response, objects, refusals, key, secret }: Asked): Promise<void> {
  const body = await buffer(request);
  const path = new URL(request.url ?? '', 'http://s3').pathname;
  const refusal = refusalOf(request, body, key, secret);
  if (refusal !== undefined) {
    refusals.push(`${request.method ?? ''} ${path} ${refusal}`);
    response.writeHead(refusal.startsWith('Signature') || refusal.startsWith('Invalid') ? 403 : 400, { 'content-type': 'application/xml' }).end(`<Error><Code>${refusal}</Code></Error>`);
    return;
  }
  if (request.method === 'PUT') {
    objects.set(path, body);
    response.end();
    return;
  }
  const object = objects.get(path);
  if (object === undefined) response.writeHead(404).end();
  else if (request.method === 'HEAD') response.writeHead(200, { 'content-length': object.length }).end();
  else sendPart(object, request.headers.range, response);
}

function sendPart(object: Buffer, range: string | undefined, response: ServerResponse): void {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  const part = from === undefined ? object : object.subarray(Number(from), Number(to) + 1);
  response.writeHead(from === undefined ? 200 : 206, { 'content-length': part.length }).end(part);
}

/** AWS Signature Version 4, computed from the request alone. */
function refusalOf({ method, url, headers }: IncomingMessage, body: Buffer, key: string, secret: string): string | undefined {
  const said = /Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '');
  const [, id = '', day = '', region = '', names = '', signature = ''] = said ?? [];
  if (id !== key) return 'InvalidAccessKeyId';
  const hashed = headers['x-amz-content-sha256'];
  if (hashed !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const checksum = headers['x-amz-checksum-sha256'];
  if (method === 'PUT' && checksum !== createHash('sha256').update(body).digest('base64')) return 'BadDigest';
  if (!names.split(';').includes('host')) return 'SignatureDoesNotMatch';
  const { pathname, searchParams } = new URL(url ?? '', 'http://s3');
  const query = [...searchParams].map((pair) => pair.map(encodeURIComponent).join('=')).sort().join('&');
  const signed = names.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`).join('');
  const canonical = [method, pathname, query, signed, names, hashed].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(Buffer.from(canonical))].join('\n');
  const signing = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>((by, part) => hmac(by, part), `AWS4${secret}`);
  return timingSafeEqual(hmac(signing, text), Buffer.from(signature, 'hex')) ? undefined : 'SignatureDoesNotMatch';
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
