/**
 * What is asked of a store of views: documents in generations. A generation's documents and its checkpoint move
 * together, and only while the checkpoint is the one the projector read: two projectors by mistake cannot corrupt
 * anything.
 */

export interface Generation {
  readonly view: string;
  readonly generation: number;
  /** Version of the view's code that built it. */
  readonly version: number;
  readonly state: 'building' | 'live' | 'previous';
  /** Position of the last event folded; undefined before the first. */
  readonly checkpoint: string | undefined;
  /** Which event stands there, as whoever folded it wrote it down; undefined where it was not. */
  readonly lastEvent?: string | undefined;
}

export interface Advance {
  readonly generation: Generation;
  readonly to: string;
  /** Which event stands there. */
  readonly lastEvent?: string | undefined;
  /** By key; undefined removes. */
  readonly documents: ReadonlyMap<string, object | undefined>;
}

export interface Keyed {
  readonly key: string;
  readonly document: object;
}

export class CheckpointMovedError extends Error {
  constructor(view: string, generation: number) {
    super(`generation ${generation} of the view ${view} was moved by another projector`);
  }
}

/** The store cannot be asked at the moment. */
export class ViewsUnavailableError extends Error {}

/** Whatever it is asked, it may reject with `ViewsUnavailableError`. */
export interface ViewStore {
  /** After how many events a generation that is built is written. */
  readonly eventsPerFlush: number;

  generations(): Promise<readonly Generation[]>;

  live(view: string): Promise<Generation | undefined>;

  /** Number of the live generation, which only a promotion or a step back changes. */
  liveNumber(view: string): Promise<number | undefined>;

  /** The generation that was live before; undefined where none is kept. */
  previous(view: string): Promise<Generation | undefined>;

  begin(view: string, version: number): Promise<Generation>;

  /** Each of them or not at all; rejects with `CheckpointMovedError` where one does not stand where it is said to. */
  advance(advances: readonly Advance[]): Promise<readonly Generation[]>;

  /** Makes it the one that is read; what was live stays for one step back, what stood behind it goes. */
  promote(generation: Generation): Promise<void>;

  /** Takes back the generation that was live before; the one that is live goes. False where none is kept. */
  rollBack(view: string): Promise<boolean>;

  discard(generation: Generation): Promise<void>;

  /** For whoever begins, promotes, takes back or discards: one at a time, of all processes that have the store. */
  exclusively<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;

  /** For those who answer questions: as this process last knew it. */
  get(view: string, generation: number, key: string): Promise<object | undefined>;

  /** As `get`, for many keys in one go, in their order. */
  many(view: string, generation: number, keys: readonly string[]): Promise<readonly (object | undefined)[]>;

  /** For those who fold: as it is kept, whoever wrote it. */
  read(view: string, generation: number, keys: readonly string[]): Promise<readonly (object | undefined)[]>;

  /** In the order of the keys. */
  list(view: string, generation: number, prefix: string): Promise<readonly Keyed[]>;

  close(): Promise<void>;
}
