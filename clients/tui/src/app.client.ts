import { join } from 'node:path';
import type { Me } from '@portal/contract';
import type { AppMessage, Connection } from './app.state.js';
import type { Api } from './platform/api/api.js';
import type { ApiResult } from './platform/api/result.js';
import { openDoorbell, type Doorbell, type DoorbellState } from './platform/doorbell/doorbell.js';
import { sentenceOf } from './platform/i18n/not-done.js';
import { moderatorMarkSender } from './platform/outbox/moderator-marks.js';
import { createOutbox, type Outbox, type OutboxAnswer, type OutboxStatus } from './platform/outbox/outbox.js';
import { connect, type ClientOptions, type Session } from './platform/session/session.js';
import type { Sentence, Typed } from './platform/screen.js';

/** What stands between the screens and the service: one session, and for the person in it one outbox and one doorbell. */
export interface Client {
  readonly options: ClientOptions;
  readonly session: Session;
  readonly api: Api;
  /** Undefined while it is not known who is signed in. */
  readonly outbox: () => Outbox | undefined;
  /** Of a moderator's marks; as the outbox, and beside it. */
  readonly reviews: () => Outbox | undefined;
  /** Of whoever is signed in, as far as is known. */
  readonly account: () => string | undefined;
  readonly onAnswer: (listener: (answer: OutboxAnswer) => void) => () => void;
  /** Told at once, and at every change. */
  readonly onStatus: (listener: (status: OutboxStatus) => void) => () => void;
  /** Also after a second sign-in of the same person: what waited goes on. */
  readonly begin: (me: Me) => Promise<void>;
  /** Who is signed in already; keeps asking, at every connection, while the service cannot be reached. */
  readonly recognise: () => Promise<void>;
  readonly end: () => Promise<void>;
  /** To the calls that wait for the person to prove who they are. */
  readonly proved: (isProved: boolean) => void;
  readonly noteSignedOut: () => void;
  readonly call: <T>(call: Promise<ApiResult<T>>, then: Handlers<T>) => Promise<void>;
}

export interface Handlers<T> {
  readonly ok: (value: T) => Typed | undefined;
  readonly refused: (sentence: Sentence, mayRepeat: boolean) => Typed | undefined;
  readonly answer: (message: Typed) => void;
}

interface Person {
  readonly account: string;
  readonly outbox: Outbox;
  readonly reviews: Outbox;
}

export function createClient(options: ClientOptions, dispatch: (message: AppMessage) => void): Client {
  return new RunningClient(options, dispatch);
}

class RunningClient implements Client {
  readonly session: Session;
  readonly api: Api;
  readonly #listeners = new Set<(answer: OutboxAnswer) => void>();
  readonly #watchers = new Set<(status: OutboxStatus) => void>();
  #person: Person | undefined;
  #doorbell: Doorbell | undefined;
  #bell: DoorbellState = 'connected';
  #proving: PromiseWithResolvers<boolean> | undefined;

