import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AMP_CLIENT, API_RESOURCE } from '@portal/contract';
import { session, sessionStream, type SessionCommand } from '@portal/domain';
import { eventId, type Streams } from '@portal/event-store';
import type { Grant, Provider, ProviderContext, Session } from 'oidc-provider';
import { notRecorded } from '../http/problems.js';
import type { Database } from '../platform/database.js';
import { clientNamed } from '../sign-in/client-name.js';
import { API_SCOPE, grantLifeS, type SignIn, type SignIns } from './sign-ins.js';

export interface AmpParts {
  readonly provider: () => Promise<Provider>;
  readonly database: Database;
  readonly streams: Streams;
  readonly signIns: SignIns;
  readonly clock: () => Date;
}

/** Sign-ins at AMP, and those at the Portal that they opened: each of these is a sign-in of its own in the log. */
export class AmpSessions {
  constructor(private readonly parts: AmpParts) {}

  /** The sign-in at AMP that the browser or program shows by its cookie, while it is open. */
  async shownBy(request: IncomingMessage, response: ServerResponse): Promise<SignIn | undefined> {
    const provider = await this.parts.provider();
    return this.openBehind(await provider.Session.get({ req: request, res: response }));
  }

  openBehind(shown: Session | undefined): SignIn | undefined {
    const { signIns, clock } = this.parts;
    const grantId = shown?.grantIdFor(AMP_CLIENT);
    if (shown?.accountId === undefined || grantId === undefined) return undefined;
    const now = clock();
    const open = signIns.openOf(shown.accountId, now).find((signIn) => signIn.grantId === grantId);
    if (open === undefined) return undefined;
    // Kept by the cookie, as others are by a key of the device.
    signIns.seen(grantId, now, true);
    return open;
  }

  /** The grant by which an authorization request goes on: what was just chosen, or without a question by AMP. */
  async grantFor(ctx: ProviderContext): Promise<Grant | undefined> {
    const provider = await this.parts.provider();
    const { result, session: shown, client } = ctx.oidc ?? {};
    const chosen = result?.consent?.grantId;
    if (chosen !== undefined) return provider.Grant.find(chosen);
    const amp = this.openBehind(shown);
    if (amp === undefined || client === undefined) return undefined;
    return client.clientId === AMP_CLIENT ? provider.Grant.find(amp.grantId) : this.#open(provider, amp, ctx, client.clientId);
  }

  /** Ends it and all that it opened; gives how many those were. */
  async end(amp: SignIn): Promise<number> {
    const { database, signIns } = this.parts;
    const rows = database.prepare('SELECT session FROM amp_openings WHERE amp_session = ?').all(amp.session);
    const opened = rows.flatMap((row) => signIns.findBySession(String(row['session'])) ?? []);
    for (const { grantId, account: by } of opened) await signIns.revoke(grantId, { reason: 'amp-sign-out', by });
    await signIns.revoke(amp.grantId);
    database.prepare('DELETE FROM amp_openings WHERE amp_session = ?').run(amp.session);
    return opened.length + 1;
  }

  /** One of a person's own is ended from another, with all that it opened. False where it was over already. */
  async endFrom(by: { readonly account: string; readonly session: string; readonly amr: readonly string[] }, id: string): Promise<boolean> {
    const { database, signIns, clock } = this.parts;
    const { account: who, session: from, amr } = by;
    if (!signIns.openOf(who, clock()).some(({ session: one }) => one === id)) return false;
    const commandId = randomUUID();
    const context = { commandId, correlationId: commandId, actor: who, capacity: 'self', session: from, authMethod: amr.join(' ') };
    const opened = database.prepare('SELECT session FROM amp_openings WHERE amp_session = ?').all(id);
    for (const row of opened) await signIns.revokeOneBy(who, String(row['session']), clock(), context);
    database.prepare('DELETE FROM amp_openings WHERE amp_session = ?').run(id);
    return signIns.revokeOneBy(who, id, clock(), context);
  }

  /** Signed in again in the same browser: what the earlier one opened goes on under the new one. */
  async replace(earlier: string, by: SignIn): Promise<void> {
    const { database, signIns, clock } = this.parts;
    const old = signIns.openOf(by.account, clock()).find(({ session: id }) => id === earlier);
    if (old === undefined || old.session === by.session) return;
    database.prepare('UPDATE amp_openings SET amp_session = ? WHERE amp_session = ?').run(by.session, old.session);
    await signIns.revoke(old.grantId, { reason: 'replaced', by: by.account });
  }

  /** In the log before anything is issued by it. How and when the person was recognised is what AMP knows of it. */
  async #open(provider: Provider, amp: SignIn, ctx: ProviderContext, clientId: string): Promise<Grant> {
    const { database, signIns, clock } = this.parts;
    const device = clientNamed(ctx.req.headers['user-agent']);
    const { account: who, amr, kept, authTime } = amp;
    const id = randomUUID();
    await this.#record(id, amp, { type: 'StartSignIn', account: who, client: device });
    await this.#record(id, amp, { type: 'SignIn', account: who, session: id, amr, device, kept });
    const leftS = authTime + grantLifeS(kept) - Math.floor(clock().getTime() / 1000);
    const grant = new provider.Grant({ accountId: who, clientId, expiresIn: Math.max(1, leftS) });
    grant.addOIDCScope('openid offline_access');
    grant.addResourceScope(API_RESOURCE, API_SCOPE);
    const grantId = await grant.save();
    signIns.add({ ...amp, grantId, session: id, device }, clock());
    database.prepare('INSERT INTO amp_openings VALUES (?, ?)').run(id, amp.session);
    return grant;
  }

  async #record(id: string, { account: who, amr, session: by }: SignIn, command: SessionCommand): Promise<void> {
    const context = {
      commandId: eventId(id, command.type, 0), correlationId: by, actor: who, capacity: 'self', session: id,
      authMethod: amr.join(' '),
    };
    const handled = await this.parts.streams.handle(session, sessionStream(id), command, context);
    if (handled.kind === 'failed') throw notRecorded(handled.reason);
  }
}
