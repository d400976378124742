import type { RevocationReason } from '@portal/domain';
import type { CommandContext, Handled, Streams } from '@portal/event-store';
import { forgetBegun } from '../factors/begun.js';
import { inTransaction, type Database } from '../platform/database.js';
import { PROCESS, recordEnd, type Ending } from './endings.js';

/** What a token for the API allows there: everything that its person may do. */
export const API_SCOPE = 'portal';

/** A completed sign-in, and the provider's grant by which its tokens are issued. */
export interface SignIn {
  readonly grantId: string;
  readonly session: string;
  readonly account: string;
  /** RFC 8176 names. */
  readonly amr: readonly string[];
  /** Seconds since 1970. */
  readonly authTime: number;
  /** When the person last proved a factor; with the sign-in where absent. */
  readonly factorTime?: number;
  /** The person chose to stay signed in. */
  readonly kept: boolean;
  /** Name and version of the client program. */
  readonly device: string;
}

export interface OpenSignIn extends SignIn {
  /** Seconds since 1970: when a token was last issued by it. */
  readonly seenAt: number;
}

/** A kept sign-in ends this long after it began, any other much sooner, and where it is not used. */
const KEPT_S = 14 * 24 * 60 * 60;
const NOT_KEPT_S = 12 * 60 * 60;
export const IDLE_S = 30 * 60;

export const grantLifeS = (kept: boolean): number => (kept ? KEPT_S : NOT_KEPT_S);

export class SignIns {
  readonly #database;
  readonly #streams;

  constructor(
    database: Database,
    streams: Streams,
    private readonly idleS = IDLE_S,
  ) {
    this.#database = database;
    this.#streams = streams;
  }

  add(signIn: SignIn, now: Date): void {
    const { grantId, session: id, account, amr, authTime, factorTime = authTime, kept, device } = signIn;
    const insert = this.#database.prepare(
      `INSERT INTO sign_ins (grant_id, session, account, amr, auth_time, kept, expires_at, device, seen_at, factor_at)
       VALUES (?,?,?,?,?,?,?,?,?,?)`,
    );
    const [nowS, endsAt] = [secondsOf(now), this.#endOf(signIn, secondsOf(now))];
    insert.run(grantId, id, account, amr.join(' '), authTime, Number(kept), endsAt, device, nowS, factorTime);
  }

