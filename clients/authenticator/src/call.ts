import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { DEVICE_HEADERS, signedText } from '@portal/contract';
import type { DeviceFile } from './device-file.js';
import { Failure } from './failure.js';
import { en, type MessageId } from './messages.en.js';

/** Asks the server; a `Failure` where it says no or cannot be reached. */
export async function post<T>(url: string, text: string, headers: Readonly<Record<string, string>> = {}): Promise<T> {
  const { status, ok, document } = await answerOf(url, text, headers);
  if (ok) return document as T;
  const { type = `HTTP ${status}` } = document as { type?: string };
  throw type in en ? new Failure(type as MessageId, 1) : new Failure('refused', 1, { type });
}

/** Signed by this device, for this call, now. */
export function signedPost<T>(own: DeviceFile, name: string, body: object): Promise<T> {
  const path = `/authenticator/${name}`;
  const [text, time, nonce] = [JSON.stringify(body), new Date().toISOString(), randomUUID()];
  const signed = Buffer.from(signedText({ path, device: own.device, time, nonce, body: text }));
  return post(own.server + path, text, {
    [DEVICE_HEADERS.device]: own.device,
    [DEVICE_HEADERS.time]: time,
    [DEVICE_HEADERS.nonce]: nonce,
    [DEVICE_HEADERS.signature]: sign(null, signed, createPrivateKey(own.privateKey)).toString('base64url'),
  });
}

/** Plain http is for this machine alone. */
export function serverOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new Failure('server-missing', 2);
  const isHere = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !isHere) throw new Failure('server-not-secure', 2);
  return url.origin;
}

async function answerOf(url: string, text: string, headers: Readonly<Record<string, string>>) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json', ...headers },
      body: text,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, ok: response.ok, document: (await response.json()) as unknown };
  } catch (error) {
    const isNetwork = error instanceof TypeError || error instanceof SyntaxError || (error as Error).name === 'TimeoutError';
    throw isNetwork ? new Failure('unreachable', 4) : error;
  }
}

const TIMEOUT_MS = 15_000;
