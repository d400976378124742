/** What stands in front of several processes: each request goes where it is answered, with the `Host` it came with. */
import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

/** Origins. */
export interface Upstreams {
  readonly identity: string;
  /** In turn. */
  readonly apis: readonly string[];
}

export interface Proxy {
  readonly url: string;
  /** Before the first request. */
  readonly sendTo: (upstreams: Upstreams) => void;
  readonly close: () => Promise<void>;
}

/** As docs/operations.md has them: these and what is below them. */
const OF_IDENTITY = [
  'oidc', 'sign-in', 'sign-out', 'invitations', 'factors', 'authenticator', 'sessions', 'recovery', 'device', 'amp', 'step-up',
  'admin/accounts', 'admin/keys',
];

export async function startProxy(): Promise<Proxy> {
  const agent = new Agent({ keepAlive: true });
  let to: Upstreams | undefined;
  let turn = 0;
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    if (to === undefined) return void response.writeHead(502).end();
    const { identity, apis } = to;
    const first = (turn += 1) % apis.length;
    const origins = isOfIdentity(request.url ?? '') ? [identity] : [...apis.slice(first), ...apis.slice(0, first)];
    forward({ request, response, agent }, origins);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sendTo: (upstreams) => (to = upstreams),
    close: async () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

const isOfIdentity = (url: string): boolean => OF_IDENTITY.some((path) => new RegExp(`^/${path}([/?]|$)`).test(url));

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly agent: Agent;
}

/** Another is tried only where nothing was sent to the one before: what a process that died has done is not known. */
function forward(exchange: Exchange, [origin, ...others]: readonly string[]): void {
  const { request, response, agent } = exchange;
  const { hostname, port } = new URL(origin as string);
  const headers = { ...request.headers, 'x-forwarded-for': request.socket.remoteAddress };
  const asked = ask({ agent, hostname, port, method: request.method, path: request.url, headers, setHost: false });
  let isSent = false;
  asked.on('socket', (socket) => {
    const send = (): void => {
      isSent = true;
      request.pipe(asked);
    };
    if (socket.connecting) socket.once('connect', send);
    else send();
  });
  asked.on('response', (answer) => {
    const { connection: _ofThisHop, 'keep-alive': _too, ...passed } = answer.headers;
    response.writeHead(answer.statusCode as number, passed).flushHeaders();
    // An answer that is cut off is cut off for the client as well.
    pipeline(answer, response, () => undefined);
  });
  asked.on('error', () => {
    if (!isSent && others.length > 0) forward(exchange, others);
    else if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  response.on('close', () => {
    if (!response.writableFinished) asked.destroy();
  });
}