  constructor(
    readonly options: ClientOptions,
    private readonly dispatch: (message: AppMessage) => void,
  ) {
    const { session, api } = connect({ ...options, prove: () => this.#prove() });
    this.session = session;
    this.api = api;
  }

  readonly outbox = (): Outbox | undefined => this.#person?.outbox;

  readonly reviews = (): Outbox | undefined => this.#person?.reviews;

  readonly account = (): string | undefined => this.#person?.account;

  readonly onAnswer: Client['onAnswer'] = (listener) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly onStatus: Client['onStatus'] = (watcher) => {
    this.#watchers.add(watcher);
    const status = this.#status();
    if (status !== undefined) watcher(status);
    return () => void this.#watchers.delete(watcher);
  };

  readonly begin: Client['begin'] = async (me) => {
    if (this.#person?.account !== me.account) {
      await this.#closeOutboxes();
      this.#person = this.#openOutboxes(me.account);
      await this.#person.outbox.resume();
      await this.#person.reviews.resume();
    }
    this.#retryNow();
    this.#bell = 'connected';
    this.#listenAtDoor();
    this.#doorbell?.retryNow();
    this.dispatch({ type: 'session-began', me });
    this.#showConnection();
  };

  readonly recognise: Client['recognise'] = async () => {
    const me = await this.api.me();
    if (me.kind === 'ok') return this.begin(me.value);
    if (me.kind === 'signed-out') return this.dispatch({ type: 'signed-out' });
    this.#bell = 'waiting';
    this.#showConnection();
    this.#listenAtDoor();
  };

  readonly end: Client['end'] = async () => {
    this.#doorbell?.close();
    this.#doorbell = undefined;
    await this.#closeOutboxes();
    this.#person = undefined;
  };

  readonly proved: Client['proved'] = (isProved) => {
    this.#proving?.resolve(isProved);
    this.#proving = undefined;
  };

  readonly noteSignedOut: Client['noteSignedOut'] = () => this.dispatch({ type: 'session-ended' });

  /** Calls that want it at the same time share one question. */
  #prove(): Promise<boolean> {
    if (this.#proving === undefined) {
      this.#proving = Promise.withResolvers();
      this.dispatch({ type: 'factor-needed' });
    }
    return this.#proving.promise;
  }

  readonly call: Client['call'] = (call, then) => settle(call, then, this.dispatch);

  /** To the frame and to whoever watches: both say the same of the line, whichever of outbox and doorbell lost it first. */
  #showConnection(): void {
    this.dispatch({ type: 'connection', connection: merge(this.#person, this.#bell) });
    const status = this.#status();
    if (status !== undefined) this.#watchers.forEach((watcher) => watcher(status));
  }

  #status(): OutboxStatus | undefined {
    const person = this.#person;
    return person && { ...person.outbox.status(), connection: merge(person, this.#bell).kind };
  }

  /** A moderator's marks lie in a folder of their own: a number of a component is no number of a mark sheet. */
  #openOutboxes(account: string): Person {
    const { server, paths } = this.options;
    const at = { server, account };
    const outbox = createOutbox({ ...at, api: this.api, journalFolder: paths.journalFolder });
    const reviews = createOutbox({ ...at, api: moderatorMarkSender(this.api.iamis), journalFolder: join(paths.journalFolder, 'moderation') });
    for (const one of [outbox, reviews]) one.onStatus(() => this.#showConnection());
    outbox.onAnswer((answer) => this.#listeners.forEach((listener) => listener(answer)));
    return { account, outbox, reviews };
  }

  async #closeOutboxes(): Promise<void> {
    await this.#person?.outbox.close();
    await this.#person?.reviews.close();
  }

  #retryNow(): void {
    this.#person?.outbox.retryNow();
    this.#person?.reviews.retryNow();
  }

  #listenAtDoor(): void {
    this.#doorbell ??= openDoorbell({
      server: this.options.server,
      tokens: this.session,
      version: this.options.version,
      onRing: (position) => {
        this.api.noteSeen(position);
        this.dispatch({ type: 'rang' });
      },
      onState: (state) => this.#onDoorbellState(state),
    });
  }

  #onDoorbellState(state: DoorbellState): void {
    const came = state === 'connected' && this.#bell !== 'connected';
    this.#bell = state;
    if (came) this.#retryNow();
    if (came && this.#person === undefined) void this.recognise();
    this.#showConnection();
  }
}

/** Some answers are news for the frame too, which asks to sign in or to set up over whatever is open. */
async function settle<T>(call: Promise<ApiResult<T>>, then: Handlers<T>, dispatch: (message: AppMessage) => void): Promise<void> {
  const result = await call;
  const mayRepeat = result.kind !== 'problem';
  const message = result.kind === 'ok' ? then.ok(result.value) : then.refused(sentenceOf(result), mayRepeat);
  if (message !== undefined) then.answer(message);
  if (result.kind === 'signed-out') dispatch({ type: 'session-ended' });
  if (result.kind === 'problem' && result.problem.type === 'factor-not-set-up') dispatch(SET_UP);
}

/** The page where the first way besides the password is set up; nothing leads past it. */
export const SET_UP = { type: 'open', name: 'account', params: { isSetUp: true }, once: true } as const satisfies AppMessage;

function merge(person: Person | undefined, bell: DoorbellState): Connection & { readonly kind: OutboxStatus['connection'] } {
  const all = person === undefined ? [] : [person.outbox.status(), person.reviews.status()];
  const queued = all.reduce((sum, status) => sum + status.queued, 0);
  if (bell === 'signed-out' || all.some(({ connection }) => connection === 'signed-out')) return { kind: 'signed-out', queued };
  if (bell === 'waiting' || all.some(({ connection }) => connection === 'offline')) return { kind: 'offline', queued };
  return { kind: 'online', queued };
}
