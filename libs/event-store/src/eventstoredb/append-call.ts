/**
 * One call that carries many appends, over the client's own connection, with its user and its rules. The client's own
 * `appendToStream` keeps what is pending in one table for the whole process: an answer that comes twice throws outside
 * any promise there, and a stream that fails ends the appends of every other client. Here each call has its own.
 */
import { randomUUID } from 'node:crypto';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { replyOf, requestMessage, type AppendRequest, type Reply } from './append-message.js';

export interface AppendCallEvents {
  readonly onReply: (correlation: string, reply: Reply) => void;
  /** Once; nothing comes after it. */
  readonly onEnd: (error: unknown) => void;
}

type Stream = Awaited<ReturnType<typeof openStream>>;

export class AppendCall {
  readonly client: EventStoreDBClient;
  readonly #events: AppendCallEvents;
  #stream: Stream | undefined;
  /** Written before the stream was there. */
  #waiting: streamsPb.BatchAppendReq[] = [];
  #hasEnded = false;

  constructor(client: EventStoreDBClient, events: AppendCallEvents) {
    this.client = client;
    this.#events = events;
    openStream(client).then((stream) => this.#take(stream), (error: unknown) => this.#end(error));
  }

  /** Sent in the order of asking; the answer comes under what this returns. Callers bound how much is under way. */
  send(request: AppendRequest, until: Date): string {
    const correlation = randomUUID();
    const message = requestMessage(correlation, request, until);
    if (this.#stream) this.#stream.write(message);
    else this.#waiting.push(message);
    return correlation;
  }

  /** Nothing is heard of it any more. */
  abandon(): void {
    this.#hasEnded = true;
    this.#stream?.cancel();
  }

  #take(stream: Stream): void {
    stream.on('data', (message: streamsPb.BatchAppendResp) => {
      if (!this.#hasEnded) this.#events.onReply(message.getCorrelationId()?.getString() ?? '', replyOf(message));
    });
    stream.on('error', (error) => this.#end(error));
    stream.on('end', () => this.#end(new Error('the server ended the call')));
    if (this.#hasEnded) return stream.cancel();
    this.#stream = stream;
    for (const message of this.#waiting) stream.write(message);
    this.#waiting = [];
  }

  #end(error: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#events.onEnd(error);
  }
}

function openStream(client: EventStoreDBClient) {
  return client['GRPCStreamCreator'](StreamsClient, 'append', (streams) =>
    streams.batchAppend(...client['callArguments']({ requiresLeader: true }, { deadline: Infinity })),
  )();
}
