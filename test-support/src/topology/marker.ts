/** Somebody who marks without a pause, by the client's own rules: journal, outbox, renewals, doorbell, the same ids again. */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EmiSummary } from '@portal/contract';
import { connect, createOutbox, isPassing, openDoorbell, portalPaths, type ApiResult, type OutboxAnswer } from '@portal/tui';
import { signIn, type Person } from '../command-line.js';
import { sleep } from '../temporary.js';

export interface Marker {
  readonly person: Person;
  /** Of marks, by command id, everything that was committed on this machine. */
  readonly sent: ReadonlyMap<string, { readonly candidate: string; readonly mark: string }>;
  readonly answers: readonly OutboxAnswer[];
  /** Ids of the documents asked for and acknowledged. */
  readonly documents: readonly string[];
  /** What no interruption excuses: reads that showed less than was acknowledged, answers that end nothing. */
  readonly wrong: readonly string[];
  /** Times that the doorbell rang, and that a sign-in was lost with a process. */
  readonly seen: { rings: number; signedOut: number; reads: number; renewals: number };
  /** No more marks; resolves when all that was committed has its answer. */
  readonly finish: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface MarkerOptions {
  readonly folder: string;
  readonly url: string;
  readonly name: string;
  readonly component: string;
  /** Nobody else's. */
  readonly centres: readonly string[];
  readonly perSecond: number;
}

const BACKOFF_MS = { first: 100, longest: 1_000 };
const TICK_MS = 100;

export async function startMarker(options: MarkerOptions): Promise<Marker> {
  mkdirSync(options.folder, { recursive: true });
  const person = await signIn(options.folder, options.url, options.name);
  const marker = new WorkingMarker(options, person);
  await marker.begin();
  return marker;
}

class WorkingMarker implements Marker {
  readonly sent = new Map<string, { readonly candidate: string; readonly mark: string }>();
  readonly answers: OutboxAnswer[] = [];
  readonly documents: string[] = [];
  readonly wrong: string[] = [];
  readonly seen = { rings: 0, signedOut: 0, reads: 0, renewals: 0 };
  readonly #paths;
  readonly #connected;
  #outbox: ReturnType<typeof createOutbox> | undefined;
  #doorbell: ReturnType<typeof openDoorbell> | undefined;
  #signingIn: Promise<void> | undefined;
  #isOver = false;
  #work: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: MarkerOptions,
    readonly person: Person,
  ) {
    const { folder, url: server } = options;
    this.#paths = portalPaths({ XDG_CONFIG_HOME: join(folder, 'config'), XDG_STATE_HOME: join(folder, 'state') });
    this.#connected = connect({ server, paths: this.#paths, version: '1.0.0' });
  }

  async begin(): Promise<void> {
    const { url: server, component, centres } = this.options;
    const { api, session } = this.#connected;
    const { account } = await this.#asked(() => api.me());
    const outbox = (this.#outbox = createOutbox({ api, server, account, journalFolder: this.#paths.journalFolder, backoffMs: BACKOFF_MS }));
    outbox.onAnswer((answer) => this.answers.push(answer));
    outbox.onStatus(({ connection }) => {
      if (connection === 'signed-out') void this.#signInAgain();
    });
    const ring = (position: string): void => {
      this.seen.rings += 1;
      api.noteSeen(position);
    };
    this.#doorbell = openDoorbell({ server, tokens: session, version: '1.0.0', onRing: ring, backoffMs: BACKOFF_MS });
    const sheets = await Promise.all(centres.map(async (centre) => {
      const { candidates } = await this.#asked(() => api.sheet(component, centre));
      return { centre, outbox: await outbox.open(component, centre), candidates: candidates.map(({ candidate }) => candidate) };
    }));
    this.#work = Promise.all([this.#mark(sheets), this.#until(300, () => this.#read()), this.#until(1_500, () => this.#askForDocument()), this.#until(2_000, () => this.#renew())]);
    // Told where it is awaited.
    this.#work.catch(() => undefined);
  }

  async finish(): Promise<void> {
    this.#isOver = true;
    await this.#work;
    for (const untilMs = Date.now() + 60_000; this.answers.length < this.sent.size && Date.now() < untilMs;) await sleep(50);
  }

  async close(): Promise<void> {
    this.#isOver = true;
    this.#doorbell?.close();
    await this.#work.catch(() => undefined);
    await this.#outbox?.close();
  }

  /** Sheet after sheet; the same candidate never has the same mark twice running. */
  async #mark(sheets: readonly { readonly centre: string; readonly outbox: Awaited<ReturnType<ReturnType<typeof createOutbox>['open']>>; readonly candidates: readonly string[] }[]): Promise<void> {
    const perTick = Math.max(1, Math.round((this.options.perSecond * TICK_MS) / 1_000));
    for (let turn = 0; !this.#isOver; turn++) {
      const sheet = sheets[turn % sheets.length]!;
      const from = Math.floor(turn / sheets.length) * perTick;
      const marks = Array.from({ length: perTick }, (_, n) => {
        const candidate = sheet.candidates[(from + n) % sheet.candidates.length]!;
        const mark = String(1 + ((Math.floor((from + n) / sheet.candidates.length) * 7 + n) % 70));
        return { commandId: randomUUID(), candidate, mark, enteredAt: new Date().toISOString() };
      });
      for (const { commandId, candidate, mark } of marks) this.sent.set(commandId, { candidate: `${sheet.centre}/${candidate}`, mark });
      await sheet.outbox.commit(marks);
      await sleep(TICK_MS);
    }
  }

