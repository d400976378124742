import { randomUUID } from 'node:crypto';
import { account, accountStream, person, personStream, type AccountRefusal, type PersonRefusal } from '@portal/domain';
import { eventId, type CommandContext, type FailureReason, type Handled, type Streams } from '@portal/event-store';
import type { SecondFactors } from '../factors/second-factors.js';
import { inTransaction, type Database } from '../platform/database.js';
import type { Passwords } from '../platform/passwords.js';
import type { SignIns } from '../provider/sign-ins.js';
import type { PasswordGuard } from '../sign-in/password-guard.js';
import { isCommon } from './common-passwords.js';
import type { Invitations } from './invitations.js';
import type { Login, Logins } from './logins.js';

export interface NewAccount {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly string[];
}

export type AccountAnswer =
  | { readonly event: string; readonly position: string; readonly account: string; readonly invitation: string }
  | { readonly refused: AccountRefusal | PersonRefusal }
  | { readonly failed: FailureReason };

/** Both null where nothing changed. */
export type AccountChange =
  | { readonly event: string | null; readonly position: string | null }
  | { readonly refused: AccountRefusal }
  | { readonly failed: FailureReason };

export type Redeemed =
  | { readonly username: string }
  | { readonly refused: 'invitation' | 'common-password' }
  | { readonly failed: FailureReason };

export interface AccountDirectoryParts {
  readonly database: Database;
  readonly streams: Streams;
  readonly logins: Logins;
  readonly invitations: Invitations;
  readonly passwords: Passwords;
  readonly signIns: SignIns;
  readonly guard: PasswordGuard;
  readonly factors: SecondFactors;
  readonly clock: () => Date;
}

/** The accounts of this installation: who they are is in the log, how they sign in is in identity's own store. */
export class AccountDirectory {
  readonly #parts: AccountDirectoryParts;
  readonly #redeeming = new Set<string>();

  constructor(parts: AccountDirectoryParts) {
    this.#parts = parts;
  }

  /** The same command again answers with the same account and the same invitation. */
  async create(wanted: NewAccount, context: CommandContext): Promise<AccountAnswer> {
    const refused = refusalOf(wanted);
    if (refused !== undefined) return { refused };
    const { logins, streams, invitations } = this.#parts;
    const { commandId } = context;
    const login = logins.reserve(wanted.username, eventId(commandId, 'account', 0), eventId(commandId, 'person', 0));
    const id = login.account;
    const created = await streams.handle(account, accountStream(id), createCommand(wanted, login), context);
    if (created.kind === 'failed') return { failed: created.reason };
    if (created.kind === 'refused') return { refused: created.refusal };
    const [event] = created.events;
    // Somebody created the same one before, by another command.
    if (event === undefined) return { refused: { reason: 'AccountExists', account: id } };
    const recorded = await streams.handle(person, personStream(login.person), recordCommand(wanted, login), context);
    if (recorded.kind === 'failed') return { failed: recorded.reason };
    if (recorded.kind === 'refused') return { refused: recorded.refusal };
    const { position } = recorded.events.at(-1) ?? event;
    return { event: event.id, position, account: id, invitation: invitations.issue(id, commandId) };
  }

  /** For those who run the installation: no invitation is asked for, and the password is not looked at. Throws where it could not be recorded. */
  async setPassword(username: string, password: string): Promise<void> {
    const login = this.#parts.logins.byUsername(username);
    if (login === undefined) throw new Error('a password was set for an account that does not exist');
    const failed = await this.#choosePassword(login.account, password, 'process:identity');
    if (failed !== undefined) throw new Error(`a password could not be set: ${failed}`);
  }

  /** Opens what wrong passwords have locked, everywhere. Nothing is recorded where none was wrong. */
  async unlock(username: string, context: CommandContext): Promise<AccountChange> {
    const login = this.#parts.logins.byUsername(username);
    if (login === undefined) return { refused: { reason: 'PersonUnknown', person: username } };
    const { streams, guard } = this.#parts;
    const handled = await streams.handle(account, accountStream(login.account), { type: 'UnlockAccount' }, context);
    if (handled.kind === 'recorded') guard.unlock(login.name);
    return changed(handled);
  }

