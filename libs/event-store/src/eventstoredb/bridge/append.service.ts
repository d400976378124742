/** Appending and deleting, as a real server answers; with replies that go astray where a test wants them to. */
import { status, type sendUnaryData, type ServerDuplexStream, type ServerReadableStream, type ServerUnaryCall, type ServiceError } from '@grpc/grpc-js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import type statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendFault } from './faults.js';
import type { Proposed } from './log.js';
import { any, failure, nameOf, nothing, problem, streamDeleted, toBytes, toProposed } from './messages.js';
import type { BridgeStreams, Expectation, Written } from './streams.js';

export type BatchCall = ServerDuplexStream<streamsPb.BatchAppendReq, streamsPb.BatchAppendResp>;
export type AppendCall = ServerReadableStream<streamsPb.AppendReq, streamsPb.AppendResp>;

export type DeleteCall = ServerUnaryCall<streamsPb.DeleteReq, streamsPb.DeleteResp>;
export type TombstoneCall = ServerUnaryCall<streamsPb.TombstoneReq, streamsPb.TombstoneResp>;

const MAX_APPEND_BYTES = 1_048_576;

export class Appending {
  readonly #streams: BridgeStreams;
  readonly #nextFault: () => AppendFault | undefined;

  constructor(streams: BridgeStreams, nextFault: () => AppendFault | undefined) {
    this.#streams = streams;
    this.#nextFault = nextFault;
  }

  /** Many appends over one call, each told by its correlation id, in parts until the one that is final. */
  serveBatches(call: BatchCall): void {
    const open = new Map<string, { readonly options: streamsPb.BatchAppendReq.Options; readonly events: Proposed[] }>();
    call.on('data', (request: streamsPb.BatchAppendReq) => {
      const correlation = request.getCorrelationId()!;
      const id = correlation.getString();
      const append = open.get(id) ?? { options: request.getOptions()!, events: [] };
      append.events.push(...request.getProposedMessagesList().map(toProposed));
      open.set(id, append);
      if (!request.getIsFinal()) return;
      open.delete(id);
      void this.#serveBatch(call, correlation, append.options, append.events);
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  }

  async #serveBatch(
    call: BatchCall,
    correlation: sharedPb.UUID,
    options: streamsPb.BatchAppendReq.Options,
    events: readonly Proposed[],
  ): Promise<void> {
    const fault = this.#nextFault();
    if (fault === 'request-lost') return;
    const stream = nameOf(options.getStreamIdentifier());
    const expectation = batchExpectation(options);
    const refusal = refusalOf(stream, events);
    const reply = new streamsPb.BatchAppendResp()
      .setCorrelationId(correlation)
      .setStreamIdentifier(options.getStreamIdentifier());
    const written = refusal ? undefined : await this.#streams.append(stream, events, expectation);
    if (fault === 'not-known') reply.setError(problem(status.DEADLINE_EXCEEDED, 'Timeout', any('Timeout', new sharedPb.Timeout())));
    else if (written?.kind === 'written') reply.setSuccess(batchSuccess(written));
    else reply.setError(refusal ?? batchProblem(stream, expectation, written!));
    if (stream !== '' && refusal?.getMessage() === BAD_REQUEST) return poison(call, reply);
    if (fault === 'reply-lost' || call.cancelled || call.writableEnded) return;
    for (let times = fault === 'duplicate-reply' ? 2 : 1; times > 0; times--) call.write(reply);
  }

  /** One append a call: what a client does that has credentials of its own for it. */
  serveOne(call: AppendCall, reply: sendUnaryData<streamsPb.AppendResp>): void {
    let options: streamsPb.AppendReq.Options | undefined;
    const events: Proposed[] = [];
    call.on('data', (request: streamsPb.AppendReq) => {
      if (request.hasOptions()) options = request.getOptions();
      else events.push(toProposed(request.getProposedMessage()!));
    });
    call.on('end', () => {
      const stream = nameOf(options!.getStreamIdentifier());
      const expectation = options!.hasRevision() ? Number(options!.getRevision()) : wordOf(options!);
      void this.#serveOne(stream, events, expectation, reply);
    });
  }

  async #serveOne(stream: string, events: readonly Proposed[], expectation: Expectation, reply: sendUnaryData<streamsPb.AppendResp>) {
    const refusal = refusalOf(stream, events);
    if (refusal) return reply(failure(status.INVALID_ARGUMENT, refusal.getMessage(), tooLarge(refusal)), null);
    const written = await this.#streams.append(stream, events, expectation);
    switch (written.kind) {
      case 'written': {
        const at = toBytes(written.row);
        const position = new streamsPb.AppendResp.Position().setCommitPosition(at).setPreparePosition(at);
        const success = new streamsPb.AppendResp.Success().setCurrentRevision(String(written.revision)).setPosition(position);
        return reply(null, new streamsPb.AppendResp().setSuccess(success));
      }
      case 'conflict': {
        const wrong = new streamsPb.AppendResp.WrongExpectedVersion();
        if (written.actual < 0) wrong.setCurrentNoStream(new sharedPb.Empty());
        else wrong.setCurrentRevision(String(written.actual));
        return reply(null, new streamsPb.AppendResp().setWrongExpectedVersion(wrong));
      }
      default:
        return reply(removalProblem(stream, expectation, written, 'Append'), null);
    }
  }

