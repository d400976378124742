import type { IncomingMessage } from 'node:http';
import { refusedAs } from './problems.js';

export const MOST_BODY_BYTES = 16 * 1024;

export interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } };
}

interface Issue {
  readonly path: PropertyKey[];
}

/** The body of a request as what it must be; a `Refused` is thrown where it is not. */
export async function readBody<T>(request: IncomingMessage, schema: Schema<T>): Promise<T> {
  return bodyOf(await readText(request), schema);
}

/** As it was sent: what is signed is the text. */
export async function readText(request: IncomingMessage): Promise<string> {
  const [type] = (request.headers['content-type'] ?? '').split(';');
  if (type?.trim().toLowerCase() !== 'application/json') {
    throw refusedAs('unsupported-media-type', 'send application/json');
  }
  return text(request);
}

/** As browsers send what stands in a form. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const [type] = (request.headers['content-type'] ?? '').split(';');
  if (type?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    throw refusedAs('unsupported-media-type', 'send the form of the page');
  }
  return new URLSearchParams(await text(request));
}

export function bodyOf<T>(sent: string, schema: Schema<T>): T {
  return checked(parse(sent), schema);
}

export function checked<T>(sent: unknown, schema: Schema<T>): T {
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? '');
  const what = field === '' ? 'the body has not the right members' : `"${field}" is not well formed`;
  throw refusedAs('malformed-request', what);
}

async function text(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BODY_BYTES) throw tooLarge();
    chunks.push(chunk as Buffer);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw refusedAs('malformed-request', 'the body is not UTF-8');
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw refusedAs('malformed-request', 'the body is not JSON');
  }
}

/** The rest is not read: the connection ends with the answer. */
export const tooLarge = () =>
  refusedAs('too-large', `a body has at most ${MOST_BODY_BYTES} bytes`, { connection: 'close' });
