/** What EventStoreDB knows of a stream beyond its events: deleted softly or for good, and from where it is shown. */
import { randomUUID } from 'node:crypto';
import type { WriteOutcome } from '../../embedded/write-batch.js';
import type { BridgeLog, Proposed, Recorded } from './log.js';

/** −1 expects no stream. */
export type Expectation = 'any' | 'exists' | number;

export type Written =
  | { readonly kind: 'written'; readonly revision: number; readonly row: number }
  | { readonly kind: 'conflict'; readonly actual: number }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'failed'; readonly cause: string };

interface Head {
  /** Of the last event ever written; −1 for none. */
  readonly last: number;
  readonly isTombstoned: boolean;
  readonly limits: Limits;
}

interface Limits {
  /** Earlier revisions are not shown. */
  readonly $tb?: number;
  readonly $maxCount?: number;
}

export class BridgeStreams {
  readonly #log: BridgeLog;
  readonly #heads = new Map<string, Head>();
  /** One change of a stream at a time, in the order of asking. */
  readonly #turns = new Map<string, Promise<unknown>>();
  /** Revision by stream and id, of what was written lately: all that "any" is compared with. */
  readonly #lately = new Map<string, number>();

  constructor(log: BridgeLog) {
    this.#log = log;
  }

  isTombstoned(stream: string): boolean {
    return this.#head(stream).isTombstoned;
  }

  /** The first and the last revision that are shown; undefined where there is nothing to show. */
  shown(stream: string): { readonly first: number; readonly last: number } | undefined {
    const { last, limits: { $tb = 0, $maxCount = Infinity } } = this.#head(stream);
    const first = Math.max($tb, last - $maxCount + 1);
    return first <= last ? { first, last } : undefined;
  }

  append(stream: string, events: readonly Proposed[], expectation: Expectation): Promise<Written> {
    return this.#inTurn(stream, () => this.#append(stream, events, expectation));
  }

  /** Softly: nothing is shown any more, and revisions go on from here. */
  delete(stream: string, expectation: Expectation): Promise<Written> {
    return this.#inTurn(stream, async () => {
      const { last, isTombstoned } = this.#head(stream);
      if (isTombstoned) return { kind: 'deleted' };
      const shown = this.shown(stream);
      if (!shown || (typeof expectation === 'number' && expectation !== last))
        return { kind: 'conflict', actual: shown?.last ?? -1 };
      return this.#append(`$$${stream}`, [systemEvent('$metadata', { $tb: last + 1 })], 'any');
    });
  }

  /** For good. */
  tombstone(stream: string, expectation: Expectation): Promise<Written> {
    return this.#inTurn(stream, () => this.#append(stream, [systemEvent(TOMBSTONE, {})], expectation));
  }

  async #append(stream: string, events: readonly Proposed[], expectation: Expectation): Promise<Written> {
    if (this.#head(stream).isTombstoned) return { kind: 'deleted' };
    if (events.length === 0) return { kind: 'written', revision: 0, row: this.#log.end() };
    if (expectation === 'exists' && !this.shown(stream)) return { kind: 'conflict', actual: -1 };
    const outcome = await this.#log.append(stream, events, this.#revisionFor(stream, events, expectation));
    if (outcome.kind === 'appended') this.#take(stream, events, outcome.revision);
    return this.#toWritten(stream, outcome);
  }

  #revisionFor(stream: string, events: readonly Proposed[], expectation: Expectation): number {
    const { last } = this.#head(stream);
    if (expectation === -1 && !this.shown(stream)) return last;
    if (typeof expectation === 'number') return expectation;
    const written = this.#lately.get(`${stream} ${events[0]!.id}`);
    return written === undefined ? last : written - 1;
  }

  #take(stream: string, events: readonly Proposed[], revision: number): void {
    if (this.#lately.size > MOST_LATELY) this.#lately.clear();
    events.forEach(({ id }, n) => this.#lately.set(`${stream} ${id}`, revision - events.length + 1 + n));
    const head = this.#head(stream);
    const isTombstoned = head.isTombstoned || events.at(-1)!.type === TOMBSTONE;
    this.#remember(stream, { ...head, last: Math.max(head.last, revision), isTombstoned });
    if (stream.startsWith('$$')) this.#heads.delete(stream.slice(2));
  }

  #toWritten(stream: string, outcome: WriteOutcome): Written {
    switch (outcome.kind) {
      case 'appended':
        return { kind: 'written', revision: outcome.revision, row: outcome.positions.at(-1)! };
      case 'conflict':
        return { kind: 'conflict', actual: this.shown(stream)?.last ?? -1 };
      case 'unknown':
        return { kind: 'failed', cause: outcome.cause };
      default:
        return { kind: 'failed', cause: outcome.kind };
    }
  }

  #head(stream: string): Head {
    const known = this.#heads.get(stream);
    if (known) return known;
    const last = this.#log.last(stream);
    const head = {
      last: last?.revision ?? -1,
      isTombstoned: last?.type === TOMBSTONE,
      limits: limitsOf(this.#log.last(`$$${stream}`)),
    };
    this.#remember(stream, head);
    return head;
  }

  #remember(stream: string, head: Head): void {
    if (this.#heads.size >= MOST_HEADS) this.#heads.clear();
    this.#heads.set(stream, head);
  }

  #inTurn<Result>(stream: string, work: () => Promise<Result>): Promise<Result> {
    const turn = (this.#turns.get(stream) ?? Promise.resolve()).then(work, work);
    this.#turns.set(stream, turn);
    const forget = (): void => void (this.#turns.get(stream) === turn && this.#turns.delete(stream));
    turn.then(forget, forget);
    return turn;
  }
}

const TOMBSTONE = '$streamDeleted';
const MOST_HEADS = 50_000;
const MOST_LATELY = 100_000;

function systemEvent(type: string, data: object): Proposed {
  return { id: randomUUID(), type, isJson: true, data: Buffer.from(JSON.stringify(data)), metadata: Buffer.alloc(0) };
}

const limitsOf = (metadata: Recorded | undefined): Limits =>
  metadata ? (JSON.parse(metadata.data.toString('utf8')) as Limits) : {};
