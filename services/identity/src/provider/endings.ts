import { session, sessionStream, type RevocationReason } from '@portal/domain';
import { eventId, type CommandContext, type Handled, type Streams } from '@portal/event-store';
import type { SignIn } from './sign-ins.js';

/** Why a sign-in ended other than by signing out of it, and who did it: an account id, or a process. */
export interface Ending {
  readonly reason: RevocationReason;
  readonly by: string;
}

export const PROCESS = 'process:identity';
export const REUSED: Ending = { reason: 'reuse', by: PROCESS };

/** Without an ending the person signed out of it. The same end again records nothing. */
export function recordEnd(
  streams: Streams, signIn: SignIn, ending: Ending | undefined, given?: CommandContext,
): Promise<Handled<unknown, unknown>> {
  const { session: id, account, amr } = signIn;
  const command = ending === undefined ? ({ type: 'SignOut' } as const) : ({ type: 'Revoke', reason: ending.reason } as const);
  return streams.handle(session, sessionStream(id), command, given === undefined ? own() : { ...given, commandId: eventId(given.commandId, id, 0) });

  function own(): CommandContext {
    const commandId = eventId(id, ending === undefined ? 'sign-out' : 'revoke', 0);
    const common = { commandId, correlationId: commandId, capacity: 'self' };
    return ending === undefined || ending.by === account
      ? { ...common, actor: account, session: id, authMethod: amr.join(' ') }
      : { ...common, actor: ending.by, session: 'identity', authMethod: 'none' };
  }
}
