import { createPublicKey, randomUUID, verify } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { DEVICE_HEADERS, signedText } from '@portal/contract';
import { session, sessionStream, type DenialReason } from '@portal/domain';
import type { Streams } from '@portal/event-store';
import type { Logins } from '../accounts/logins.js';
import { notRecorded, refusedAs } from '../http/problems.js';
import type { Database } from '../platform/database.js';
import { shownRequest, type Approval } from './approvals.js';
import type { SecondFactors } from './second-factors.js';

export interface AuthenticatorParts {
  readonly database: Database;
  readonly streams: Streams;
  readonly logins: Logins;
  readonly factors: SecondFactors;
  readonly clock: () => Date;
}

/** A device whose signature was right. */
export interface Device {
  readonly device: string;
  readonly account: string;
}

/** What a paired device may ask and answer. It is told who asks, from where and when, and never the number. */
export class Authenticator {
  constructor(private readonly parts: AuthenticatorParts) {}

  /** Throws a `Refused` for anything that this device did not sign just now, and for what it signed once before. */
  known(headers: IncomingHttpHeaders, path: string, body: string): Device {
    const { database, clock } = this.parts;
    const [device = '', time = '', nonce = '', signature = ''] = NAMES.map((name) => String(headers[name] ?? ''));
    const now = clock().getTime();
    const row = database.prepare('SELECT account, public_key FROM devices WHERE device = ?').get(device);
    const isNow = Math.abs(Date.parse(time) - now) <= SKEW_MS;
    if (row === undefined || !isNow || !/^[\w-]{16,64}$/.test(nonce)) throw unknownDevice();
    const text = signedText({ path, device, time, nonce, body });
    if (!isSigned(text, signature, String(row['public_key']))) throw unknownDevice();
    database.prepare('DELETE FROM device_nonces WHERE expires_at < ?').run(now);
    const isNew = database
      .prepare('INSERT INTO device_nonces VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(`${device} ${nonce}`, now + 2 * SKEW_MS);
    if (isNew.changes !== 1) throw unknownDevice();
    return { device, account: String(row['account']) };
  }

  requests({ account }: Device) {
    const { factors, logins } = this.parts;
    const username = logins.byAccount(account)?.name ?? '';
    return { requests: factors.approvals.openOf(account).map((approval) => shownRequest(approval, username)) };
  }

  /** One wrong number ends the request; three lock the way for a quarter of an hour. */
  async approve(device: Device, request: string, number: string) {
    const approval = this.#open(device, request);
    const { factors } = this.parts;
    if (factors.store.isLocked(device.account, 'app')) throw settled();
    if (approval.number !== number) {
      await this.#deny(device, approval, 'wrong-number');
      await factors.refused(device.account, 'app');
      throw refusedAs('approval-denied', 'it is not the number on the screen: the request has ended');
    }
    await this.#answer(device, approval, { type: 'GrantApproval', request, device: device.device });
    factors.approvals.settle(request, 'granted');
    factors.succeeded(device.account, 'app');
    return { request, answer: 'approved' as const };
  }

  async deny(device: Device, request: string, reason: 'denied' | 'reported') {
    await this.#deny(device, this.#open(device, request), reason);
    return { request, answer: reason };
  }

  async #deny(device: Device, approval: Approval, reason: DenialReason): Promise<void> {
    const { request } = approval;
    await this.#answer(device, approval, { type: 'DenyApproval', request, device: device.device, reason });
    this.parts.factors.approvals.settle(request, reason);
  }

  /** Of two answers at once the stream takes one. */
  async #answer(
    { account: actor }: Device, { session: id }: Approval, command: Parameters<typeof session.decide>[0],
  ): Promise<void> {
    const how = { capacity: 'self', session: id, authMethod: 'swk' };
    const context = { commandId: randomUUID(), correlationId: id, actor, ...how };
    const handled = await this.parts.streams.handle(session, sessionStream(id), command, context);
    if (handled.kind === 'failed') throw notRecorded(handled.reason);
    if (handled.kind === 'refused' || handled.events.length === 0) throw settled();
  }

  /** Of another account it is as unknown as one that there is not. */
  #open({ account }: Device, request: string): Approval {
    const approval = this.parts.factors.approvals.find(request);
    if (approval?.account !== account || approval.state !== 'open') throw settled();
    return approval;
  }
}

const NAMES = [DEVICE_HEADERS.device, DEVICE_HEADERS.time, DEVICE_HEADERS.nonce, DEVICE_HEADERS.signature];
const SKEW_MS = 60_000;

const unknownDevice = () => refusedAs('device-refused', 'it is not paired here, or this was not signed by it just now');
const settled = () => refusedAs('request-settled', 'it is not open, or no longer');

function isSigned(text: string, signature: string, x: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}
