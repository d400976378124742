import { randomUUID } from 'node:crypto';
import { API_RESOURCE, type Factor } from '@portal/contract';
import {
  account, accountStream, refusedNames, refusedNamesStream, session, sessionStream, usernameKey, type SessionCommand,
} from '@portal/domain';
import { eventId, type CommandContext, type Streams } from '@portal/event-store';
import type { Interaction, Provider } from 'oidc-provider';
import type { Login, Logins } from '../accounts/logins.js';
import type { Approval } from '../factors/approvals.js';
import type { SecondFactors } from '../factors/second-factors.js';
import { notRecorded, refusedAs } from '../http/problems.js';
import type { Passwords } from '../platform/passwords.js';
import type { Secrets } from '../platform/secrets.js';
import { API_SCOPE, grantLifeS, type SignIns } from '../provider/sign-ins.js';
import type { KnownDevices } from './known-devices.js';
import type { Origin, PasswordGuard, PasswordTry } from './password-guard.js';
import { SecondStep, type Recorder } from './second-step.js';

/** How far a sign-in has come. Kept with the provider's interaction, never told to the client. */
export interface Progress {
  readonly session: string;
  /** As it was typed. */
  readonly username?: string;
  /** Whose it is, once a factor has proven it. */
  readonly account?: string;
  /** Factors proven. */
  readonly amr: readonly string[];
  /** Seconds since 1970. */
  readonly authTime?: number;
  /** Of the last factor proven; likewise. */
  readonly factorTime?: number;
  /** What is asked for besides the password; undefined where nothing is set up. */
  readonly second?: Second;
  readonly isFinished: boolean;
}

/** `expiresAt` is ISO 8601; `number` and `request` stand with the app. */
export interface Second {
  readonly factor: Factor;
  readonly factors: readonly Factor[];
  readonly sentTo?: string;
  readonly expiresAt?: string;
  readonly request?: string;
  readonly number?: string;
  readonly isProven?: true;
}

/** Where the progress is kept: the provider's interaction. */
export type KeptProgress = Pick<Interaction, 'params' | 'persist' | 'result'>;

export interface SignInParts {
  /** Loaded when first needed. */
  readonly provider: () => Promise<Provider>;
  readonly streams: Streams;
  readonly logins: Logins;
  readonly passwords: Passwords;
  readonly guard: PasswordGuard;
  readonly devices: KnownDevices;
  readonly factors: SecondFactors;
  readonly signIns: SignIns;
  readonly secrets: Secrets;
  readonly clock: () => Date;
  /** Reached over https: cookies are for it alone. */
  readonly isSecure: boolean;
}

/** What each step does. Where the log cannot be written nothing goes on: a `Refused` is thrown. */
export class SignInWork {
  constructor(
    private readonly parts: SignInParts,
    private readonly interaction: KeptProgress,
    private readonly progress: Progress,
    /** Name and version of the client program. */
    private readonly client: string,
    private readonly origin: Origin,
    private readonly purpose: Approval['purpose'] = 'sign-in',
  ) {}

  /** Unknown names go on like known ones: the answer tells nobody which exist. */
  async named(username: string): Promise<Progress> {
    return this.#save({ ...this.progress, username });
  }

  /** `wanted`: asked for and no other, where any is set up. Whoever has a code at hand needs no number at the telephone. */
  async provenByPassword(password: string, wanted?: Factor): Promise<Progress> {
    const { logins, guard, passwords, clock } = this.parts;
    const name = usernameKey(this.progress.username ?? '');
    const login = logins.byUsername(name);
    const tried = guard.begin(name, login?.account, this.origin);
    if (tried.waitS > 0) throw tooMany(tried.waitS);
    const verified = await passwords.verify(password, login?.password);
    if (verified === 'busy') {
      tried.undo();
      throw tooMany(5);
    }
    // Looked at in any case: a lock answers like a wrong password, and as late.
    if (verified === 'wrong' || login === undefined || login.isDisabled || tried.isLocked) return this.#refuse(name, login, tried);
    tried.succeeded();
    if (!passwords.isCurrent(login.password ?? '')) logins.setPassword(login.account, await passwords.hash(password));
    await this.#record({ type: 'StartSignIn', account: login.account, client: this.client }, login.account, 'pwd');
    const authTime = Math.floor(clock().getTime() / 1000);
    const proven: Progress = { ...this.progress, account: login.account, amr: ['pwd'], authTime };
    return this.#withSecond(proven, wanted);
  }

  /** Of somebody who is signed in: what is asked for first. */
  async askedAgain(): Promise<Progress> {
    return this.#withSecond(this.progress);
  }

