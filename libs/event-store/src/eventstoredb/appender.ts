/**
 * Appends under way. Each is asked for again, with the same ids and expectation, until it is answered or its time is
 * up: then nobody knows, and that is the answer. After an interruption all are sent again in the order they came.
 */
import { MalformedAppendError } from '../encode.js';
import { AppendCall } from './append-call.js';
import type { AppendRequest, Reply } from './append-message.js';
import type { Connection } from './connection.js';
import { causeOf, kindOf } from './failure.js';
import { OwedAnswers } from './owed-answers.js';
import { Patience } from './patience.js';
import { runningTime } from './running-time.js';
import type { Settings } from './settings.js';

export type Settled =
  | Extract<Reply, { readonly kind: 'appended' | 'conflict' | 'deleted' }>
  | { readonly kind: 'unknown'; readonly cause: string };

interface Pending {
  readonly request: AppendRequest;
  readonly untilMs: number;
  readonly resolve: (settled: Settled) => void;
  readonly reject: (error: Error) => void;
  correlation: string | undefined;
}

const LOOK_EVERY_MS = 100;
/** For the server, which has its own clock: longer than anybody here waits. */
const SERVER_DEADLINE_MS = 10_000;

export class Appender {
  readonly #connection: Connection;
  readonly #settings: Settings;
  /** In the order of asking. */
  readonly #pending = new Set<Pending>();
  readonly #owed = new OwedAnswers<Pending>();
  readonly #patience = new Patience();
  #call: AppendCall | undefined;
  #pausing: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;
  /** How long an answer may be owed: longer after each silence, or a server that is merely slow would be asked ever more. */
  #owedMs: number;
  #lastCause = 'no answer in time';
  #isClosed = false;
  #idle: (() => void)[] = [];

  constructor(connection: Connection, settings: Settings) {
    this.#connection = connection;
    this.#settings = settings;
    this.#owedMs = settings.answerTimeoutMs;
  }

  append(request: AppendRequest): Promise<Settled> {
    if (this.#isClosed) return Promise.reject(new Error('the event store was closed'));
    return new Promise((resolve, reject) => {
      const untilMs = runningTime() + this.#settings.appendTimeoutMs;
      const pending: Pending = { request, untilMs, resolve, reject, correlation: undefined };
      this.#pending.add(pending);
      this.#look();
      if (!this.#pausing) this.#send(pending);
    });
  }

  /** Waits for what is under way: each ends within its time. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#pending.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    clearTimeout(this.#pausing);
    clearInterval(this.#looking);
    this.#call?.abandon();
  }

  #send(pending: Pending): void {
    this.#call ??= this.#open();
    pending.correlation = this.#call.send(pending.request, new Date(Date.now() + SERVER_DEADLINE_MS));
    this.#owed.sent(pending.correlation, pending);
  }

  #open(): AppendCall {
    const call: AppendCall = new AppendCall(this.#connection.client(), {
      onReply: (correlation, reply) => this.#take(correlation, reply),
      onEnd: (error) => this.#interrupt(call, error),
    });
    return call;
  }

  #take(correlation: string, reply: Reply): void {
    const pending = this.#owed.answered(correlation);
    if (!pending) return;
    this.#owedMs = this.#settings.answerTimeoutMs;
    if (reply.kind === 'again') return this.#sendLater(pending, reply.cause);
    this.#patience.reset();
    this.#pending.delete(pending);
    if (reply.kind === 'refused') this.#refuse(pending, reply);
    else pending.resolve(reply);
    this.#rest();
  }

  /** What became of this one is not known; the others are well. */
  #sendLater(pending: Pending, cause: string): void {
    this.#lastCause = cause;
    pending.correlation = undefined;
    const isStillToBeSent = (): boolean => this.#pending.has(pending) && pending.correlation === undefined && !this.#pausing;
    setTimeout(() => isStillToBeSent() && this.#send(pending), this.#patience.nextPauseMs());
  }

  #refuse(pending: Pending, { reason, cause }: Reply & { readonly kind: 'refused' }): void {
    pending.reject(reason === 'malformed' ? new MalformedAppendError(cause) : new Error(cause));
    // After one malformed append a server answers no other of the same call.
    if (reason === 'malformed') this.#interrupt(this.#call, new Error(cause));
  }

  /** What was under way is sent again, to another client, after a pause. */
  #interrupt(call: AppendCall | undefined, error: unknown): void {
    if (!call || call !== this.#call) return;
    this.#call = undefined;
    call.abandon();
    this.#owed.clear();
    for (const pending of this.#pending) pending.correlation = undefined;
    this.#lastCause = causeOf(error);
    this.#connection.failed(call.client, error);
    if (kindOf(error) === 'refused') return this.#refuseAll(error);
    this.#pausing = setTimeout(() => {
      this.#pausing = undefined;
      for (const pending of this.#pending) this.#send(pending);
    }, this.#patience.nextPauseMs());
  }

  #refuseAll(error: unknown): void {
    for (const pending of this.#pending) pending.reject(new Error(`the event store refuses: ${causeOf(error)}`, { cause: error }));
    this.#pending.clear();
    this.#rest();
  }

  /** A timer of its own: the deadline of a call does not bind. */
  #look(): void {
    if (this.#looking) return;
    this.#looking = setInterval(() => this.#lookNow(), LOOK_EVERY_MS);
  }

  #lookNow(): void {
    // A process that stood still has answers waiting that it has not read yet.
    const now = runningTime();
    for (const pending of this.#pending) {
      if (pending.untilMs > now) continue;
      this.#pending.delete(pending);
      if (pending.correlation) this.#owed.forget(pending.correlation);
      pending.resolve({ kind: 'unknown', cause: this.#lastCause });
    }
    if (this.#owed.isSilent(this.#owedMs)) {
      const silence = new Error(`no answer to an append for ${this.#owedMs} ms`);
      this.#owedMs = Math.min(this.#owedMs * 2, this.#settings.appendTimeoutMs);
      this.#interrupt(this.#call, silence);
    }
    for (const pending of this.#owed.takePassedOver(this.#settings.answerTimeoutMs)) this.#sendLater(pending, 'others were answered first');
    this.#rest();
  }

  #rest(): void {
    if (this.#pending.size > 0) return;
    clearInterval(this.#looking);
    this.#looking = undefined;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