  /** Whoever is signed in under the account is so no longer; a sign-in that is under way ends too. */
  async endSessions(username: string, context: CommandContext): Promise<AccountChange> {
    const login = this.#parts.logins.byUsername(username);
    if (login === undefined) return { refused: { reason: 'PersonUnknown', person: username } };
    const { signIns, clock } = this.#parts;
    const last = await signIns.revokeAllBy(login.account, clock(), context);
    return last === undefined ? { event: null, position: null } : changed(last);
  }

  /** The person signs in with the password alone, and sets up anew. First the event: nothing opens unrecorded. */
  async resetFactors(username: string, context: CommandContext): Promise<AccountChange> {
    const login = this.#parts.logins.byUsername(username);
    if (login === undefined) return { refused: { reason: 'PersonUnknown', person: username } };
    const { streams, factors } = this.#parts;
    const handled = await streams.handle(account, accountStream(login.account), { type: 'ResetFactors' }, context);
    if (handled.kind === 'recorded') factors.store.forgetAll(login.account);
    return changed(handled);
  }

  findByUsername(username: string): string | undefined {
    return this.#parts.logins.byUsername(username)?.account;
  }

  /** Whoever holds the invitation chooses the password, once. */
  async redeem(invitation: string, password: string): Promise<Redeemed> {
    const { invitations, logins } = this.#parts;
    const id = invitations.accountOf(invitation);
    const login = id === undefined ? undefined : logins.byAccount(id);
    if (login === undefined || this.#redeeming.has(login.account)) return { refused: 'invitation' };
    if (await isCommon(password, login.name)) return { refused: 'common-password' };
    // Asked again: another may have begun meanwhile.
    if (this.#redeeming.has(login.account) || invitations.accountOf(invitation) !== id) return { refused: 'invitation' };
    this.#redeeming.add(login.account);
    try {
      const failed = await this.#choosePassword(login.account, password, login.account);
      return failed === undefined ? { username: login.name } : { failed };
    } finally {
      this.#redeeming.delete(login.account);
    }
  }

  /**
   * First the event, then the hash: where the event could not be recorded, the old password stays. Whoever came in by
   * the old one is out with it.
   */
  async #choosePassword(id: string, password: string, actor: string): Promise<FailureReason | undefined> {
    const { database, streams, passwords, logins, invitations, signIns, clock } = this.#parts;
    const hash = await passwords.hash(password);
    const chosen = await streams.handle(account, accountStream(id), { type: 'ChoosePassword' }, contextOf(actor));
    if (chosen.kind === 'failed') return chosen.reason;
    if (chosen.kind === 'refused') throw new Error('a login has no account in the log');
    inTransaction(database, () => {
      logins.setPassword(id, hash);
      invitations.useUp(id);
      signIns.revokeAll(id, clock());
    });
    await signIns.recordEnded(id);
    return undefined;
  }
}

function changed(handled: Handled<unknown, unknown>): AccountChange {
  if (handled.kind === 'failed') return { failed: handled.reason };
  if (handled.kind === 'refused') return { refused: handled.refusal as AccountRefusal };
  const last = handled.events.at(-1);
  return { event: last?.id ?? null, position: last?.position ?? null };
}

/** Asked of the rules before a name is taken, so that a refusal leaves nothing behind. */
function refusalOf(wanted: NewAccount): AccountRefusal | PersonRefusal | undefined {
  const nobody: Login = { name: '', account: 'new', person: 'new', password: undefined };
  const decided = account.decide(createCommand(wanted, nobody), account.initial);
  if ('refused' in decided) return decided.refused as AccountRefusal;
  const named = person.decide(recordCommand(wanted, nobody), person.initial);
  return 'refused' in named ? (named.refused as PersonRefusal) : undefined;
}

const createCommand = ({ roles }: NewAccount, login: Login) =>
  ({ type: 'CreateAccount', account: login.account, person: login.person, roles }) as const;

const recordCommand = ({ username, displayName }: NewAccount, login: Login) =>
  ({ type: 'RecordPerson', account: login.account, username, displayName }) as const;

function contextOf(actor: string): CommandContext {
  const commandId = randomUUID();
  const how = { capacity: 'self', session: 'identity', authMethod: 'invitation' };
  return { commandId, correlationId: commandId, actor, ...how };
}
