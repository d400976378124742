/** A line in front of the server on which bytes can be held up, delayed and cut. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Faults } from './faults.js';

export class Wire implements Omit<Faults, 'appends'> {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #target = 0;
  #delayMs = 0;
  #isFrozen = false;
  #isRefusing = false;

  private constructor() {
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#take(socket));
  }

  static async listen(port: number): Promise<Wire> {
    const wire = new Wire();
    wire.#server.listen(port, '127.0.0.1');
    await once(wire.#server, 'listening');
    return wire;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Where the server behind it listens now; 0 while there is none. */
  connectTo(port: number): void {
    this.#target = port;
  }

  delay(ms: number): void {
    this.#delayMs = ms;
  }

  freeze(): void {
    this.#isFrozen = true;
    this.hang();
  }

  hang(): void {
    for (const pair of this.#pairs) pair.pause();
  }

  thaw(): void {
    this.#isFrozen = false;
    for (const pair of this.#pairs) pair.resume();
  }

  drop(): void {
    for (const pair of this.#pairs) pair.destroy();
  }

  refuse(): void {
    this.#isRefusing = true;
    this.drop();
  }

  accept(): void {
    this.#isRefusing = false;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.drop();
    await closed;
  }

  #take(client: Socket): void {
    if (this.#isRefusing || this.#target === 0) return void client.destroy();
    const pair = new Pair(client, connect(this.#target, '127.0.0.1'), () => this.#delayMs);
    this.#pairs.add(pair);
    void pair.closed.then(() => this.#pairs.delete(pair));
    if (this.#isFrozen) pair.pause();
  }
}

/** The two ends of one connection. */
class Pair {
  readonly closed: Promise<void>;
  readonly #ends: readonly [Socket, Socket];

  constructor(client: Socket, server: Socket, delayMs: () => number) {
    this.#ends = [client, server];
    for (const end of this.#ends) end.setNoDelay(true);
    this.closed = Promise.all(this.#ends.map((end) => new Promise<void>((resolve) => end.once('close', () => resolve())))).then(() => undefined);
    carry(client, server, delayMs);
    carry(server, client, delayMs);
  }

  pause(): void {
    for (const end of this.#ends) end.pause();
  }

  resume(): void {
    for (const end of this.#ends) end.resume();
  }

  destroy(): void {
    for (const end of this.#ends) end.destroy();
  }
}

function carry(from: Socket, to: Socket, delayMs: () => number): void {
  const later = (work: () => void): void => {
    const ms = delayMs();
    if (ms > 0) setTimeout(work, ms);
    else work();
  };
  from.on('data', (bytes) => later(() => void (to.destroyed || to.write(bytes))));
  from.on('end', () => later(() => to.end()));
  // A cut line is what this is for: whoever stands at the other end sees it closed.
  from.on('error', () => to.destroy());
  from.on('close', () => later(() => to.destroy()));
}
