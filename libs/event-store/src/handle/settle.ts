/** Decide, chain, append; on a conflict read on and decide again; answer everyone who waited. */
import { hashEvent, type RecentHashes } from '../chain.js';
import { MalformedAppendError } from '../encode.js';
import type { AppendOutcome, EventStore, Position, RecordedEvent } from '../port.js';
import { StoreUnavailableError } from '../store-unavailable.js';
import type { Handled } from '../streams.js';
import type { Folded, Recorded } from './folded.js';
import { plan, type Plan, type PlanStep, type Waiting } from './plan.js';
import { stateOf, type StreamReader } from './stream-reader.js';

export interface Entry extends Waiting {
  readonly answer: (handled: Handled<unknown, unknown>) => void;
  readonly reject: (error: unknown) => void;
}

export interface Settling {
  readonly store: EventStore;
  readonly reader: StreamReader;
  readonly clock: () => Date;
  readonly hashes: RecentHashes;
}

const MOST_CONFLICTS = 5;
const MOST_REPEATS = 3;
/** No client waits much longer than two of a store's own five seconds: it asks again with the same id. */
const REPEAT_WITHIN_MS = 6_000;

/** Answers the entries it took, from the first on; returns those it left for the next time. */
export async function settle(
  settling: Settling,
  stream: string,
  entries: readonly Entry[],
): Promise<readonly Entry[]> {
  try {
    return await tryToSettle(settling, stream, entries);
  } catch (error) {
    // Away before anything was decided, or before it could be read back: asked again with the same id, it will tell.
    if (error instanceof StoreUnavailableError) return fail(entries, 'unknown', error.message);
    if (entries.length === 1 || !(error instanceof MalformedAppendError)) {
      for (const entry of entries) entry.reject(error);
    } else {
      // One command's malformed event is no reason to refuse those that happened to wait beside it.
      for (const entry of entries) await settle(settling, stream, [entry]);
    }
    return [];
  }
}

async function tryToSettle(
  settling: Settling,
  stream: string,
  entries: readonly Entry[],
): Promise<readonly Entry[]> {
  const { reader, clock } = settling;
  const deciders = entries.map((entry) => entry.decider);
  let folded: Folded | 'deleted' | undefined = reader.remembered(stream, deciders);
  let fresh = folded === undefined;
  for (let conflicts = 0; conflicts <= MOST_CONFLICTS;) {
    if (folded === undefined || fresh) folded = await reader.open(stream, deciders);
    if (folded === 'deleted') return fail(entries, 'deleted', `the stream ${stream} was deleted`);
    const planned = plan(stream, folded, entries, clock().toISOString());
    if (planned.events.length === 0 && !fresh && planned.steps.some((step) => step.kind !== 'known')) {
      // Nothing pins what was decided on a remembered state: another writer may have moved on.
      fresh = true;
      continue;
    }
    const outcome = await append(settling, stream, folded, planned);
    if (outcome.kind !== 'conflict' && (await isOurs(settling, stream, planned, outcome)))
      return answerAll(settling, { stream, entries, folded, planned, outcome });
    conflicts++;
    fresh = true;
  }
  return fail(entries, 'contended', `${MOST_CONFLICTS} conflicts with another writer of ${stream}`);
}

/** An outcome not known is asked for again at once: same ids, same expectation, so it is the same append. */
async function append(
  { store }: Settling,
  stream: string,
  folded: Folded,
  planned: Plan,
): Promise<AppendOutcome> {
  if (planned.events.length === 0) return { kind: 'appended', revision: folded.revision, positions: [] };
  const expected = folded.revision < 0 ? 'no-stream' : folded.revision;
  let outcome = await store.append(stream, planned.events, expected);
  const began = performance.now();
  for (let n = 0; n < MOST_REPEATS && outcome.kind === 'unknown' && performance.now() - began < REPEAT_WITHIN_MS; n++) {
    outcome = await store.append(stream, planned.events, expected);
  }
  return outcome;
}

/**
 * The same command has the same ids in every process, and a store looks at ids alone: what it calls written may be what
 * another process recorded of that command, at another time or of another request. Then it stands in the log by now, and
 * is found there like any other.
 */
