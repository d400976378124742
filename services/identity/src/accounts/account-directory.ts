import { account, accountStream, person, personStream, type AccountRefusal, type PersonRefusal } from '@portal/domain';
import { eventId, type CommandContext, type FailureReason, type Handled } from '@portal/event-store';
import type { SecondFactors } from '../factors/second-factors.js';
import type { PasswordGuard } from '../sign-in/password-guard.js';
import { alreadyThere, type AlreadyThere } from './already-there.js';
import { isCommon } from './common-passwords.js';
import type { Contact, Contacts } from './contacts.js';
import { freeUsername } from './usernames.js';
import type { Login } from './logins.js';
import { choosePassword, type PasswordChoiceParts } from './password-choice.js';
import type { PostOffice } from './post-office.js';

export interface NewAccount {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  /** Where the invitation is sent to. */
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
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

export type PassAnswer =
  | { readonly event: string; readonly pass: string; readonly expiresAt: string }
  | { readonly refused: AccountRefusal }
  | { readonly failed: FailureReason };

/** Somebody whose user name is still to be made. */
export interface NewPerson extends Omit<NewAccount, 'username'> {
  readonly email: string;
  /** What stands behind the `@`. */
  readonly domain: string;
}

/** `unchanged`: there is the very one that was asked for already. */
export type NamedAnswer =
  | { readonly unchanged: string }
  | (Extract<AccountAnswer, { event: string }> & { readonly username: string })
  | Exclude<AccountAnswer, { event: string }>;


export type Redeemed =
  | { readonly username: string }
  | { readonly refused: 'invitation' | 'common-password' }
  | { readonly failed: FailureReason };

export interface AccountDirectoryParts extends PasswordChoiceParts {
  readonly guard: PasswordGuard;
  readonly factors: SecondFactors;
  readonly contacts: Contacts;
  readonly postOffice: PostOffice;
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
    const { logins, streams, invitations, contacts, postOffice } = this.#parts;
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
    const invitation = invitations.issue(id, commandId);
    contacts.set(id, wanted);
    postOffice.write(id, 'invitation', { username: wanted.username, invitation });
    return { event: event.id, position, account: id, invitation };
  }

