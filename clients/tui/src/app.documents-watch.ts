import { setTimeout as pause } from 'node:timers/promises';
import type { Document } from '@portal/contract';
import type { World } from './app.world.js';
import { isPassing } from './platform/api/result.js';

/**
 * Documents on their way are followed until they come to an end, whichever page is open. What this client asked for
 * rings then, once; what it only shows does not.
 */
export class DocumentsWatch {
  readonly #followed = new Map<string, Ending | undefined>();
  #page: (now: Document) => void = () => {};

  constructor(private readonly world: World) {}

  /** The page Documents, whenever it reads its list. */
  onMoved(page: (now: Document) => void): void {
    this.#page = page;
  }

  /** `ending`: what becomes of one that this client asked for. */
  follow({ document }: Pick<Document, 'document'>, ending?: Ending): void {
    const isFollowed = this.#followed.has(document);
    if (ending === undefined && (isFollowed || this.#followed.size >= MOST_SHOWN)) return;
    this.#followed.set(document, ending);
    if (!isFollowed) void this.#run(document);
  }

  async #run(id: string): Promise<void> {
    const last = await this.#end(id);
    const ending = this.#followed.get(id);
    this.#followed.delete(id);
    ending?.(last);
  }

  /** A line that is cut is taken up again. */
  async #end(id: string): Promise<Document | undefined> {
    const { api } = this.world.client;
    for (let failures = 0; ; ) {
      const result = await api.documents.watch(id, (now) => {
        failures = 0;
        this.#page(now);
      });
      if (result.kind === 'ok' && (result.value?.state === 'ready' || result.value?.state === 'parked')) return result.value;
      if (result.kind === 'problem' && !isPassing(result.problem)) return undefined;
      failures += 1;
      await pause(Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)));
    }
  }
}

/** Undefined where it is nothing to this person any more. */
export type Ending = (last: Document | undefined) => void;

const FIRST_MS = 300;
const LONGEST_MS = 10_000;
/** Each is a connection; the others are shown as they are whenever the list is read. */
const MOST_SHOWN = 6;
