import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { AccessClaims, Factor } from '@portal/contract';
import type { Streams } from '@portal/event-store';
import type { Login, Logins } from '../accounts/logins.js';
import type { PostOffice } from '../accounts/post-office.js';
import { refusedAs } from '../http/problems.js';
import type { Database } from '../platform/database.js';
import { recordSetUp } from './record-set-up.js';
import { hiddenPhone, type SecondFactors } from './second-factors.js';
import { newTotpSecret, stepOf, totpUri } from './totp.js';

export interface FactorSetupParts {
  readonly database: Database;
  readonly streams: Streams;
  readonly logins: Logins;
  readonly factors: SecondFactors;
  /** Tells the person; absent where they did it together with those who run the installation. */
  readonly postOffice?: PostOffice;
  /** Where a device finds this server. */
  readonly origin: string;
  readonly clock: () => Date;
}

/** The person sets up what is asked of them from the next sign-in on. Nothing holds before it has been proven once. */
export class FactorSetup {
  constructor(private readonly parts: FactorSetupParts) {}

  /**
   * A factor of the last 15 minutes, in a sign-in with everything that was set up when it began: a stolen token must not
   * add a way in, and who has just set up the first is not asked for it at once.
   */
  recent({ sub, auth_time: authTime, factor_time: factorTime = authTime, amr }: AccessClaims): Login {
    const { logins, factors, clock } = this.parts;
    const login = logins.byAccount(sub);
    const isRecent = clock().getTime() / 1000 - factorTime <= RECENT_S;
    const isWhole = amr.length > 1 || authTime * 1000 <= (factors.store.firstAt(sub) ?? Infinity);
    if (login === undefined || !isRecent || !isWhole) {
      throw refusedAs('factor-needed', 'prove again who you are: this wants a factor of the last 15 minutes', {}, { maxAgeS: RECENT_S });
    }
    return login;
  }

  list({ account: id }: Login) {
    const { factors } = this.parts;
    return { factors: factors.of(id), recoveryCodes: factors.codes.recoveryCodesLeft(id) };
  }

  totp({ account: id, name }: Login) {
    const secret = newTotpSecret();
    this.parts.factors.store.propose(id, 'totp', secret);
    return { secret, uri: totpUri(secret, name) };
  }

  async confirmTotp({ account: id }: Login, code: string) {
    const { store } = this.parts.factors;
    const secret = store.proposed(id, 'totp');
    const step = secret === undefined ? undefined : stepOf(secret, code.replace(/[ -]/g, ''), this.parts.clock());
    if (secret === undefined || step === undefined) throw notRight();
    await this.#record(id, 'totp');
    store.confirm(id, 'totp', secret, step);
    return this.#firstRecoveryCodes(id);
  }

  async sms({ account: id }: Login, phone: string) {
    const { store, codes } = this.parts.factors;
    store.propose(id, 'sms', phone);
    await this.parts.factors.send(phone, codes.newSmsCode(`set-up ${id}`, id).code);
    return { sentTo: hiddenPhone(phone) };
  }

  async confirmSms({ account: id }: Login, code: string) {
    const { store, codes } = this.parts.factors;
    const phone = store.proposed(id, 'sms');
    if (phone === undefined || !codes.useSmsCode(`set-up ${id}`, id, code.replace(/[ -]/g, ''))) throw notRight();
    await this.#record(id, 'sms');
    store.confirm(id, 'sms', phone);
    return this.#firstRecoveryCodes(id);
  }

  /** A code with which one device is paired, once, within ten minutes. The URI is typed into shells: it has nothing that one takes for its own. */
  app({ account: id }: Login) {
    const { database, origin, clock } = this.parts;
    const pairing = randomBytes(20).toString('base64url');
    const expiresAt = clock().getTime() + PAIRING_MS;
    database.prepare('INSERT INTO pairings VALUES (?, ?, ?)').run(hashOf(pairing), id, expiresAt);
    return { pairing, uri: `portal-authenticator:pair/${pairing}/${origin}`, expiresAt: new Date(expiresAt).toISOString() };
  }

  /** The device that is paired last is the one that is asked. */
  async pair(pairing: string, publicKey: string) {
    const { database, factors, logins, clock } = this.parts;
    const now = clock().getTime();
    const row = database
      .prepare('DELETE FROM pairings WHERE hash = ? AND expires_at > ? RETURNING account')
      .get(hashOf(pairing), now);
    const login = row === undefined ? undefined : logins.byAccount(String(row['account']));
    if (login === undefined) throw refusedAs('pairing-refused', 'it is not known, was used, or is too old');
    const { account: id, name } = login;
    const device = randomUUID();
    await this.#record(id, 'app', device);
    database.prepare('DELETE FROM devices WHERE account = ?').run(id);
    database.prepare('INSERT INTO devices VALUES (?, ?, ?, ?)').run(device, id, publicKey, now);
    factors.store.confirm(id, 'app', '');
    return { device, username: name };
  }

  recovery({ account: id }: Login) {
    if (this.parts.factors.of(id).length === 0) throw refusedAs('factor-unavailable', 'set up another way first');
    return this.#newRecoveryCodes(id);
  }

  async #record(id: string, factor: Factor, device?: string): Promise<void> {
    const { streams, postOffice, logins } = this.parts;
    await recordSetUp(streams, id, factor, device);
    postOffice?.write(id, 'factor', { username: logins.byAccount(id)?.name ?? '' });
  }

  async #firstRecoveryCodes(id: string) {
    const has = this.parts.factors.codes.recoveryCodesLeft(id) > 0;
    return has ? { codes: [] } : this.#newRecoveryCodes(id);
  }

  async #newRecoveryCodes(id: string) {
    await this.#record(id, 'recovery');
    // For its count of wrong ones.
    this.parts.factors.store.confirm(id, 'recovery', '');
    return { codes: this.parts.factors.codes.newRecoveryCodes(id) };
  }
}

const RECENT_S = 15 * 60;
const PAIRING_MS = 10 * 60_000;

const notRight = () => refusedAs('code-refused', 'the code is not right, or too old');

/** Fast hashing is enough: a pairing code is 160 random bits. */
const hashOf = (pairing: string): string => createHash('sha256').update(pairing).digest('hex');
