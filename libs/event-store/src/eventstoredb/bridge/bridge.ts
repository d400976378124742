/**
 * A server that speaks EventStoreDB's protocol and keeps its events in the embedded store: for tests, and where no real
 * server is at hand. What it answers is compared with what a real one answered (`libs/event-store/probe`).
 */
import { Server, ServerCredentials, status, type Metadata, type sendUnaryData, type ServiceError } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { Appending, type AppendCall, type BatchCall, type DeleteCall, type TombstoneCall } from './append.service.js';
import { clusterInfo, supportedMethods, type Member } from './cluster.service.js';
import type { AppendFault, Faults } from './faults.js';
import { BridgeLog } from './log.js';
import { failure } from './messages.js';
import { Reading, type ReadCall } from './read.service.js';
import { BridgeStreams } from './streams.js';
import { Wire } from './wire.js';

export interface BridgeOptions {
  /** Holds the log; must exist, and belongs to one bridge at a time. */
  readonly folder: string;
  /** On 127.0.0.1; a free one where absent. */
  readonly port?: number;
  /** PEM; plain text where absent. */
  readonly tls?: { readonly key: Buffer; readonly certificate: Buffer };
  /** Asked of every call where given. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** What gossip tells; itself, as the leader, where absent. */
  readonly members?: readonly Member[];
  /** Where given this one is a follower: whoever asks for the leader is sent there. */
  readonly leader?: { readonly address: string; readonly port: number };
  /** Append faults to begin with. */
  readonly faults?: readonly AppendFault[];
}

export interface Bridge {
  readonly url: string;
  readonly port: number;
  readonly faults: Faults;
  /** Appends that have arrived, whatever became of them. */
  readonly appendCount: number;
  /** Ends in good order: the log is closed, and the port is free again. */
  stop(): Promise<void>;
  /** Every connection is cut first, whatever was under way. The port stays taken until `restart` or `stop`. */
  kill(): Promise<void>;
  /** Killed, and there again on the same port. */
  restart(): Promise<void>;
}

export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const bridge = new RunningBridge(options, await Wire.listen(options.port ?? 0));
  await bridge.start();
  return bridge;
}

class RunningBridge implements Bridge {
  readonly faults: Faults;
  readonly #options: BridgeOptions;
  readonly #wire: Wire;
  readonly #appendFaults: AppendFault[];
  #running: { readonly server: Server; readonly log: BridgeLog } | undefined;
  #appends = 0;

  constructor(options: BridgeOptions, wire: Wire) {
    this.#options = options;
    this.#wire = wire;
    this.#appendFaults = [...(options.faults ?? [])];
    this.faults = {
      appends: this.#appendFaults,
      delay: (ms) => wire.delay(ms),
      freeze: () => wire.freeze(),
      thaw: () => wire.thaw(),
      hang: () => wire.hang(),
      drop: () => wire.drop(),
      refuse: () => wire.refuse(),
      accept: () => wire.accept(),
    };
  }

  get port(): number {
    return this.#wire.port;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=${this.#options.tls !== undefined}`;
  }

  get appendCount(): number {
    return this.#appends;
  }

  async start(): Promise<void> {
    const log = await BridgeLog.open(this.#options.folder);
    const server = new Server({ 'grpc.max_receive_message_length': MOST_BYTES });
    this.#running = { server, log };
    this.#serve(server, log);
    this.#wire.connectTo(await listen(server, this.#options.tls));
  }

  async stop(): Promise<void> {
    await this.kill();
    await this.#wire.close();
  }

  async kill(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#wire.connectTo(0);
    this.#wire.drop();
    running?.server.forceShutdown();
    await running?.log.close();
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  #serve(server: Server, log: BridgeLog): void {
    const streams = new BridgeStreams(log);
    const reading = new Reading(log, streams);
    const appending = new Appending(streams, () => {
      this.#appends += 1;
      return this.#appendFaults.shift();
    });
    const call = <Call extends AnyCall>(work: (call: Call) => unknown) => (incoming: Call): void => {
      const refusal = this.#refusal(incoming.metadata);
      if (refusal) incoming.emit('error', refusal);
      else work(incoming);
    };
    const unary = <Call extends AnyCall, Reply>(work: (call: Call, reply: sendUnaryData<Reply>) => unknown) =>
      (incoming: Call, reply: sendUnaryData<Reply>): void => {
        const refusal = this.#refusal(incoming.metadata);
        if (refusal) reply(refusal, null);
        else work(incoming, reply);
      };
    server.addService(StreamsService, {
      read: call((read: ReadCall) => reading.serve(read)),
      batchAppend: call((batch: BatchCall) => appending.serveBatches(batch)),
      append: unary((one: AppendCall, reply: sendUnaryData<streamsPb.AppendResp>) => appending.serveOne(one, reply)),
      delete: unary((removal: DeleteCall, reply: sendUnaryData<streamsPb.DeleteResp>) => appending.remove(removal, reply)),
      tombstone: unary((removal: TombstoneCall, reply: sendUnaryData<streamsPb.TombstoneResp>) => appending.tombstone(removal, reply)),
    });
    server.addService(ServerFeaturesService, { getSupportedMethods: (_: unknown, reply: sendUnaryData<unknown>) => reply(null, supportedMethods()) });
    server.addService(GossipService, { read: (_: unknown, reply: sendUnaryData<unknown>) => reply(null, clusterInfo(this.#members())) });
  }

  #members(): readonly Member[] {
    const { members, leader } = this.#options;
    const itself = { address: '127.0.0.1', port: this.port, isLeader: leader === undefined, isAlive: true };
    return members ?? (leader ? [itself, { ...leader, isLeader: true, isAlive: true }] : [itself]);
  }

  /** Who is not let in, and who wanted the leader. */
  #refusal(metadata: Metadata): Partial<ServiceError> | undefined {
    const { credentials, leader } = this.#options;
    if (credentials && metadata.get('authorization')[0] !== basic(credentials))
      return failure(status.UNAUTHENTICATED, 'Authentication failed.');
    if (!leader || metadata.get('requires-leader')[0] !== 'true') return undefined;
    return failure(status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': leader.address,
      'leader-endpoint-port': String(leader.port),
    });
  }
}

interface AnyCall {
  readonly metadata: Metadata;
  emit(event: 'error', error: unknown): boolean;
}

const MOST_BYTES = 17 * 1024 * 1024;

const basic = ({ username, password }: { readonly username: string; readonly password: string }): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** On a port of its own behind the wire. */
function listen(server: Server, tls: BridgeOptions['tls']): Promise<number> {
  const credentials = tls
    ? ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }])
    : ServerCredentials.createInsecure();
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? reject(error) : resolve(port)));
  });
}
