/** Between the bridge's own data and the messages of the wire. */
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { Proposed, Recorded } from './log.js';

/** An event's place in bytes: each has its own, and between two of them there is none. */
const BYTES_PER_ROW = 1_000n;

export const toBytes = (row: number): string => String(BigInt(row) * BYTES_PER_ROW);

/** Undefined where no event can start there. */
export function toRow(bytes: string): number | undefined {
  const at = BigInt(bytes);
  return at % BYTES_PER_ROW === 0n ? Number(at / BYTES_PER_ROW) : undefined;
}

export const nameOf = (identifier: sharedPb.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

type ProposedMessage = streamsPb.BatchAppendReq.ProposedMessage | streamsPb.AppendReq.ProposedMessage;

export function toProposed(message: ProposedMessage): Proposed {
  const properties = message.getMetadataMap();
  return {
    id: message.getId()?.getString().toLowerCase() ?? '',
    type: properties.get('type') ?? '',
    isJson: properties.get('content-type') === 'application/json',
    data: Buffer.from(message.getData_asU8()),
    metadata: Buffer.from(message.getCustomMetadata_asU8()),
  };
}

export function eventMessage(recorded: Recorded): streamsPb.ReadResp {
  const event = new streamsPb.ReadResp.ReadEvent.RecordedEvent()
    .setId(new sharedPb.UUID().setString(recorded.id))
    .setStreamIdentifier(new sharedPb.StreamIdentifier().setStreamName(Buffer.from(recorded.stream)))
    .setStreamRevision(String(recorded.revision))
    .setCommitPosition(toBytes(recorded.row))
    .setPreparePosition(toBytes(recorded.row))
    .setData(recorded.data)
    .setCustomMetadata(recorded.metadata);
  event
    .getMetadataMap()
    .set('type', recorded.type)
    .set('content-type', recorded.isJson ? 'application/json' : 'application/octet-stream')
    .set('created', String(BigInt(recorded.createdMs) * TICKS_PER_MS));
  const read = new streamsPb.ReadResp.ReadEvent().setEvent(event).setCommitPosition(toBytes(recorded.row));
  return new streamsPb.ReadResp().setEvent(read);
}

const TICKS_PER_MS = 10_000n;

/** As the server says it in the trailers of a call; a client tells errors apart by `exception`. */
export function failure(code: number, details: string, trailers: Readonly<Record<string, string>> = {}): Partial<ServiceError> {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return { code, details, metadata };
}

export const streamDeleted = (stream: string): Partial<ServiceError> =>
  failure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const any = (type: string, message: { serializeBinary(): Uint8Array }): anyPb.Any => {
  const packed = new anyPb.Any();
  packed.pack(message.serializeBinary(), `event_store.client.${type}`);
  return packed;
};

export const nothing = (): emptyPb.Empty => new emptyPb.Empty();

export function problem(code: number, message: string, details: anyPb.Any): statusPb.Status {
  return new statusPb.Status().setCode(code).setMessage(message).setDetails(details);
}
