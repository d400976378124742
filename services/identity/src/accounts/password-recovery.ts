import type { FinishRecovery, RecoveryBegun, RecoveryFinished } from '@portal/contract';
import { notRecorded, refusedAs } from '../http/problems.js';
import { Attempts } from '../sign-in/attempts.js';
import type { PasswordGuard } from '../sign-in/password-guard.js';
import { isCommon } from './common-passwords.js';
import { choosePassword, type PasswordChoiceParts } from './password-choice.js';
import type { PostOffice } from './post-office.js';
import type { MailedCodes } from './recovery-codes.js';

export interface PasswordRecoveryParts extends PasswordChoiceParts {
  readonly codes: MailedCodes;
  readonly postOffice: PostOffice;
  readonly guard: PasswordGuard;
}

/** A forgotten password: a code by mail, and with it a new one. Throws a `Refused` where it is not taken. */
export class PasswordRecovery {
  readonly #lettersTo;
  /** By account and address: nobody uses up the letters of others alone. */
  readonly #lettersFrom;
  readonly #byAddress;
  readonly #byAll;

  constructor(private readonly parts: PasswordRecoveryParts) {
    const { clock } = parts;
    this.#lettersTo = new Attempts(clock, { most: 12, withinMs: 15 * 60_000 });
    this.#lettersFrom = new Attempts(clock, { most: 3, withinMs: 15 * 60_000 });
    this.#byAddress = new Attempts(clock, { most: 60, withinMs: 10 * 60_000 });
    this.#byAll = new Attempts(clock, { most: 600, withinMs: 60_000 });
  }

  /** The same answer, as fast, whether there is such an account, it is disabled, or too many letters went to it. */
  begin(username: string, address: string): RecoveryBegun {
    const { logins, codes, postOffice } = this.parts;
    this.#limit(address);
    const login = logins.byUsername(username);
    const isWrittenTo = login !== undefined && !login.isDisabled && this.#mayWrite(login.account, address);
    const { recovery, code } = codes.begin(isWrittenTo ? login.account : undefined);
    if (isWrittenTo) {
      postOffice.writeUnseen(login.account, 'recovery', { username: login.name, code: code.replace(/(.{4})(?=.)/, '$1 ') });
    }
    return { recovery };
  }

  /** A common password is not taken, and the code can be used once more. */
  async finish({ recovery, code, password }: FinishRecovery, address: string): Promise<RecoveryFinished> {
    const { logins, codes, guard, postOffice } = this.parts;
    this.#limit(address);
    const id = codes.accountOf(recovery, code);
    const login = id === undefined ? undefined : logins.byAccount(id);
    if (login === undefined || login.isDisabled) throw notRight();
    if (await isCommon(password, login.name)) {
      throw refusedAs('password-common', 'many people use this password or one like it: choose another');
    }
    if (!codes.use(recovery, login.account)) throw notRight();
    const command = 'ResetPassword' as const;
    const failed = await choosePassword(this.parts, login.account, password, { actor: login.account, command });
    if (failed !== undefined) throw notRecorded(failed);
    // Those who typed the forgotten one wrong were the person.
    guard.unlock(login.name);
    postOffice.write(login.account, 'reset', { username: login.name });
    return { username: login.name };
  }

  #mayWrite(account: string, address: string): boolean {
    const counted = [[this.#lettersTo, account], [this.#lettersFrom, `${account} ${address}`]] as const;
    if (counted.some(([limit, key]) => limit.waitS(key) > 0)) return false;
    for (const [limit, key] of counted) limit.count(key);
    return true;
  }

  #limit(address: string): void {
    const waitS = Math.max(this.#byAddress.waitS(address), this.#byAll.waitS(''));
    if (waitS > 0) throw refusedAs('too-many-requests', `try again in ${waitS} s`, { 'retry-after': String(waitS) });
    this.#byAddress.count(address);
    this.#byAll.count('');
  }
}

const notRight = () => refusedAs('code-refused', 'the code is not right, was used, or is too old');