  find(grantId: string): SignIn | undefined {
    return asSignIn(this.#database.prepare('SELECT * FROM sign_ins WHERE grant_id = ? AND ended = 0').get(grantId));
  }

  findBySession(id: string): SignIn | undefined {
    return asSignIn(this.#database.prepare('SELECT * FROM sign_ins WHERE session = ? AND ended = 0').get(id));
  }

  /** Open ones of the account, the newest first. */
  openOf(account: string, now: Date): readonly OpenSignIn[] {
    const rows = this.#database
      .prepare('SELECT * FROM sign_ins WHERE account = ? AND ended = 0 AND expires_at > ? ORDER BY auth_time DESC, session')
      .all(account, secondsOf(now));
    return rows.map((row) => ({ ...(asSignIn(row) as SignIn), seenAt: Number(row['seen_at']) }));
  }

  /** The person has proven more: a token issued from now on says so. False where the sign-in is over. */
  proven(id: string, amr: readonly string[], now: Date): boolean {
    const signIn = this.findBySession(id);
    if (signIn === undefined) return false;
    const all = [...new Set([...signIn.amr, ...amr])].join(' ');
    this.#database.prepare('UPDATE sign_ins SET factor_at = ?, amr = ? WHERE session = ?').run(secondsOf(now), all, id);
    return true;
  }

  /** A token was issued by it. */
  seen(grantId: string, now: Date, isBound = false): void {
    const signIn = this.find(grantId);
    if (signIn === undefined) return;
    const endsAt = this.#endOf({ ...signIn, kept: signIn.kept && isBound }, secondsOf(now));
    this.#database.prepare('UPDATE sign_ins SET seen_at = ?, expires_at = ? WHERE grant_id = ?').run(secondsOf(now), endsAt, grantId);
  }

  isOpen(grantId: string, now: Date): boolean {
    const open = this.#database.prepare('SELECT 1 FROM sign_ins WHERE grant_id = ? AND ended = 0 AND expires_at > ?');
    return open.get(grantId, secondsOf(now)) !== undefined;
  }

  /** By an administrator: recorded as theirs. Throws nothing where the log fails: the clean-up records the end. */
  async revokeAllBy(
    account: string, now: Date, context: CommandContext, reason: RevocationReason,
  ): Promise<Handled<unknown, unknown> | undefined> {
    const [open, ending] = [this.openOf(account, now), { reason, by: context.actor }];
    inTransaction(this.#database, () => this.revokeAll(account, now, ending));
    let last: Handled<unknown, unknown> | undefined;
    for (const signIn of open) {
      last = await this.#recordEnd(signIn, ending, context);
      if (last.kind === 'failed') return last;
    }
    return last;
  }

  /** One of the person's own, from another. False where it is not theirs or not open. */
  async revokeOneBy(account: string, id: string, now: Date, context: CommandContext): Promise<boolean> {
    const signIn = this.openOf(account, now).find(({ session: one }) => one === id);
    if (signIn === undefined) return false;
    const ending = { reason: 'elsewhere', by: account } as const;
    inTransaction(this.#database, () => {
      this.#database.prepare(REVOKE_ONE).run(signIn.grantId, signIn.grantId);
      this.#setEnded(signIn, ending);
    });
    await this.#recordEnd(signIn, ending, context);
    return true;
  }

  /** How long a refresh token issued now may live. A sign-in is kept on the device whose key it is bound to, or not at all. */
  refreshLifeS(grantId: string, nowS: number, isBound: boolean): number {
    const signIn = this.find(grantId);
    return signIn === undefined ? 1 : Math.max(1, this.#endOf({ ...signIn, kept: signIn.kept && isBound }, nowS) - nowS);
  }

  /** When it ends where nothing more is issued by it. */
  #endOf({ authTime, kept }: SignIn, nowS: number): number {
    const end = authTime + grantLifeS(kept);
    return kept ? end : Math.min(end, nowS + this.idleS);
  }

  /** The grant is gone already; where the log cannot be written now, the next clean-up tries again. */
  async end(grantId: string, ending?: Ending): Promise<void> {
    const signIn = this.find(grantId);
    if (signIn === undefined) return;
    inTransaction(this.#database, () => this.#setEnded(signIn, ending));
    await this.#recordEnd(signIn, ending);
  }

  /** Takes away everything that tokens could be issued by, and ends the sign-in. */
  async revoke(grantId: string, ending?: Ending): Promise<void> {
    this.#database.prepare(REVOKE_ONE).run(grantId, grantId);
    await this.end(grantId, ending);
  }

  /** Ends every open sign-in of the account, and tells how many there were. */
  async endAll(account: string, now: Date): Promise<number> {
    const count = inTransaction(this.#database, () => this.revokeAll(account, now));
    await this.recordEnded(account);
    return count;
  }

  /**
   * Takes away all that tokens could be issued by, a sign-in that is not finished yet among it, and the factors whose
   * set-up is not finished. The caller holds the transaction, and has it recorded afterwards.
   */
  revokeAll(account: string, now: Date, ending?: Ending): number {
    const ended = this.#database.prepare(END_ALL).run(ending?.reason ?? null, ending?.by ?? null, account, secondsOf(now));
    this.#database.prepare(REVOKE_ALL).run({ account });
    forgetBegun(this.#database, account);
    return Number(ended.changes);
  }

  /** What cannot be recorded now is recorded by the next clean-up. */
  async recordEnded(account: string): Promise<void> {
    const ended = this.#database.prepare('SELECT * FROM sign_ins WHERE ended = 1 AND account = ?').all(account);
    for (const row of ended) await this.#recordEnd(asSignIn(row) as SignIn, asEnding(row));
  }

  /** Ends what a crash left revoked, records what could not be recorded before, and forgets what has expired. */
  async cleanUp(now: Date): Promise<void> {
    const nowS = secondsOf(now);
    this.#database.prepare(END_REVOKED).run(PROCESS, nowS);
    const ended = this.#database.prepare('SELECT * FROM sign_ins WHERE ended = 1').all();
    for (const row of ended) await this.#recordEnd(asSignIn(row) as SignIn, asEnding(row));
    this.#database.prepare('DELETE FROM sign_ins WHERE ended = 0 AND expires_at <= ?').run(nowS);
  }

  /** The caller holds the transaction. */
  #setEnded({ grantId, account }: SignIn, ending: Ending | undefined): void {
    const end = this.#database.prepare('UPDATE sign_ins SET ended = 1, end_reason = ?, ended_by = ? WHERE grant_id = ?');
    end.run(ending?.reason ?? null, ending?.by ?? null, grantId);
    // Who signs in again in the same browser is the same person, at the same place.
    if (ending?.reason !== 'replaced') forgetBegun(this.#database, account);
  }

  async #recordEnd(signIn: SignIn, ending: Ending | undefined, context?: CommandContext): Promise<Handled<unknown, unknown>> {
    const handled = await recordEnd(this.#streams, signIn, ending, context);
    if (handled.kind === 'recorded') this.#database.prepare('DELETE FROM sign_ins WHERE grant_id = ?').run(signIn.grantId);
    return handled;
  }
}

/**
 * The provider takes the grant away first and tells afterwards. Where the process died in between nobody was told why, and
 * the token is unknown to whoever asks again: without this the log would call them signed in for ever.
 */
const END_REVOKED = `
  UPDATE sign_ins SET ended = 1, end_reason = 'grant-gone', ended_by = ? WHERE ended = 0 AND expires_at > ?
  AND NOT EXISTS (SELECT 1 FROM provider WHERE model = 'Grant' AND id = sign_ins.grant_id)`;

const END_ALL = 'UPDATE sign_ins SET ended = 1, end_reason = ?, ended_by = ? WHERE ended = 0 AND account = ? AND expires_at > ?';

const REVOKE_ONE = "DELETE FROM provider WHERE grant_id = ? OR (model = 'Grant' AND id = ?)";

/** A grant's own row is found by its id, the tokens and codes issued by it by its name, a sign-in by how far it is. */
const REVOKE_ALL = `
  DELETE FROM provider WHERE grant_id IN (SELECT grant_id FROM sign_ins WHERE account = :account)
  OR (model = 'Grant' AND id IN (SELECT grant_id FROM sign_ins WHERE account = :account))
  OR (model = 'Interaction' AND json_extract(payload, '$.result.progress.account') = :account)`;

const secondsOf = (time: Date): number => Math.floor(time.getTime() / 1000);

function asSignIn(row: Record<string, unknown> | undefined): SignIn | undefined {
  if (row === undefined) return undefined;
  return {
    grantId: String(row['grant_id']),
    session: String(row['session']),
    account: String(row['account']),
    amr: String(row['amr']).split(' '),
    authTime: Number(row['auth_time']),
    kept: row['kept'] === 1,
    device: String(row['device']),
    factorTime: Math.max(Number(row['factor_at']), Number(row['auth_time'])),
  };
}

/** Undefined where the person signed out. */
function asEnding({ end_reason: reason, ended_by: by }: Record<string, unknown>): Ending | undefined {
  return typeof reason === 'string' && typeof by === 'string' ? { reason: reason as RevocationReason, by } : undefined;
}
