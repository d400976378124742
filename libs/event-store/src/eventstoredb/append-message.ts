/** One append as the wire has it, and what the wire answers. */
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import timestampPb from 'google-protobuf/google/protobuf/timestamp_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import type statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { FIELDS, type EncodedEvents } from '../encode.js';
import type { Expected, Position } from '../port.js';
import { toPosition } from './position.js';

export interface AppendRequest {
  readonly stream: string;
  readonly fields: EncodedEvents;
  readonly expected: Expected;
}

/**
 * - `appended`: `last` is the position of the last event, where the server said it.
 * - `again`: the server does not know either; asking again with the same ids will tell.
 * - `refused`: nothing was written, and asking again changes nothing.
 */
export type Reply =
  | { readonly kind: 'appended'; readonly revision: number; readonly last: Position | undefined }
  | { readonly kind: 'conflict'; readonly actual: Expected }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'again'; readonly cause: string }
  | { readonly kind: 'refused'; readonly reason: 'access' | 'malformed'; readonly cause: string };

export function requestMessage(correlation: string, { stream, fields, expected }: AppendRequest, until: Date): streamsPb.BatchAppendReq {
  const options = new streamsPb.BatchAppendReq.Options()
    .setStreamIdentifier(new sharedPb.StreamIdentifier().setStreamName(Buffer.from(stream)))
    .setDeadline(timestampPb.Timestamp.fromDate(until));
  if (expected === 'no-stream') options.setNoStream(new emptyPb.Empty());
  else options.setStreamPosition(String(expected));
  const request = new streamsPb.BatchAppendReq()
    .setCorrelationId(new sharedPb.UUID().setString(correlation))
    .setOptions(options)
    .setIsFinal(true);
  for (let n = 0; n < fields.length; n += FIELDS) request.addProposedMessages(proposed(fields, n));
  return request;
}

function proposed(fields: EncodedEvents, n: number): streamsPb.BatchAppendReq.ProposedMessage {
  const message = new streamsPb.BatchAppendReq.ProposedMessage()
    .setId(new sharedPb.UUID().setString(fields[n]!))
    .setData(Buffer.from(fields[n + 2]!))
    .setCustomMetadata(Buffer.from(fields[n + 3]!));
  message.getMetadataMap().set('type', fields[n + 1]!).set('content-type', 'application/json');
  return message;
}

export function replyOf(message: streamsPb.BatchAppendResp): Reply {
  const error = message.getError();
  if (error) return problemOf(error);
  const success = message.getSuccess()!;
  const at = success.getPosition();
  const last = at && toPosition({ commit: BigInt(at.getCommitPosition()), prepare: BigInt(at.getPreparePosition()) });
  return { kind: 'appended', revision: Number(success.getCurrentRevision()), last };
}

function problemOf(error: statusPb.Status): Reply {
  const details = error.getDetails();
  const type = details?.getTypeName() ?? '';
  switch (type.replace('event_store.client.', '')) {
    case 'WrongExpectedVersion': {
      const wrong = details!.unpack(sharedPb.WrongExpectedVersion.deserializeBinary, type)!;
      const actual = wrong.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : 'no-stream';
      return { kind: 'conflict', actual };
    }
    case 'StreamDeleted':
      return { kind: 'deleted' };
    case 'AccessDenied':
      return { kind: 'refused', reason: 'access', cause: 'the user may not write this stream' };
    case 'MaximumAppendSizeExceeded':
    case 'BadRequest':
      return { kind: 'refused', reason: 'malformed', cause: error.getMessage() };
    default:
      return { kind: 'again', cause: error.getMessage() === '' ? type : error.getMessage() };
  }
}
