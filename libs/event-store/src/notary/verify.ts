/** Recomputes every hash and checkpoint of the log and names the first position that is not what it was. */
import type { KeyObject } from 'node:crypto';
import { NOTARY } from '@portal/domain';
import { hashEvent, NO_PREVIOUS } from '../chain.js';
import type { EventStore, Position, RecordedEvent, Revision } from '../port.js';
import { isSigned, parseCheckpoint, type Checkpoint } from './checkpoint.js';
import { readHeads } from './journal.js';
import { cover, ERASABLE_PREFIXES, isCovered, type Covered } from './rolling.js';

/**
 * - `event-altered`: an event is not the one its successor was chained to.
 * - `event-missing`: a stream has a gap before this event.
 * - `log-altered`: no stream contradicts itself, but a signed checkpoint does; `position` is the first that may be wrong.
 * - `log-cut-off`: a signed checkpoint is about events after the last one.
 * - `checkpoint-altered`: a checkpoint is not what the notary signed, or the log and its journal differ.
 */
export type LogProblem =
  'event-altered' | 'event-missing' | 'log-altered' | 'log-cut-off' | 'checkpoint-altered';

export interface Broken {
  readonly kind: 'broken';
  readonly problem: LogProblem;
  readonly position: Position;
  readonly detail: string;
}

export type Verification =
  | {
      readonly kind: 'intact';
      readonly events: number;
      readonly checkpoints: number;
      readonly head: Checkpoint | undefined;
    }
  | Broken;

export interface VerifyOptions {
  readonly publicKey: KeyObject;
  /** `notary.jsonl`, with a head in it; where none is named, a log cut off behind an earlier checkpoint looks whole. */
  readonly logFile?: string;
  readonly erasable?: readonly string[];
}

export async function verifyLog(store: EventStore, options: VerifyOptions): Promise<Verification> {
  const checkpoints = await collectCheckpoints(store, options);
  if ('kind' in checkpoints) return checkpoints;
  const audit = new Audit(checkpoints, options.erasable ?? ERASABLE_PREFIXES);
  for await (const batch of store.readAll()) for (const event of batch) audit.add(event);
  return audit.finish();
}

/** In order of the positions they are about; all signatures right, log and journal of one mind. */
async function collectCheckpoints(
  store: EventStore,
  options: VerifyOptions,
): Promise<readonly Checkpoint[] | Broken> {
  const read = await store.readStream(NOTARY);
  const found = new Map<Position, Checkpoint>();
  for (const event of read.kind === 'found' ? read.events : []) {
    const checkpoint = parseCheckpoint(event.data);
    if (!checkpoint || !isSigned(checkpoint, options.publicKey)) {
      return broken(
        'checkpoint-altered',
        event.position,
        'a checkpoint in the log does not carry the signature of this key',
      );
    }
    found.set(checkpoint.position, checkpoint);
  }
  for (const line of options.logFile === undefined ? [] : readHeads(options.logFile)) {
    if (!isSigned(line, options.publicKey)) {
      return broken(
        'checkpoint-altered',
        line.position,
        'a checkpoint in the journal does not carry the signature of this key',
      );
    }
    const recorded = found.get(line.position) ?? line;
    if (recorded.hash !== line.hash)
      return broken('checkpoint-altered', line.position, 'the log and the journal differ');
    found.set(line.position, recorded);
  }
  return [...found.values()].toSorted((a, b) => (a.position < b.position ? -1 : 1));
}

interface Link {
  readonly revision: Revision;
  readonly hash: string;
  readonly position: Position;
}

class Audit {
  readonly #links = new Map<string, Link>();
  readonly #checkpoints: readonly Checkpoint[];
  readonly #erasable: readonly string[];
  #events = 0;
  #next = 0;
  #covered: Covered | undefined;
  /** First covered event after the last checkpoint that agreed. */
  #unsure: Position | undefined;
  /** `from`: where the trouble may begin; a missing event stood somewhere before the one after the gap. */
  #chain: (Broken & { readonly from: Position }) | undefined;
  #rolling: (Broken & { readonly until: Position }) | undefined;

  constructor(checkpoints: readonly Checkpoint[], erasable: readonly string[]) {
    this.#checkpoints = checkpoints;
    this.#erasable = erasable;
  }

  add(event: RecordedEvent): void {
    this.#events++;
    const hash = hashEvent(event);
    this.#checkLink(event);
    this.#links.set(event.stream, { revision: event.revision, hash, position: event.position });
    if (!isCovered(event, this.#erasable)) return;
    // A checkpoint about a position that is passed without being met has lost its last event.
    while (this.#expected !== undefined && this.#expected.position < event.position)
      this.#compare(this.#expected);
    this.#unsure ??= event.position;
    this.#covered = cover(this.#covered, event, hash);
    if (this.#expected?.position === event.position) this.#compare(this.#expected);
  }

  finish(): Verification {
    const left = this.#expected;
    if (left)
      this.#rolling ??= {
        ...broken('log-cut-off', left.position, 'the log ends before this signed position'),
        until: left.position,
      };
    // A broken chain names the event itself; a checkpoint only the stretch it lies in.
    if (this.#chain && (!this.#rolling || this.#chain.from <= this.#rolling.until))
      return toBroken(this.#chain);
    if (this.#rolling) return toBroken(this.#rolling);
    return {
      kind: 'intact',
      events: this.#events,
      checkpoints: this.#checkpoints.length,
      head: this.#checkpoints.at(-1),
    };
  }

  get #expected(): Checkpoint | undefined {
    return this.#checkpoints[this.#next];
  }

  #checkLink(event: RecordedEvent): void {
    const previous = this.#links.get(event.stream);
    const problem = findLinkProblem(event, previous);
    if (!problem || (this.#chain && this.#chain.position <= problem.position)) return;
    this.#chain = { ...problem, from: previous?.position ?? problem.position };
  }

  #compare(checkpoint: Checkpoint): void {
    this.#next++;
    const { position, count, hash } = checkpoint;
    if (this.#covered?.hash !== hash || this.#covered.count !== count) {
      const first = this.#unsure ?? position;
      this.#rolling ??= {
        ...broken('log-altered', first, `not what was signed for, somewhere from here to ${position}`),
        until: position,
      };
    }
    this.#unsure = undefined;
  }
}

function findLinkProblem(event: RecordedEvent, previous: Link | undefined): Broken | undefined {
  const { stream, revision, position } = event;
  if (revision !== (previous?.revision ?? -1) + 1) {
    return broken(
      'event-missing',
      position,
      `revision ${revision} of ${stream} follows ${previous?.revision ?? 'nothing'}`,
    );
  }
  if (event.metadata['prevHash'] === (previous?.hash ?? NO_PREVIOUS)) return undefined;
  return broken(
    'event-altered',
    previous?.position ?? position,
    `revision ${previous?.revision ?? revision} of ${stream}`,
  );
}

/** Without what only the audit needs. */
const toBroken = ({ problem, position, detail }: Broken): Broken => broken(problem, position, detail);

function broken(problem: LogProblem, position: Position, detail: string): Broken {
  return { kind: 'broken', problem, position, detail };
}
