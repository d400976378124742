import { randomUUID } from 'node:crypto';
import type { Factor } from '@portal/contract';
import { account, accountStream } from '@portal/domain';
import type { CommandContext, Streams } from '@portal/event-store';
import { refusedAs } from '../http/problems.js';
import type { Database } from '../platform/database.js';
import type { Secrets } from '../platform/secrets.js';
import type { SmsGateway } from '../platform/sms.js';
import type { Vault } from '../platform/vault.js';
import { Attempts } from '../sign-in/attempts.js';
import { Approvals } from './approvals.js';
import { Codes } from './codes.js';
import { FactorStore } from './factor-store.js';
import { stepOf } from './totp.js';

export interface SecondFactorsParts {
  readonly database: Database;
  readonly streams: Streams;
  readonly secrets: Secrets;
  readonly vault: Vault;
  readonly sms: SmsGateway;
  readonly clock: () => Date;
}

/** What is asked for besides the password, of accounts that have it set up. */
export class SecondFactors {
  readonly store: FactorStore;
  readonly codes: Codes;
  readonly approvals: Approvals;
  readonly #parts;
  /** Messages and numbers go to a person's telephone: an outsider with the password must not make it ring for ever. */
  readonly #asked;

  constructor(parts: SecondFactorsParts) {
    const { database, vault, secrets, clock } = parts;
    this.store = new FactorStore(database, vault, clock);
    this.codes = new Codes(database, secrets, clock);
    this.approvals = new Approvals(database, clock);
    this.#parts = parts;
    this.#asked = new Attempts(clock, { most: 5, withinMs: 15 * 60_000 });
  }

  /** In the order of set-up, recovery codes last: the first is what is asked for. */
  of(id: string): readonly Factor[] {
    const own = this.store.of(id).filter((factor) => factor !== 'recovery');
    const hasCode = this.codes.recoveryCodesLeft(id) > 0 || this.codes.hasTemporaryPass(id);
    return own.length > 0 && hasCode ? [...own, 'recovery'] : own;
  }

  /** Throws a `Refused` where the person was asked too often, or the factor is closed. */
  mayAsk(id: string, factor: Factor): void {
    if (!this.of(id).includes(factor)) throw notSetUp();
    this.mustBeOpen(id, factor);
    if (factor !== 'app' && factor !== 'sms') return;
    const waitS = this.#asked.waitS(`${id} ${factor}`);
    if (waitS > 0) throw refusedAs('too-many-requests', `try again in ${waitS} s`, { 'retry-after': String(waitS) });
    this.#asked.count(`${id} ${factor}`);
  }

  /** The password is proven: nothing is given away by saying until when a way is closed. */
  mustBeOpen(id: string, factor: Factor): void {
    const until = this.store.find(id, factor)?.lockedUntil ?? 0;
    const leftMs = until - this.#parts.clock().getTime();
    if (leftMs <= 0) return;
    const opensAt = new Date(until).toISOString();
    throw refusedAs('factor-unavailable', `it is closed until ${opensAt}`, { 'retry-after': String(Math.ceil(leftMs / 1000)) }, { opensAt });
  }

  /** In place of a second factor, once: typed where a recovery code is asked for. */
  issueTemporaryPass(id: string, commandId: string, until: Date): string {
    // For its count of wrong ones.
    if (this.store.find(id, 'recovery') === undefined) this.store.confirm(id, 'recovery', '');
    return this.codes.issueTemporaryPass(id, commandId, until);
  }

  async send(phone: string, code: string): Promise<void> {
    const sent = await this.#parts.sms.send(phone, `${code} is your Appointee Portal code. Nobody will ask you for it.`);
    if (sent === 'failed') throw refusedAs('unavailable', 'the message could not be sent');
  }

  /** Whether a code proves the person. While the factor is locked no code does. */
  verify(id: string, session: string, factor: Factor, typed: string): boolean {
    if (this.store.isLocked(id, factor)) return false;
    const isRight = this.#isRight(id, session, factor, typed);
    if (isRight) this.succeeded(id, factor);
    return isRight;
  }

  /** The person is in, by whichever way: none of those that they were asked by counts any more. */
  succeeded(id: string, factor: Factor): void {
    this.store.succeeded(id, factor);
    this.#asked.forgetBeginning(`${id} `);
  }

  /** Counts a wrong answer, and records the lock that it leads to. */
  async refused(id: string, factor: Factor): Promise<void> {
    const until = this.store.refused(id, factor);
    if (until === undefined) return;
    await this.#parts.streams.handle(
      account, accountStream(id), { type: 'LockFactor', factor, until }, byIdentity(),
    );
  }

  #isRight(id: string, session: string, factor: Factor, typed: string): boolean {
    const code = typed.replace(/[ -]/g, '');
    if (factor === 'recovery') return this.codes.useRecoveryCode(id, code);
    if (factor === 'sms') return this.codes.useSmsCode(session, id, code);
    const secret = factor === 'totp' ? this.store.find(id, 'totp')?.secret : undefined;
    const step = secret === undefined ? undefined : stepOf(secret, code, this.#parts.clock());
    return step !== undefined && this.store.useStep(id, step);
  }
}

const notSetUp = () => refusedAs('factor-unavailable', 'it is not set up for this account');

/** `+44 7700 900067` as `••67`. */
export const hiddenPhone = (phone: string): string => `••${phone.slice(-2)}`;

function byIdentity(): CommandContext {
  const commandId = randomUUID();
  const how = { capacity: 'self', session: 'identity', authMethod: 'none' };
  return { commandId, correlationId: commandId, actor: 'process:identity', ...how };
}
