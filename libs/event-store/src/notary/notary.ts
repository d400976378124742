/** Reads everything in order and signs, now and then, for what it has seen. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { NOTARY } from '@portal/domain';
import { RecentHashes } from '../chain.js';
import { eventId } from '../event-id.js';
import type { EventStore, RecordedEvent } from '../port.js';
import type { CommandContext, Streams } from '../streams.js';
import { checkpointDecider, isSigned, signCheckpoint, type Checkpoint } from './checkpoint.js';
import { appendLine, cutTornTail, readLines } from './journal.js';
import { loadKey, NotaryKeyError } from './key.js';
import { cover, ERASABLE_PREFIXES, isCovered, type Covered } from './rolling.js';

export interface NotaryOptions {
  readonly streams: Streams;
  /** Made where it is missing, and the log was not signed yet. */
  readonly keyFile: string;
  readonly logFile: string;
  readonly everyEvents?: number;
  readonly everyMs?: number;
  readonly erasable?: readonly string[];
  /** What `streams` tells of what it recorded. */
  readonly hashes?: RecentHashes;
}

export interface Notary {
  /** The latest checkpoint, for receipts; undefined before the first. */
  latestHead(): Checkpoint | undefined;
  /** Resolves after `stop`; rejects when the notary cannot go on: the log is lost, or its past was changed. */
  readonly stopped: Promise<void>;
  /** Signs for what it has seen, and ends. */
  stop(): Promise<void>;
}

export async function startNotary(store: EventStore, options: NotaryOptions): Promise<Notary> {
  const { state } = await options.streams.load(checkpointDecider, NOTARY);
  const key = loadKey({ file: options.keyFile, hasSigned: state !== undefined });
  if (state && !isSigned(state, createPublicKey(key))) {
    throw new NotaryKeyError(`the last checkpoint of the log was not signed with ${options.keyFile}`);
  }
  completeJournal(options.logFile, state);
  return new RunningNotary(store, options, key, state);
}

/** A crash may have come between the event and its line, or into the middle of the line. */
function completeJournal(file: string, last: Checkpoint | undefined): void {
  cutTornTail(file);
  if (last && readLines(file).at(-1)?.position !== last.position) appendLine(file, last);
}

class RunningNotary implements Notary {
  readonly stopped: Promise<void>;
  readonly #abort = new AbortController();
  readonly #options: NotaryOptions;
  readonly #key: KeyObject;
  readonly #everyEvents: number;
  readonly #erasable: readonly string[];
  readonly #hashes: RecentHashes;
  #covered: Covered | undefined;
  #latest: Checkpoint | undefined;
  /** Signed by another notary with this key, about events that this one has not seen yet. */
  #ahead: Checkpoint | undefined;
  /** Count at which the next one is due. */
  #dueAt: number;
  #signing: Promise<void> = Promise.resolve();

  constructor(store: EventStore, options: NotaryOptions, key: KeyObject, last: Checkpoint | undefined) {
    this.#options = options;
    this.#key = key;
    this.#everyEvents = options.everyEvents ?? 1_000;
    this.#erasable = options.erasable ?? ERASABLE_PREFIXES;
    this.#hashes = options.hashes ?? new RecentHashes();
    this.#covered = this.#latest = last;
    this.#dueAt = (last?.count ?? 0) + this.#everyEvents;
    this.stopped = this.#run(store, options.everyMs ?? 60_000);
  }

  latestHead(): Checkpoint | undefined {
    return this.#latest;
  }

  stop(): Promise<void> {
    this.#abort.abort();
    return this.stopped;
  }

  async #run(store: EventStore, everyMs: number): Promise<void> {
    const overdue = Promise.withResolvers<never>();
    const timer = setInterval(() => void this.#sign().catch(overdue.reject), everyMs);
    timer.unref();
    try {
      await Promise.race([this.#follow(store), overdue.promise]);
      await this.#sign();
    } finally {
      this.#abort.abort();
      clearInterval(timer);
    }
  }

  async #follow(store: EventStore): Promise<void> {
    const after = this.#covered?.position;
    const range = { signal: this.#abort.signal, ...(after !== undefined && { after }) };
    let caughtUp = false;
    for await (const message of store.subscribe(range)) {
      if (message.kind === 'caught-up') caughtUp = true;
      else for (const event of message.events) await this.#see(event);
      // Nobody waits for it: under load, what arrives meanwhile is read in one go.
      if (caughtUp) await pause(GATHER_MS, undefined, { signal: this.#abort.signal }).catch(() => undefined);
    }
    if (caughtUp) await this.#seeRest(store);
  }

  /** What was recorded while it gathered is signed for before it ends. */
  async #seeRest(store: EventStore): Promise<void> {
    const after = this.#covered?.position;
    for await (const events of store.readAll(after === undefined ? {} : { after })) {
      for (const event of events) await this.#see(event);
    }
  }

  async #see(event: RecordedEvent): Promise<void> {
    if (!isCovered(event, this.#erasable)) return;
    // It may find a checkpoint about what comes next: that must not be passed before it is known.
    await this.#signing;
    this.#covered = cover(this.#covered, event, this.#hashes.of(event));
    this.#meet(this.#covered);
    if (this.#covered.count >= this.#dueAt) await this.#sign();
  }

  /** One after another: the timer and the count may come together. */
  #sign(): Promise<void> {
    this.#signing = this.#signing.then(() => this.#signNow());
    return this.#signing;
  }

  async #signNow(): Promise<void> {
    const covered = this.#covered;
    if (!covered || this.#ahead || covered.count === (this.#latest?.count ?? 0)) return;
    this.#dueAt = covered.count + this.#everyEvents;
    const checkpoint = signCheckpoint(covered, this.#key);
    const handled = await this.#options.streams.handle(
      checkpointDecider,
      NOTARY,
      checkpoint,
      contextOf(checkpoint),
    );
    if (handled.kind === 'failed') {
      // No room, no answer, or others were faster: the next one covers this one's events as well.
      if (LATER.includes(handled.reason)) return;
      throw new Error(`the notary cannot write its checkpoint: ${handled.detail}`);
    }
    const standing = handled.kind === 'recorded' ? handled.state : undefined;
    if (standing?.hash === checkpoint.hash) return this.#take(standing);
    if (!standing || !isSigned(standing, createPublicKey(this.#key)))
      throw new Error('the log holds a checkpoint this notary has not signed');
    this.#ahead = standing;
    this.#meet(covered);
  }

  /** What another notary signed is taken over once this one has seen as much, and only if it has seen the same. */
  #meet(covered: Covered): void {
    const ahead = this.#ahead;
    if (!ahead || covered.position < ahead.position) return;
    if (covered.hash !== ahead.hash)
      throw new Error(`what was signed for up to ${ahead.position} is not what the log holds`);
    this.#ahead = undefined;
    this.#take(ahead);
  }

  #take(checkpoint: Checkpoint): void {
    this.#dueAt = checkpoint.count + this.#everyEvents;
    // No room beside the log, which has it: the next line, or the next start, makes up for it.
    if (appendLine(this.#options.logFile, checkpoint)) this.#latest = checkpoint;
  }
}

const LATER: readonly string[] = ['full', 'unknown', 'contended'];
const GATHER_MS = 20;

/** The same checkpoint is the same command, also after a restart. */
function contextOf({ position, hash }: Checkpoint): CommandContext {
  const commandId = eventId(hash, NOTARY, 0);
  return {
    commandId,
    correlationId: commandId,
    causationId: position,
    actor: 'process:notary',
    capacity: 'notary',
    session: 'process',
    authMethod: 'process',
  };
}
