/** A client of the store that can be replaced: one that failed or fell silent is never asked again. */
import { EventStoreDBClient } from '@eventstore/db-client';
import { withOwnSocket } from './connection-string.js';
import { causeOf, kindOf } from './failure.js';
import type { Settings, Trouble } from './settings.js';

/** What the client offers its own methods; appends need it (`append-call.ts`), and so does an end that ends. */
type Channel = Awaited<ReturnType<EventStoreDBClient['getChannel']>>;

export class Connection {
  readonly #settings: Settings;
  readonly #what: Trouble['what'];
  #client: EventStoreDBClient | undefined;
  #channel: Promise<Channel | undefined> | undefined;
  #isClosed = false;

  constructor(settings: Settings, what: Trouble['what']) {
    this.#settings = settings;
    this.#what = what;
  }

  client(): EventStoreDBClient {
    if (this.#isClosed) throw new Error('the event store was closed');
    if (this.#client) return this.#client;
    this.#client = EventStoreDBClient.connectionString(withOwnSocket(this.#settings.connection));
    // Where there is no server the calls say so themselves; here it is only what has to be closed.
    this.#channel = this.#client['getChannel']().catch(() => undefined);
    return this.#client;
  }

  /** Whether it has not been given up. */
  isCurrent(client: EventStoreDBClient): boolean {
    return client === this.#client;
  }

  /** After a failure of this client: the next call has another, unless the client goes on to the leader by itself. */
  failed(client: EventStoreDBClient, error: unknown): void {
    // Of hundreds of calls that fail together one tells of it.
    if (client !== this.#client) return;
    this.#settings.onTrouble({ what: this.#what, cause: causeOf(error) });
    if (kindOf(error) !== 'not-leader') this.#discard();
  }

  close(): void {
    this.#isClosed = true;
    this.#discard();
  }

  /** Its calls end as cancelled, reads as if they were complete; its socket is closed, which `dispose` alone would leave open. */
  #discard(): void {
    const [client, channel] = [this.#client, this.#channel];
    this.#client = this.#channel = undefined;
    if (!client) return;
    void client.dispose().then(async () => (await channel)?.close());
  }
}