  /** What was acknowledged before is counted: a read includes what this client was told of. */
  async #read(): Promise<void> {
    const acknowledged = new Set(this.answers.flatMap((answer) => ('recorded' in answer ? [`${answer.centre}/${answer.candidate}`] : []))).size;
    const summaries = await this.#connected.api.emi();
    if (summaries.kind !== 'ok') return this.#bear(summaries, 'reading counts');
    this.seen.reads += 1;
    const { entered } = summaries.value.find(({ component }) => component === this.options.component) as EmiSummary;
    if (entered < acknowledged) this.wrong.push(`${entered} counted of ${acknowledged} acknowledged`);
  }

  async #askForDocument(): Promise<void> {
    const { component, centres } = this.options;
    const commandId = randomUUID();
    const centre = centres[this.documents.length % centres.length]!;
    const { document } = await this.#asked(() => this.#connected.api.documents.request({ kind: 'mark-sheet', component, centre }, { commandId }));
    this.documents.push(document);
  }

  /** As when a token runs out. */
  async #renew(): Promise<void> {
    const { session } = this.#connected;
    const before = await session.access();
    const after = before.kind === 'token' ? await session.access(before.token) : before;
    if (after.kind === 'token') this.seen.renewals += 1;
    if (after.kind === 'signed-out') await this.#signInAgain();
  }

  /** The same call, with the same ids, until it has its answer. */
  async #asked<T>(call: () => Promise<ApiResult<T>>): Promise<T> {
    for (;;) {
      const result = await call();
      if (result.kind === 'ok') return result.value;
      if (result.kind === 'problem' && !isPassing(result.problem)) throw new Error(JSON.stringify(result.problem));
      this.#bear(result, 'asking');
      await sleep(BACKOFF_MS.first);
    }
  }

  #bear(result: ApiResult<unknown>, what: string): void {
    if (result.kind === 'signed-out') void this.#signInAgain();
    if (result.kind === 'problem' && (!isPassing(result.problem) || result.problem.type === 'internal')) this.wrong.push(`${what}: ${JSON.stringify(result.problem)}`);
  }

  /** Identity may be away; whoever signs in tries again. */
  #signInAgain(): Promise<void> {
    return (this.#signingIn ??= this.#signIn().finally(() => (this.#signingIn = undefined)));
  }

  async #signIn(): Promise<void> {
    this.seen.signedOut += 1;
    for (const untilMs = Date.now() + 60_000; ;) {
      try {
        await signIn(this.options.folder, this.options.url, this.options.name);
        break;
      } catch (error) {
        if (Date.now() > untilMs) throw error;
        await sleep(500);
      }
    }
    this.#outbox?.retryNow();
    this.#doorbell?.retryNow();
  }

  async #until(everyMs: number, work: () => Promise<void>): Promise<void> {
    for (; !this.#isOver; await sleep(everyMs)) await work();
  }
}
