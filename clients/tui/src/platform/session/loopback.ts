import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Where the browser comes back to (RFC 8252 §7.3): this machine alone, a port that is free, for one sign-in.
 * Requests by another name are not answered: a page in the browser could else ask here under a name of its own.
 */
export interface Loopback {
  /** What the provider sends the browser back to. */
  readonly redirect: string;
  /** Short, for people; it leads to the provider. */
  readonly address: string;
  /** The first answer with the `state` that was sent; undefined once closed. */
  readonly returned: Promise<URL | undefined>;
  /** What the person reads in the browser; also ends it where nothing came. */
  readonly close: (page?: string) => void;
}

export async function openLoopback(leadTo: (redirect: string) => Promise<URL>): Promise<Loopback> {
  const { promise: returned, resolve } = Promise.withResolvers<URL | undefined>();
  const start = `/${randomBytes(6).toString('base64url')}`;
  let target: URL | undefined;
  let waiting: ServerResponse | undefined;
  const server = createServer((request, response) => {
    const url = urlOf(request, origin());
    if (url?.pathname === start && target !== undefined) return void response.writeHead(303, { ...HEADERS, location: target.href }).end();
    // Anybody on this machine can call here: only the answer to this sign-in ends the waiting for it.
    if (url?.pathname !== PATH || !isAnswer(url, target)) return void response.writeHead(404, HEADERS).end();
    // One answer a sign-in: another would be somebody else's.
    if (waiting !== undefined) return void response.writeHead(409, HEADERS).end();
    waiting = response;
    resolve(url);
  });
  await new Promise<void>((done, failed) => server.once('error', failed).listen(0, '127.0.0.1', done));
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let isClosed = false;
  const close = (page = '') => {
    if (isClosed) return;
    isClosed = true;
    resolve(undefined);
    waiting?.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' }).end(page);
    server.close();
    server.closeIdleConnections();
    // The page goes out first; a browser that keeps its connection must not keep this process.
    setTimeout(() => server.closeAllConnections(), LINGER_MS).unref();
  };
  const opened = { redirect: `${origin()}${PATH}`, address: `${origin()}${start}`, returned, close };
  try {
    target = await leadTo(opened.redirect);
    return opened;
  } catch (error) {
    close();
    throw error;
  }
}

function urlOf({ method, url, headers }: IncomingMessage, origin: string): URL | undefined {
  if (method !== 'GET' || `http://${headers.host}` !== origin || !URL.canParse(url ?? '', origin)) return undefined;
  return new URL(url ?? '', origin);
}

const isAnswer = ({ searchParams }: URL, asked: URL | undefined): boolean => {
  const state = asked?.searchParams.get('state');
  return state !== undefined && state !== null && searchParams.get('state') === state;
};

/** As registered for the client; the port is any. */
const PATH = '/signed-in';
const LINGER_MS = 500;

/** The address holds the code: it is told to nobody, and nothing on the page asks anybody for anything. */
const HEADERS = {
  'cache-control': 'no-store',
  connection: 'close',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;
