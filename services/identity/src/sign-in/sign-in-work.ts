import { randomUUID } from 'node:crypto';
import { API_RESOURCE } from '@portal/contract';
import {
  account, accountStream, refusedNames, refusedNamesStream, session, sessionStream, usernameKey,
} from '@portal/domain';
import { eventId, type CommandContext, type Streams } from '@portal/event-store';
import type { Interaction, Provider } from 'oidc-provider';
import type { Login, Logins } from '../accounts/logins.js';
import { notRecorded, refusedAs } from '../http/problems.js';
import type { Passwords } from '../platform/passwords.js';
import type { Secrets } from '../platform/secrets.js';
import { API_SCOPE, grantLifeS, type SignIns } from '../provider/sign-ins.js';
import type { Attempts } from './attempts.js';

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
  readonly isFinished: boolean;
}

export interface SignInParts {
  /** Loaded when first needed. */
  readonly provider: () => Promise<Provider>;
  readonly streams: Streams;
  readonly logins: Logins;
  readonly passwords: Passwords;
  readonly attempts: Attempts;
  readonly signIns: SignIns;
  readonly secrets: Secrets;
  readonly clock: () => Date;
}

/** What each step does. Where the log cannot be written nothing goes on: a `Refused` is thrown. */
export class SignInWork {
  constructor(
    private readonly parts: SignInParts,
    private readonly interaction: Interaction,
    private readonly progress: Progress,
    /** Name and version of the client program. */
    private readonly client: string,
  ) {}

  /** Unknown names go on like known ones: the answer tells nobody which exist. */
  async named(username: string): Promise<Progress> {
    return this.#save({ ...this.progress, username });
  }

  async provenByPassword(password: string): Promise<Progress> {
    const { logins, attempts, passwords, clock } = this.parts;
    const name = usernameKey(this.progress.username ?? '');
    const waitS = attempts.begin(name);
    if (waitS > 0) throw tooMany(waitS);
    const login = logins.byUsername(name);
    const verified = await passwords.verify(password, login?.password);
    if (verified === 'busy') {
      attempts.undo(name);
      throw tooMany(5);
    }
    if (verified === 'wrong' || login === undefined) return this.#refuse(name, login);
    attempts.forget(name);
    await this.#record({ type: 'StartSignIn', account: login.account, client: this.client }, login.account, 'pwd');
    const authTime = Math.floor(clock().getTime() / 1000);
    return this.#save({ ...this.progress, account: login.account, amr: ['pwd'], authTime });
  }

  /** The sign-in stands in the log before anything is issued by it. */
  async finished(kept: boolean): Promise<Progress> {
    const { account: who = '', amr, authTime = 0, session: id } = this.progress;
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
    signIns.add({ grantId, session: id, account: who, amr, authTime, kept });
    const login = { accountId: who, amr, ts: authTime, remember: false };
    return this.#save({ ...this.progress, isFinished: true }, { login, consent: { grantId } });
  }

  async #refuse(name: string, login: Login | undefined): Promise<never> {
    const { streams, secrets, clock } = this.parts;
    const context = this.#context(randomUUID(), 'process:identity', 'none');
    const known = login && (await streams.handle(
      account, accountStream(login.account), { type: 'RefusePassword', client: this.client }, context,
    ));
    const nameHash = secrets.keyed('name', name).toString('hex');
    const command = { type: 'RefuseName', nameHash, client: this.client } as const;
    const stream = refusedNamesStream(clock().toISOString().slice(0, 10));
    const isTheirs = known !== undefined && known.kind !== 'refused';
    const handled = isTheirs ? known : await streams.handle(refusedNames, stream, command, context);
    if (handled.kind === 'failed') throw notRecorded(handled.reason);
    throw refusedAs('password-refused', 'the name or the password is not right');
  }

  async #record(command: Parameters<typeof session.decide>[0], actor: string, authMethod: string): Promise<void> {
    const { session: id } = this.progress;
    const context = this.#context(eventId(id, command.type, 0), actor, authMethod);
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

const tooMany = (waitS: number) =>
  refusedAs('too-many-requests', `try again in ${waitS} s`, { 'retry-after': String(waitS) });
