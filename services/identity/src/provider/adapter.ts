import { createHash } from 'node:crypto';
import type { Database } from '../platform/database.js';
import type { Consumptions } from './consumptions.js';

/** Payloads as the provider keeps them; `jti` is the token itself where tokens are opaque. */
type Payload = Record<string, unknown>;

/** These are worth something to a thief: only their hashes are kept. */
const HASHED = new Set(['RefreshToken', 'AuthorizationCode']);

/** The provider's storage for one of its models, in identity's own store. */
export function adapterIn(database: Database, consumptions: Consumptions): (model: string) => object {
  const statements = prepare(database);
  return (model) => (model === 'RefreshToken' ? new RefreshTokens(model, statements, consumptions) : new Adapter(model, statements));
}

/** What has expired is of no use to anybody. */
export function forgetExpired(database: Database, now: Date): void {
  database.prepare('DELETE FROM provider WHERE expires_at <= ?').run(secondsOf(now.getTime()));
}

class Adapter {
  constructor(
    private readonly model: string,
    private readonly statements: ReturnType<typeof prepare>,
  ) {}

  async upsert(id: string, payload: Payload, expiresInS: number | undefined): Promise<void> {
    const expiresAt = expiresInS === undefined ? null : secondsOf(Date.now()) + expiresInS;
    const { jti, ...rest } = payload;
    const kept = JSON.stringify(HASHED.has(this.model) ? rest : { ...rest, jti });
    const column = (name: string): string | null => (typeof payload[name] === 'string' ? payload[name] : null);
    const columns = [column('grantId'), column('uid'), column('userCode')];
    this.statements.upsert.run(this.model, this.#key(id), kept, expiresAt, ...columns);
  }

  async find(id: string): Promise<Payload | undefined> {
    const payload = read(this.statements.find.get(this.model, this.#key(id)));
    return payload !== undefined && HASHED.has(this.model) ? { ...payload, jti: id } : payload;
  }

  async findByUid(uid: string): Promise<Payload | undefined> {
    return read(this.statements.findByUid.get(this.model, uid));
  }

  async findByUserCode(userCode: string): Promise<Payload | undefined> {
    return read(this.statements.findByUserCode.get(this.model, userCode));
  }

  async consume(id: string): Promise<void> {
    this.statements.consume.run(secondsOf(Date.now()), this.model, this.#key(id));
  }

  async destroy(id: string): Promise<void> {
    this.statements.destroy.run(this.model, this.#key(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    this.statements.revokeByGrantId.run(this.model, grantId);
  }

  #key(id: string): string {
    return HASHED.has(this.model) ? hashOf(id) : id;
  }
}

/** Consumed once, and once more where the first answer was lost; who comes after that is told that it was used. */
class RefreshTokens extends Adapter {
  constructor(
    model: string,
    statements: ReturnType<typeof prepare>,
    private readonly consumptions: Consumptions,
  ) {
    super(model, statements);
  }

  override async find(id: string): Promise<Payload | undefined> {
    const payload = await super.find(id);
    if (payload === undefined || !this.consumptions.mayRepeat(hashOf(id))) return payload;
    // The key is compared by the provider before anything else is done.
    const { consumed: _, ...asBefore } = payload;
    return asBefore;
  }

  override async consume(id: string): Promise<void> {
    if (this.consumptions.consume(hashOf(id))) return;
    // Loaded long since, and not by this file: it takes a while.
    const { errors } = await import('oidc-provider');
    throw new errors.InvalidGrant('refresh token already used');
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

function prepare(database: Database) {
  return {
    upsert: database.prepare('INSERT OR REPLACE INTO provider VALUES (?, ?, ?, ?, ?, ?, ?)'),
    find: database.prepare('SELECT payload FROM provider WHERE model = ? AND id = ?'),
    findByUid: database.prepare('SELECT payload FROM provider WHERE model = ? AND uid = ?'),
    findByUserCode: database.prepare('SELECT payload FROM provider WHERE model = ? AND user_code = ?'),
    consume: database.prepare(
      "UPDATE provider SET payload = json_set(payload, '$.consumed', ?) WHERE model = ? AND id = ?",
    ),
    destroy: database.prepare('DELETE FROM provider WHERE model = ? AND id = ?'),
    revokeByGrantId: database.prepare('DELETE FROM provider WHERE model = ? AND grant_id = ?'),
  };
}

function read(row: Record<string, unknown> | undefined): Payload | undefined {
  return row === undefined ? undefined : (JSON.parse(String(row['payload'])) as Payload);
}

const secondsOf = (ms: number): number => Math.floor(ms / 1000);
