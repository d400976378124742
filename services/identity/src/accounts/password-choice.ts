import { randomUUID } from 'node:crypto';
import { account, accountStream } from '@portal/domain';
import type { FailureReason, Streams } from '@portal/event-store';
import { inTransaction, type Database } from '../platform/database.js';
import type { Passwords } from '../platform/passwords.js';
import type { SignIns } from '../provider/sign-ins.js';
import type { Invitations } from './invitations.js';
import type { Logins } from './logins.js';

export interface PasswordChoiceParts {
  readonly database: Database;
  readonly streams: Streams;
  readonly logins: Logins;
  readonly invitations: Invitations;
  readonly passwords: Passwords;
  readonly signIns: SignIns;
  readonly clock: () => Date;
}

/** By whom, and whether the one before was forgotten. */
export interface Choosing {
  readonly actor: string;
  readonly command: 'ChoosePassword' | 'ResetPassword';
}

/**
 * First the event, then the hash: where the event could not be recorded, the old password stays. Whoever came in by
 * the old one is out with it.
 */
export async function choosePassword(
  parts: PasswordChoiceParts, id: string, password: string, { actor, command }: Choosing,
): Promise<FailureReason | undefined> {
  const { database, streams, passwords, logins, invitations, signIns, clock } = parts;
  const hash = await passwords.hash(password);
  const commandId = randomUUID();
  const reason = command === 'ResetPassword' ? 'password-reset' : 'password-chosen';
  const authMethod = command === 'ResetPassword' ? 'mail' : 'invitation';
  const context = { commandId, correlationId: commandId, actor, capacity: 'self', session: 'identity', authMethod };
  const chosen = await streams.handle(account, accountStream(id), { type: command }, context);
  if (chosen.kind === 'failed') return chosen.reason;
  if (chosen.kind === 'refused') throw new Error('a login has no account in the log');
  inTransaction(database, () => {
    logins.setPassword(id, hash);
    invitations.useUp(id);
    signIns.revokeAll(id, clock(), { reason, by: actor });
  });
  await signIns.recordEnded(id);
  return undefined;
}