  async remove(call: DeleteCall, reply: sendUnaryData<streamsPb.DeleteResp>): Promise<void> {
    const options = call.request.getOptions()!;
    const stream = nameOf(options.getStreamIdentifier());
    const expectation = options.hasRevision() ? Number(options.getRevision()) : wordOf(options);
    const written = await this.#streams.delete(stream, expectation);
    if (written.kind !== 'written') return reply(removalProblem(stream, expectation, written, 'Delete'), null);
    const at = toBytes(written.row);
    reply(null, new streamsPb.DeleteResp().setPosition(
      new streamsPb.DeleteResp.Position().setCommitPosition(at).setPreparePosition(at)));
  }

  async tombstone(call: TombstoneCall, reply: sendUnaryData<streamsPb.TombstoneResp>): Promise<void> {
    const options = call.request.getOptions()!;
    const stream = nameOf(options.getStreamIdentifier());
    const expectation = options.hasRevision() ? Number(options.getRevision()) : wordOf(options);
    const written = await this.#streams.tombstone(stream, expectation);
    if (written.kind !== 'written') return reply(removalProblem(stream, expectation, written, 'Delete'), null);
    const at = toBytes(written.row);
    reply(null, new streamsPb.TombstoneResp().setPosition(
      new streamsPb.TombstoneResp.Position().setCommitPosition(at).setPreparePosition(at)));
  }
}

const BAD_REQUEST = 'BadRequest';
const POISON_MS = 3_000;

/** One malformed event: a second answer some seconds later, and then none any more, to anybody of this call. */
function poison(call: BatchCall, reply: streamsPb.BatchAppendResp): void {
  call.write(reply);
  setTimeout(() => {
    if (!call.cancelled) call.write(reply);
    call.removeAllListeners('data');
  }, POISON_MS).unref();
}

interface Words {
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}

const wordOf = (options: Words): Expectation => (options.hasNoStream() ? -1 : options.hasStreamExists() ? 'exists' : 'any');

const batchExpectation = (options: streamsPb.BatchAppendReq.Options): Expectation =>
  options.hasStreamPosition() ? Number(options.getStreamPosition()) : wordOf(options);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function refusalOf(stream: string, events: readonly Proposed[]): statusPb.Status | undefined {
  const size = events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
  if (size > MAX_APPEND_BYTES) {
    const details = new sharedPb.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_BYTES);
    return problem(status.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', any('MaximumAppendSizeExceeded', details));
  }
  if (stream !== '' && events.every(({ id, type }) => UUID.test(id) && type !== '')) return undefined;
  return problem(status.INVALID_ARGUMENT, BAD_REQUEST, any('BadRequest', new sharedPb.BadRequest()));
}

const tooLarge = (refusal: statusPb.Status): Readonly<Record<string, string>> =>
  refusal.getMessage() === BAD_REQUEST
    ? {}
    : { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(MAX_APPEND_BYTES) };

function batchSuccess({ revision, row }: Written & { readonly kind: 'written' }): streamsPb.BatchAppendResp.Success {
  const position = new sharedPb.AllStreamPosition().setCommitPosition(toBytes(row)).setPreparePosition(toBytes(row));
  return new streamsPb.BatchAppendResp.Success().setCurrentRevision(String(revision)).setPosition(position);
}

function batchProblem(stream: string, expectation: Expectation, written: Written): statusPb.Status {
  if (written.kind === 'deleted') {
    const identifier = new sharedPb.StreamIdentifier().setStreamName(Buffer.from(stream));
    const details = new sharedPb.StreamDeleted().setStreamIdentifier(identifier);
    return problem(status.FAILED_PRECONDITION, 'StreamDeleted', any('StreamDeleted', details));
  }
  if (written.kind !== 'conflict') return problem(status.UNKNOWN, 'Unknown', any('Unknown', new sharedPb.Unknown()));
  const wrong = new sharedPb.WrongExpectedVersion();
  if (written.actual < 0) wrong.setCurrentNoStream(nothing());
  else wrong.setCurrentStreamRevision(String(written.actual));
  if (expectation === 'exists') wrong.setExpectedStreamExists(nothing());
  else if (expectation === 'any') wrong.setExpectedAny(nothing());
  else if (expectation < 0) wrong.setExpectedNoStream(nothing());
  else wrong.setExpectedStreamPosition(String(expectation));
  return problem(status.FAILED_PRECONDITION, 'WrongExpectedVersion', any('WrongExpectedVersion', wrong));
}

/** Numbers below 0 for words, as the trailers have them. */
const numberOf = (expectation: Expectation): number => (expectation === 'any' ? -2 : expectation === 'exists' ? -4 : expectation);

function removalProblem(stream: string, expectation: Expectation, written: Written, verb: string): Partial<ServiceError> {
  if (written.kind === 'deleted') return streamDeleted(stream);
  if (written.kind !== 'conflict') return failure(status.UNKNOWN, 'the bridge could not write');
  const [expected, actual] = [numberOf(expectation), written.actual];
  return failure(
    status.FAILED_PRECONDITION,
    `${verb} failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
    { exception: 'wrong-expected-version', 'stream-name': stream, 'expected-version': String(expected), 'actual-version': String(actual) },
  );
}
