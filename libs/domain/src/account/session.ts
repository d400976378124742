/** A sign-in from its first step to its end: stream `session-<id>`. */
import type { SessionEvent } from './events.js';
import type { Decider, Decision } from '../decider.js';
import { accept } from '../decider.js';

export type SessionCommand =
  | { readonly type: 'StartSignIn'; readonly account: string; readonly client: string }
  | ({ readonly type: 'SignIn' } & Extract<SessionEvent, { type: 'SignedIn' }>['data'])
  | { readonly type: 'SignOut' };

export interface Session {
  readonly stage: 'none' | 'started' | 'signed-in' | 'signed-out';
  readonly account: string;
  readonly session: string;
}

/** Nothing is refused here: a step that comes twice, or after the end, records nothing. */
export const session: Decider<SessionCommand, SessionEvent, Session, never> = {
  initial: { stage: 'none', account: '', session: '' },
  decide,
  evolve,
};

function decide(
  command: SessionCommand,
  { stage, account, session: id }: Session,
): Decision<SessionEvent, never> {
  switch (command.type) {
    case 'StartSignIn': {
      const { account: who, client } = command;
      return stage === 'none' ? accept({ type: 'SignInStarted', data: { account: who, client } }) : accept();
    }
    case 'SignIn': {
      const { type: _, ...data } = command;
      return stage === 'none' || stage === 'started' ? accept({ type: 'SignedIn', data }) : accept();
    }
    case 'SignOut':
      return stage === 'signed-in' ? accept({ type: 'SignedOut', data: { account, session: id } }) : accept();
  }
}

function evolve(state: Session, event: SessionEvent): Session {
  switch (event.type) {
    case 'SignInStarted':
      return { ...state, stage: 'started', account: event.data.account };
    case 'SignedIn':
      return { stage: 'signed-in', account: event.data.account, session: event.data.session };
    case 'SignedOut':
      return { ...state, stage: 'signed-out' };
    default:
      return state;
  }
}
