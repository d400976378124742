/** Reading and subscribing, as a real server answers. */
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTick } from 'node:timers/promises';
import { status, type ServerWritableStream } from '@grpc/grpc-js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { filterOf, type BridgeFilter } from './filter.js';
import type { BridgeLog, Recorded } from './log.js';
import { eventMessage, failure, nameOf, streamDeleted, toBytes, toRow } from './messages.js';
import type { BridgeStreams } from './streams.js';

export type ReadCall = ServerWritableStream<streamsPb.ReadReq, streamsPb.ReadResp>;
type Options = streamsPb.ReadReq.Options;

export class Reading {
  readonly #log: BridgeLog;
  readonly #streams: BridgeStreams;

  constructor(log: BridgeLog, streams: BridgeStreams) {
    this.#log = log;
    this.#streams = streams;
  }

  /** Ends the call itself, well or not. */
  async serve(call: ReadCall): Promise<void> {
    const options = call.request.getOptions()!;
    try {
      if (options.hasSubscription()) await this.#subscribe(call, options);
      else if (options.hasStream()) await this.#stream(call, options);
      else await this.#all(call, options);
      call.end();
    } catch (error) {
      call.emit('error', error);
    }
  }

  async #stream(call: ReadCall, options: Options): Promise<void> {
    const wanted = options.getStream()!;
    const stream = nameOf(wanted.getStreamIdentifier());
    const limit = limitOf(options, 'ReadStreamResult');
    const isBackwards = options.getReadDirection() === BACKWARDS;
    if (this.#streams.isTombstoned(stream)) throw streamDeleted(stream);
    const shown = this.#streams.shown(stream);
    if (!shown) return void (await write(call, notFound(stream)));
    const from = wanted.hasRevision() ? Number(wanted.getRevision()) : isBackwards ? shown.last : shown.first;
    if (isBackwards) {
      const first = Math.max(shown.first, from - limit + 1);
      const events = this.#log.read(stream, first, Math.min(from, shown.last) - first + 1);
      for (const event of events.toReversed()) await write(call, eventMessage(event));
    } else {
      const events = this.#log.read(stream, Math.max(from, shown.first), Number.isFinite(limit) ? limit : undefined);
      for (const event of events) await write(call, eventMessage(event));
    }
  }

  async #all(call: ReadCall, options: Options): Promise<void> {
    const limit = limitOf(options, 'ReadAllResult');
    if (options.getReadDirection() === BACKWARDS) return this.#allBackwards(call, limit);
    const until = this.#log.end();
    let left = limit;
    for (let at = placeOf(options) - (isAtPosition(options) ? 1 : 0), atEnd = false; !atEnd && left > 0 && !call.cancelled;) {
      const page = this.#log.page(at);
      for (const event of page.events) if (event.row <= until && left-- > 0) await write(call, eventMessage(event));
      ({ last: at, atEnd } = page);
      atEnd ||= at >= until;
      await nextTick();
    }
  }

  /** From the end only: all that anybody asks for is the last few. */
  async #allBackwards(call: ReadCall, limit: number): Promise<void> {
    let left = limit;
    for (let row = this.#log.end(); row > 0 && left > 0 && !call.cancelled; row -= 100) {
      const events = this.#log.page(Math.max(0, row - 100)).events.filter((event) => event.row <= row);
      for (const event of events.toReversed()) if (left-- > 0) await write(call, eventMessage(event));
    }
  }

  async #subscribe(call: ReadCall, options: Options): Promise<void> {
    const stream = options.hasStream() ? nameOf(options.getStream()!.getStreamIdentifier()) : undefined;
    const abort = new AbortController();
    call.on('cancelled', () => abort.abort());
    call.on('close', () => abort.abort());
    let at = stream === undefined ? placeOf(options, this.#log.end()) : 0;
    await write(call, new streamsPb.ReadResp().setConfirmation(
      new streamsPb.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID())));
    const passes = stream === undefined ? filterOf(options) : this.#ofStream(stream, options);
    let isCaughtUp = false;
    while (!abort.signal.aborted) {
      const seen = this.#log.doorbell.rings;
      const page = this.#log.page(at);
      const sent = await this.#send(call, page.events, passes, isCaughtUp);
      at = page.last;
      // Of a stream that is not there yet, a real server says so only after its first event.
      const mayCatchUp = stream === undefined || sent > 0 || this.#streams.shown(stream) !== undefined;
      if (page.atEnd && !isCaughtUp && mayCatchUp) {
        isCaughtUp = true;
        await write(call, new streamsPb.ReadResp().setCaughtUp(new streamsPb.ReadResp.CaughtUp()));
      }
      if (page.atEnd) await this.#log.doorbell.next(seen, abort.signal);
      else await nextTick();
    }
  }

  #ofStream(stream: string, options: Options): BridgeFilter {
    const wanted = options.getStream()!;
    const after = wanted.hasRevision() ? Number(wanted.getRevision()) : -1;
    const from = wanted.hasEnd() ? (this.#streams.shown(stream)?.last ?? -1) : after;
    const first = this.#streams.shown(stream)?.first ?? 0;
    return { matches: (event) => event.stream === stream && event.revision > from && event.revision >= first, window: 0 };
  }

  /** While it catches up, a checkpoint is the place where the window began, and has no prepare position. */
  async #send(call: ReadCall, events: readonly Recorded[], { matches, window }: BridgeFilter, isLive: boolean): Promise<number> {
    let sent = 0;
    for (const [n, event] of events.entries()) {
      if (call.cancelled) return sent;
      if (matches(event)) {
        sent++;
        await write(call, eventMessage(event));
      }
      if (window === 0 || (n + 1) % window !== 0) continue;
      const place = toBytes(isLive ? event.row : events[n + 1 - window]!.row);
      await write(call, new streamsPb.ReadResp().setCheckpoint(
        new streamsPb.ReadResp.Checkpoint().setCommitPosition(place).setPreparePosition(isLive ? place : '0')));
    }
    return sent;
  }
}

const BACKWARDS = 1;

function limitOf(options: Options, result: string): number {
  if (!options.hasCount()) return Infinity;
  const count = Number(options.getCount());
  if (count === 0) throw failure(status.UNKNOWN, `Unexpected ${result}: Error`);
  return count >= Number.MAX_SAFE_INTEGER ? Infinity : count;
}

const isAtPosition = (options: Options): boolean => options.getAll()!.hasPosition();

/** The row at a position; `end` and the beginning otherwise. Between two events there is nothing to start from. */
function placeOf(options: Options, end = 0): number {
  const all = options.getAll()!;
  if (all.hasEnd()) return end;
  if (!all.hasPosition()) return 0;
  const row = toRow(all.getPosition()!.getCommitPosition());
  if (row === undefined) throw failure(status.UNKNOWN, 'Unexpected ReadAllResult: Error');
  return row;
}

const notFound = (stream: string): streamsPb.ReadResp =>
  new streamsPb.ReadResp().setStreamNotFound(
    new streamsPb.ReadResp.StreamNotFound().setStreamIdentifier(
      new sharedPb.StreamIdentifier().setStreamName(Buffer.from(stream))));

/** A client that does not read is waited for, until it goes. */
function write(call: ReadCall, message: streamsPb.ReadResp): Promise<void> | undefined {
  if (call.write(message) || call.cancelled) return undefined;
  return new Promise((resolve) => {
    const signals = ['drain', 'cancelled', 'close'] as const;
    const goOn = (): void => {
      for (const signal of signals) call.off(signal, goOn);
      resolve();
    };
    for (const signal of signals) call.on(signal, goOn);
  });
}
