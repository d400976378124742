import type { Me } from '@portal/contract';
import type { AppMessage, Connection } from './app.state.js';
import type { Api } from './platform/api/api.js';
import type { ApiResult } from './platform/api/result.js';
import { openDoorbell, type Doorbell, type DoorbellState } from './platform/doorbell/doorbell.js';
import { sentenceOf } from './platform/i18n/not-done.js';
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
  readonly onAnswer: (listener: (answer: OutboxAnswer) => void) => () => void;
  /** Told at once, and at every change. */
  readonly onStatus: (listener: (status: OutboxStatus) => void) => () => void;
  /** Also after a second sign-in of the same person: what waited goes on. */
  readonly begin: (me: Me) => Promise<void>;
  /** Who is signed in already; keeps asking, at every connection, while the service cannot be reached. */
  readonly recognise: () => Promise<void>;
  readonly end: () => Promise<void>;
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
}

export function createClient(options: ClientOptions, dispatch: (message: AppMessage) => void): Client {
  const { session, api } = connect(options);
  const listeners = new Set<(answer: OutboxAnswer) => void>();
  const watchers = new Set<(status: OutboxStatus) => void>();
  let person: Person | undefined;
  let doorbell: Doorbell | undefined;
  let bell: DoorbellState = 'connected';

  const showConnection = () => dispatch({ type: 'connection', connection: merge(person?.outbox, bell) });
  const listenAtDoor = () => {
    doorbell ??= openDoorbell({
      server: options.server,
      tokens: session,
      version: options.version,
      onRing: (position) => {
        api.noteSeen(position);
        dispatch({ type: 'rang' });
      },
      onState: (state) => {
        const came = state === 'connected' && bell !== 'connected';
        bell = state;
        if (came) person?.outbox.retryNow();
        if (came && person === undefined) void recognise();
        showConnection();
      },
    });
  };
  const begin = async (me: Me) => {
    if (person?.account !== me.account) {
      await person?.outbox.close();
      person = { account: me.account, outbox: openOutbox(me.account) };
      await person.outbox.resume();
    }
    person.outbox.retryNow();
    bell = 'connected';
    listenAtDoor();
    doorbell?.retryNow();
    dispatch({ type: 'session-began', me });
    showConnection();
  };
  const openOutbox = (account: string) => {
    const outbox = createOutbox({ api, server: options.server, account, journalFolder: options.paths.journalFolder });
    outbox.onStatus((status) => {
      showConnection();
      watchers.forEach((watcher) => watcher(status));
    });
    outbox.onAnswer((answer) => listeners.forEach((listener) => listener(answer)));
    return outbox;
  };
  const recognise = async () => {
    const me = await api.me();
    if (me.kind === 'ok') return begin(me.value);
    if (me.kind === 'signed-out') return dispatch({ type: 'signed-out' });
    bell = 'waiting';
    showConnection();
    listenAtDoor();
  };
  const end = async () => {
    doorbell?.close();
    doorbell = undefined;
    await person?.outbox.close();
    person = undefined;
  };
  return {
    options,
    session,
    api,
    outbox: () => person?.outbox,
    onAnswer: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    onStatus: (watcher) => {
      watchers.add(watcher);
      if (person !== undefined) watcher(person.outbox.status());
      return () => void watchers.delete(watcher);
    },
    begin,
    recognise,
    end,
    call: (call, then) => settle(call, then, dispatch),
  };
}

/** A signed-out answer is also news for the frame, which asks to sign in over whatever is open. */
async function settle<T>(call: Promise<ApiResult<T>>, then: Handlers<T>, dispatch: (message: AppMessage) => void): Promise<void> {
  const result = await call;
  const mayRepeat = result.kind !== 'problem';
  const message = result.kind === 'ok' ? then.ok(result.value) : then.refused(sentenceOf(result), mayRepeat);
  if (message !== undefined) then.answer(message);
  if (result.kind === 'signed-out') dispatch({ type: 'session-ended' });
}

function merge(outbox: Outbox | undefined, bell: DoorbellState): Connection {
  const status = outbox?.status();
  const queued = status?.queued ?? 0;
  if (status?.connection === 'signed-out' || bell === 'signed-out') return { kind: 'signed-out', queued };
  if (status?.connection === 'offline' || bell === 'waiting') return { kind: 'offline', queued };
  return { kind: 'online', queued };
}
