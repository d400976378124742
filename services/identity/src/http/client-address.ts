import type { IncomingMessage } from 'node:http';

/** From where a request came. */
export function addressOf({ socket }: IncomingMessage): string {
  return socket.remoteAddress ?? 'unknown';
}