async function isOurs(
  { reader }: Settling,
  stream: string,
  { base, events, hashes }: Plan,
  outcome: AppendOutcome,
): Promise<boolean> {
  if (outcome.kind !== 'appended' || outcome.isNew || events.length === 0) return true;
  // Each event holds the hash of the one before: the last stands for all.
  const [last] = await reader.read(stream, { first: base.revision + events.length, count: 1 });
  return last !== undefined && hashEvent(last) === hashes.at(-1);
}

interface Settled {
  readonly stream: string;
  readonly entries: readonly Entry[];
  readonly folded: Folded;
  readonly planned: Plan;
  readonly outcome: Exclude<AppendOutcome, { kind: 'conflict' }>;
}

async function answerAll(settling: Settling, settled: Settled): Promise<readonly Entry[]> {
  const { stream, entries, planned, outcome } = settled;
  const { steps } = planned;
  if (outcome.kind === 'unknown') settling.reader.forget(stream);
  const appended = outcome.kind === 'appended' ? take(settling, settled, outcome.positions) : undefined;
  // What was decided on events that were not recorded is worth nothing.
  const firstEvents = steps.findIndex((step) => step.kind === 'events');
  for (const [n, step] of steps.entries()) {
    const entry = entries[n]!;
    if (step.kind === 'bug') entry.reject(step.error);
    else if (step.kind === 'reused') entry.answer(REUSED);
    else if (step.kind === 'known') entry.answer(await repeat(settling, settled, entry, step.recorded));
    else if (appended) entry.answer(answerStep(planned, step, appended));
    else entry.answer(n < firstEvents ? answerStep(planned, step, []) : failure(outcome, stream));
  }
  return entries.slice(steps.length);
}

function take(
  { reader, hashes }: Settling,
  { stream, folded, planned }: Settled,
  positions: readonly Position[],
): readonly RecordedEvent[] {
  if (planned.events.length === 0) return [];
  const recorded = planned.events.map((event, n) => ({ ...event, position: positions[n]! }));
  recorded.forEach(({ id }, n) => hashes.remember(id, planned.hashes[n]!));
  reader.advance(stream, folded, recorded, planned);
  return recorded;
}

async function repeat(
  { reader }: Settling,
  { stream, folded }: Settled,
  entry: Entry,
  recorded: Recorded,
): Promise<Handled<unknown, unknown>> {
  const events = await reader.read(stream, recorded);
  return { kind: 'recorded', events, repeated: true, ...stateOf(folded, folded.states.get(entry.decider)) };
}

const REUSED = { kind: 'failed', reason: 'reused', detail: 'the command id stands for another request' } as const;

type Answerable = Exclude<PlanStep, { kind: 'known' | 'reused' | 'bug' }>;

function answerStep(
  { base }: Plan,
  step: Answerable,
  appended: readonly RecordedEvent[],
): Handled<unknown, unknown> {
  const start = base.revision + 1;
  const position = step.revision < start ? base.position : appended[step.revision - start]?.position;
  const now = stateOf({ revision: step.revision, position }, step.state);
  if (step.kind === 'refused') return { kind: 'refused', refusal: step.refusal, ...now };
  if (step.kind === 'nothing') return { kind: 'recorded', events: [], repeated: false, ...now };
  const end = step.revision - start + 1;
  return { kind: 'recorded', events: appended.slice(end - step.count, end), repeated: step.repeated, ...now };
}

function failure(outcome: Settled['outcome'], stream: string): Handled<unknown, unknown> {
  switch (outcome.kind) {
    case 'unknown':
      return { kind: 'failed', reason: 'unknown', detail: outcome.cause };
    case 'full':
      return { kind: 'failed', reason: 'full', detail: 'the disk has no room; nothing was written' };
    case 'deleted':
      return { kind: 'failed', reason: 'deleted', detail: `the stream ${stream} was deleted` };
    case 'appended':
      throw new Error('an append that succeeded is no failure');
  }
}

function fail(entries: readonly Entry[], reason: 'deleted' | 'contended' | 'unknown', detail: string): readonly Entry[] {
  for (const entry of entries) entry.answer({ kind: 'failed', reason, detail });
  return [];
}
