import { eventId } from '@portal/event-store';
import type { AccountDirectory } from '@portal/identity';

/**
 * An installation where nobody has an account yet invites its administrator, by a letter. Once: with the same name it is the
 * same command, and where there are accounts nothing is done.
 */
export async function inviteFirstAdmin(directory: AccountDirectory, address: string): Promise<boolean> {
  if (!directory.isEmpty()) return false;
  const wanted = { username: address, displayName: 'Administrator', roles: ['admin'], email: address };
  const commandId = eventId(NAMESPACE, address, 0);
  const answer = await directory.create(wanted, {
    commandId, correlationId: commandId, actor: 'process:first-admin', capacity: 'admin', session: 'process', authMethod: 'process',
  });
  if ('event' in answer) return true;
  throw new Error(`the first administrator could not be invited: ${JSON.stringify(answer)}`);
}

/** Of these commands alone. */
const NAMESPACE = 'f3b3c9e2-5d0a-4c6e-9a57-3c1f0f0f8a11';
