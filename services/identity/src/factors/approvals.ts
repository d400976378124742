import { randomInt, randomUUID } from 'node:crypto';
import type { ApprovalRequest } from '@portal/contract';
import type { Database } from '../platform/database.js';

export type ApprovalState = 'open' | 'granted' | 'denied' | 'reported' | 'wrong-number' | 'expired';

/** One number shown on one screen, for a minute. The number stays here and on that screen: the device is not told. */
export interface Approval {
  readonly request: string;
  readonly account: string;
  readonly session: string;
  readonly purpose: ApprovalRequest['purpose'];
  readonly number: string;
  readonly client: string;
  readonly address: string;
  readonly requestedAt: number;
  readonly expiresAt: number;
  readonly state: ApprovalState;
}

export class Approvals {
  constructor(
    private readonly database: Database,
    private readonly clock: () => Date,
  ) {}

  open(whose: Pick<Approval, 'account' | 'session' | 'purpose' | 'client' | 'address'>): Approval {
    const now = this.clock().getTime();
    const number = String(randomInt(100)).padStart(2, '0');
    const approval = {
      ...whose, request: randomUUID(), number, requestedAt: now, expiresAt: now + LIFE_MS, state: 'open',
    } as const;
    const { request, account, session, purpose, client, address } = approval;
    this.database
      .prepare(
        'INSERT INTO approvals (request, account, session, purpose, number, client, address, requested_at, expires_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(request, account, session, purpose, number, client, address, now, approval.expiresAt, 'open');
    return approval;
  }

  /** As it stands now: one that nobody answered in time is `expired`. */
  find(request: string): Approval | undefined {
    const row = this.database.prepare('SELECT * FROM approvals WHERE request = ?').get(request);
    return row === undefined ? undefined : asApproval(row, this.clock().getTime());
  }

  openOf(account: string): readonly Approval[] {
    const rows = this.database
      .prepare("SELECT * FROM approvals WHERE account = ? AND state = 'open' AND expires_at > ? ORDER BY requested_at")
      .all(account, this.clock().getTime());
    return rows.map((row) => asApproval(row, 0));
  }

  settle(request: string, state: ApprovalState): void {
    this.database.prepare('UPDATE approvals SET state = ? WHERE request = ?').run(state, request);
  }

  forgetOld(): void {
    this.database.prepare('DELETE FROM approvals WHERE expires_at < ?').run(this.clock().getTime() - KEPT_MS);
  }
}

/** What the device is told. */
export function shownRequest({ request, purpose, client, address, ...at }: Approval, username: string): ApprovalRequest {
  const iso = (ms: number): string => new Date(ms).toISOString();
  return { request, purpose, username, client, address, requestedAt: iso(at.requestedAt), expiresAt: iso(at.expiresAt) };
}

const LIFE_MS = 60_000;
/** So that a sign-in that asks late is told what came of it. */
const KEPT_MS = 60 * 60_000;

function asApproval(row: Record<string, unknown>, now: number): Approval {
  const text = (column: string): string => String(row[column]);
  const expiresAt = Number(row['expires_at']);
  const state = text('state') as ApprovalState;
  return {
    request: text('request'),
    account: text('account'),
    session: text('session'),
    purpose: text('purpose') as Approval['purpose'],
    number: text('number'),
    client: text('client'),
    address: text('address'),
    requestedAt: Number(row['requested_at']),
    expiresAt,
    state: state === 'open' && expiresAt <= now ? 'expired' : state,
  };
}