  /** For those who run the installation: no invitation is asked for, and the password is not looked at. Throws where it could not be recorded. */
  async setPassword(username: string, password: string): Promise<void> {
    const login = this.#parts.logins.byUsername(username);
    if (login === undefined) throw new Error('a password was set for an account that does not exist');
    const failed = await choosePassword(this.#parts, login.account, password, { actor: 'process:identity', command: 'ChoosePassword' });
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
    const last = await signIns.revokeAllBy(login.account, clock(), context, 'administrator');
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

  /** From now on it is as if there were no such account; whoever is signed in under it is so no longer. */
  async disable(username: string, context: CommandContext): Promise<AccountChange> {
    const login = this.#parts.logins.byUsername(username);
    if (login === undefined) return { refused: { reason: 'PersonUnknown', person: username } };
    // Nobody shuts themselves out, so the last administrator stays.
    if (login.account === context.actor) return { refused: { reason: 'OwnAccount' } };
    const { streams, logins, signIns, clock } = this.#parts;
    const handled = await streams.handle(account, accountStream(login.account), { type: 'DisableAccount' }, context);
    if (handled.kind !== 'recorded') return changed(handled);
    logins.setDisabled(login.account, true);
    await signIns.revokeAllBy(login.account, clock(), context, 'disabled');
    return changed(handled);
  }

  async enable(username: string, context: CommandContext): Promise<AccountChange> {
    const login = this.#parts.logins.byUsername(username);
    if (login === undefined) return { refused: { reason: 'PersonUnknown', person: username } };
    const { streams, logins } = this.#parts;
    const handled = await streams.handle(account, accountStream(login.account), { type: 'EnableAccount' }, context);
    if (handled.kind === 'recorded') logins.setDisabled(login.account, false);
    return changed(handled);
  }

  /** In place of a second factor, once, within the hour. The same command again is answered with the same pass. */
  async issueTemporaryPass(username: string, context: CommandContext): Promise<PassAnswer> {
    const login = this.#parts.logins.byUsername(username);
    if (login === undefined) return { refused: { reason: 'PersonUnknown', person: username } };
    const { streams, factors, clock } = this.#parts;
    const until = new Date(clock().getTime() + PASS_MS).toISOString();
    const command = { type: 'IssueTemporaryPass', until } as const;
    const handled = await streams.handle(account, accountStream(login.account), command, context);
    if (handled.kind === 'failed') return { failed: handled.reason };
    if (handled.kind === 'refused') return { refused: handled.refusal };
    const [{ id = '', data = {} } = {}] = handled.events;
    const expiresAt = String((data as { until?: string }).until);
    const pass = factors.issueTemporaryPass(login.account, context.commandId, new Date(expiresAt));
    return { event: id, pass, expiresAt };
  }

  /**
   * An account under a name that is made from the person's, for the person whose address it is. The same command again
   * is answered with the same name; an address that is in use already refuses, unless it is by the same person, asked the same.
   */
  async createNamed(wanted: NewPerson, context: CommandContext): Promise<NamedAnswer> {
    const { logins, contacts } = this.#parts;
    const known = logins.byAccount(eventId(context.commandId, 'account', 0));
    const other = known === undefined ? contacts.accountWith(wanted.email) : undefined;
    if (other !== undefined) return alreadyThere(this.#parts, other, wanted);
    const username = known?.name ?? freeUsername(wanted.displayName, wanted.domain, (name) => logins.byUsername(name) !== undefined);
    const answer = await this.create({ ...wanted, username }, context);
    return 'account' in answer ? { ...answer, username } : answer;
  }

  /** What would come of making such an account. */
  async foreseen(wanted: NewPerson): Promise<AlreadyThere | { readonly refused: AccountRefusal | PersonRefusal } | undefined> {
    const other = this.#parts.contacts.accountWith(wanted.email);
    if (other !== undefined) return alreadyThere(this.#parts, other, wanted);
    const refused = refusalOf({ ...wanted, username: 'new' });
    return refused && { refused };
  }

  setContact(username: string, contact: Contact): void {
    const login = this.#parts.logins.byUsername(username);
    if (login !== undefined) this.#parts.contacts.set(login.account, contact);
  }

  /** Whether nobody has an account here yet. */
  isEmpty(): boolean {
    return this.#parts.logins.isEmpty();
  }

  findByUsername(username: string): string | undefined {
    return this.#parts.logins.byUsername(username)?.account;
  }

  /** Whoever holds the invitation chooses the password, once. */
  async redeem(invitation: string, password: string): Promise<Redeemed> {
    const { invitations, logins } = this.#parts;
    const id = invitations.accountOf(invitation);
    const login = id === undefined ? undefined : logins.byAccount(id);
    if (login === undefined || login.isDisabled || this.#redeeming.has(login.account)) return { refused: 'invitation' };
    if (await isCommon(password, login.name)) return { refused: 'common-password' };
    // Asked again: another may have begun meanwhile.
    if (this.#redeeming.has(login.account) || invitations.accountOf(invitation) !== id) return { refused: 'invitation' };
    this.#redeeming.add(login.account);
    try {
      const failed = await choosePassword(this.#parts, login.account, password, { actor: login.account, command: 'ChoosePassword' });
      return failed === undefined ? { username: login.name } : { failed };
    } finally {
      this.#redeeming.delete(login.account);
    }
  }
}

const PASS_MS = 60 * 60_000;

function changed(handled: Handled<unknown, unknown>): AccountChange {
  if (handled.kind === 'failed') return { failed: handled.reason };
  if (handled.kind === 'refused') return { refused: handled.refusal as AccountRefusal };
  const last = handled.events.at(-1);
  return { event: last?.id ?? null, position: last?.position ?? null };
}

/** Asked of the rules before a name is taken, so that a refusal leaves nothing behind. */
function refusalOf(wanted: NewAccount): AccountRefusal | PersonRefusal | undefined {
  const nobody: Login = { name: '', account: 'new', person: 'new', password: undefined, isDisabled: false };
  const decided = account.decide(createCommand(wanted, nobody), account.initial);
  if ('refused' in decided) return decided.refused as AccountRefusal;
  const named = person.decide(recordCommand(wanted, nobody), person.initial);
  return 'refused' in named ? (named.refused as PersonRefusal) : undefined;
}

const createCommand = ({ roles }: NewAccount, login: Login) =>
  ({ type: 'CreateAccount', account: login.account, person: login.person, roles }) as const;

const recordCommand = ({ username, displayName }: NewAccount, login: Login) =>
  ({ type: 'RecordPerson', account: login.account, username, displayName }) as const;
