import { randomUUID } from 'node:crypto';
import type { AccessClaims, StepUpStarted, StepUpStep } from '@portal/contract';
import { session, sessionStream } from '@portal/domain';
import { notRecorded, refusedAs } from '../http/problems.js';
import type { Origin } from './password-guard.js';
import { SignInWork, type Progress, type SignInParts } from './sign-in-work.js';
import { openStep, shownStep, STEPS, type StepName } from './steps.js';

/** The steps of a sign-in that can prove somebody once more. */
export type StepUpName = Extract<StepName, 'password' | 'code' | 'approve' | 'factor'>;

export const isStepUpName = (name: string): name is StepUpName => ['password', 'code', 'approve', 'factor'].includes(name);

/** From where, and by which program. */
export interface Asking {
  readonly claims: AccessClaims;
  readonly client: string;
  readonly origin: Origin;
}

interface Open {
  readonly progress: Progress;
  readonly endsAt: number;
}

/**
 * Somebody who is signed in proves once more who they are: by the second factor where one is set up, else by the password.
 * The same work as in a sign-in, in the stream of the one that is open. How far each is, is kept in memory: whoever loses
 * it begins again.
 */
export class StepUps {
  readonly #open = new Map<string, Open>();

  constructor(private readonly parts: SignInParts) {}

  async start(asking: Asking): Promise<StepUpStarted> {
    const { sub, sid, amr } = asking.claims;
    const login = this.parts.logins.byAccount(sub);
    if (login === undefined || this.parts.signIns.findBySession(sid) === undefined) throw over();
    const hasSecond = this.parts.factors.of(sub).length > 0;
    const progress: Progress = {
      session: sid, username: login.name, account: sub, amr: hasSecond && amr.includes('pwd') ? ['pwd'] : [], isFinished: false,
    };
    await this.#giveUp(asking);
    this.#forget(sid);
    const id = randomUUID();
    return { stepUp: id, ...shown(this.#keep(id, await this.#work(progress, asking).askedAgain())) };
  }

  async answer(id: string, name: StepUpName, answer: never, asking: Asking): Promise<StepUpStep> {
    const open = this.#open.get(id);
    if (open?.progress.session !== asking.claims.sid || open.endsAt < this.#now()) throw over();
    const { progress } = open;
    if (openStep(progress) !== name && !(name === 'factor' && STEPS.factor.mayRepeat(progress))) {
      throw refusedAs('malformed-request', `the open step is "${openStep(progress) ?? 'done'}"`);
    }
    const next = await STEPS[name].take(this.#work(progress, asking), answer);
    if (!isProven(next)) return shown(this.#keep(id, next));
    await this.#proven(next, asking);
    this.#open.delete(id);
    return { step: 'done' };
  }

  /** It stands in the log before any token says so. */
  async #proven({ session: id, account = '', amr }: Progress, { client }: Asking): Promise<void> {
    const { streams, signIns, clock } = this.parts;
    const commandId = randomUUID();
    const how = { capacity: 'self', session: id, authMethod: amr.join(' '), client };
    const context = { commandId, correlationId: commandId, actor: account, ...how };
    const handled = await streams.handle(session, sessionStream(id), { type: 'ProveFactor', amr }, context);
    if (handled.kind === 'failed') throw notRecorded(handled.reason);
    if (!signIns.proven(id, amr, clock())) throw over();
  }

  #work(progress: Progress, { client, origin }: Asking): SignInWork {
    return new SignInWork(this.parts, { params: {}, persist: async () => '' }, progress, client, origin, 'proof');
  }

  #keep(id: string, progress: Progress): Progress {
    this.#open.set(id, { progress, endsAt: this.#now() + LIFE_MS });
    return progress;
  }

  /** Whoever begins anew has left the number before: two at once on the other device are one too many. */
  async #giveUp(asking: Asking): Promise<void> {
    for (const { progress } of this.#open.values()) {
      if (progress.session === asking.claims.sid) await this.#work(progress, asking).givenUp();
    }
  }

  /** One at a time: what was begun before, and what nobody finished. */
  #forget(sid: string): void {
    for (const [id, { progress, endsAt }] of this.#open) {
      if (progress.session === sid || endsAt < this.#now()) this.#open.delete(id);
    }
  }

  #now(): number {
    return this.parts.clock().getTime();
  }
}

const LIFE_MS = 15 * 60_000;

/** Nothing is left but what only a sign-in asks. */
const isProven = (progress: Progress): boolean => openStep(progress) === 'stay';

function shown(progress: Progress): StepUpStep {
  const step = shownStep(progress, '');
  if (step.step === 'password' || step.step === 'code' || step.step === 'approve') return step;
  throw new Error(`a step-up has no step "${step.step}"`);
}

const over = () => refusedAs('sign-in-refused', 'this is not known here or has ended: begin again');
