/** What the load of `mark-entry` sends: every request another mark, so that each records an event. */
import { randomUUID, type JsonWebKey } from 'node:crypto';
import { boundHeaders } from '@portal/test-support';

export interface Marks {
  readonly token: string;
  /** Of every candidate; neighbours are of different centres, as with many examiners at work. */
  readonly paths: readonly string[];
  /** The number of the first request: no two runs send the same. */
  readonly from: number;
  /** Where the token is bound to a key: that key, and the server as its proofs name it. */
  readonly bound?: { readonly key: JsonWebKey; readonly server: string };
}

export interface MarkRequest {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** First all candidates once, then each corrected again and again. */
export function nextMark({ token, paths, from, bound }: Marks): () => MarkRequest {
  let n = from;
  return () => {
    const path = paths[n % paths.length]!;
    const body = `{"mark":"${1 + ((Math.floor(n / paths.length) * 7 + n) % 98)}","queuedMs":0}`;
    n += 1;
    const headers = {
      ...(bound === undefined ? { authorization: `Bearer ${token}` } : boundHeaders({ token, key: bound.key }, 'PUT', bound.server + path)),
      'portal-client': '1.0.0',
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    return { path, body, headers };
  };
}

/** As it goes over the wire. */
export function toWire({ path, body, headers }: MarkRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `PUT ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}content-length: ${body.length}\r\n\r\n${body}`;
}