  async #withSecond(progress: Progress, wanted?: Factor): Promise<Progress> {
    const { account: who = '' } = progress;
    const [first, ...others] = this.parts.factors.of(who);
    if (first === undefined) return this.#save(progress);
    const step = this.#step(who);
    return this.#save({ ...progress, second: await (wanted === undefined ? step.first([first, ...others]) : step.ask(wanted)) });
  }

  /** Another way than the one asked for, or the same once more. */
  async chosen(factor: Factor): Promise<Progress> {
    const { account: who = '', second } = this.progress;
    const asked = await this.#step(who).ask(factor, () => this.#giveUp(second));
    return this.#save({ ...this.progress, second: asked });
  }

  /** What was asked for so far is not waited for any more. */
  async givenUp(): Promise<void> {
    await this.#giveUp(this.progress.second);
  }

  async #giveUp(second: Second | undefined): Promise<void> {
    if (second?.request === undefined) return;
    await this.#step(this.progress.account ?? '').giveUp(second.request);
    // Whatever becomes of the other way, this number is not shown again.
    const { factor, factors } = second;
    await this.#save({ ...this.progress, second: { factor, factors } });
  }

  async provenByCode(code: string): Promise<Progress> {
    const { account: who = '', second } = this.progress;
    if (second === undefined) throw refusedAs('malformed-request', 'no code is asked for');
    await this.#step(who).checkCode(second.factor, code);
    return this.#provenBySecond(second);
  }

  async provenByApproval(): Promise<Progress> {
    const { account: who = '', second } = this.progress;
    if (second?.request === undefined) throw refusedAs('approval-expired', 'ask for a new number');
    const isGranted = await this.#step(who).isGranted(second.request);
    return isGranted ? this.#provenBySecond(second) : this.progress;
  }

  #provenBySecond(second: Second): Promise<Progress> {
    const amr = [...this.progress.amr, AMR[second.factor]];
    const factorTime = Math.floor(this.parts.clock().getTime() / 1000);
    return this.#save({ ...this.progress, amr, factorTime, second: { ...second, isProven: true } });
  }

  #step(who: string): SecondStep {
    const { session: id } = this.progress;
    const record: Recorder = (command, commandId) => this.#record(command, who, 'pwd', commandId);
    const { client, purpose, origin: { address } } = this;
    return new SecondStep(this.parts.factors, { who, session: id, purpose, client, address }, record);
  }

  /** The sign-in stands in the log before anything is issued by it. */
  async finished(kept: boolean): Promise<Progress> {
    const { account: who = '', amr, authTime = 0, factorTime = authTime, session: id } = this.progress;
    const { signIns } = this.parts;
    const provider = await this.parts.provider();
    const signedIn = { type: 'SignIn', account: who, session: id, amr, device: this.client, kept } as const;
    await this.#record(signedIn, who, amr.join(' '));
    const grant = new provider.Grant({
      accountId: who, clientId: this.interaction.params['client_id'], expiresIn: grantLifeS(kept),
    });
    grant.addOIDCScope('openid offline_access');
    grant.addResourceScope(API_RESOURCE, API_SCOPE);
    const grantId = await grant.save();
    signIns.add({ grantId, session: id, account: who, amr, authTime, factorTime, kept, device: this.client }, this.parts.clock());
    const login = { accountId: who, amr, ts: authTime, remember: kept };
    return this.#save({ ...this.progress, isFinished: true }, { login, consent: { grantId } });
  }

  async #refuse(name: string, login: Login | undefined, tried: PasswordTry): Promise<never> {
    const { streams, secrets, clock } = this.parts;
    const locked = tried.refused();
    const refuse = { type: 'RefusePassword', client: this.client, ...(locked && { locked }) } as const;
    const context = this.#context(randomUUID(), 'process:identity', 'none');
    const known = login && (await streams.handle(
      account, accountStream(login.account), refuse, context,
    ));
    const nameHash = secrets.keyed('name', name).toString('hex');
    const command = { type: 'RefuseName', nameHash, client: this.client } as const;
    const stream = refusedNamesStream(clock().toISOString().slice(0, 10));
    const isTheirs = known !== undefined && known.kind !== 'refused';
    const handled = isTheirs ? known : await streams.handle(refusedNames, stream, command, context);
    if (handled.kind === 'failed') throw notRecorded(handled.reason);
    throw refusedAs('password-refused', 'the name or the password is not right');
  }

  async #record(
    command: SessionCommand, actor: string, authMethod: string, commandId?: string,
  ): Promise<void> {
    const { session: id } = this.progress;
    const context = this.#context(commandId ?? eventId(id, command.type, 0), actor, authMethod);
    const handled = await this.parts.streams.handle(session, sessionStream(id), command, context);
    if (handled.kind === 'failed') throw notRecorded(handled.reason);
  }

  #context(commandId: string, actor: string, authMethod: string): CommandContext {
    const { session: id } = this.progress;
    return { commandId, correlationId: id, actor, capacity: 'self', session: id, authMethod, client: this.client };
  }

  async #save(progress: Progress, result: object = {}): Promise<Progress> {
    this.interaction.result = { progress, ...result };
    await this.interaction.persist();
    return progress;
  }
}

/** RFC 8176: a code used once, one sent by SMS, a key in a program. */
const AMR: Readonly<Record<Factor, string>> = { app: 'swk', totp: 'otp', sms: 'sms', recovery: 'otp' };

const tooMany = (waitS: number) =>
  refusedAs('too-many-requests', `try again in ${waitS} s`, { 'retry-after': String(waitS) });
