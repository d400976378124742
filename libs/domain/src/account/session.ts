/** A sign-in from its first step to its end: stream `session-<id>`. */
import type { SessionEvent } from './events.js';
import type { Decider, Decision } from '../decider.js';
import { accept } from '../decider.js';

export type SessionCommand =
  | { readonly type: 'StartSignIn'; readonly account: string; readonly client: string }
  | ({ readonly type: 'SignIn' } & Extract<SessionEvent, { type: 'SignedIn' }>['data'])
  | { readonly type: 'SignOut' }
  | ({ readonly type: 'WorkAs' } & Extract<SessionEvent, { type: 'WorkAsChanged' }>['data']);

export interface Session {
  readonly stage: 'none' | 'started' | 'signed-in' | 'signed-out';
  readonly account: string;
  readonly session: string;
  /** What was chosen last, by component: `role` or `role; member=ACCOUNT`. */
  readonly workAs: ReadonlyMap<string, string>;
}

/** Nothing is refused here: a step that comes twice, or after the end, records nothing. */
export const session: Decider<SessionCommand, SessionEvent, Session, never> = {
  initial: { stage: 'none', account: '', session: '', workAs: new Map() },
  decide,
  evolve,
};

function decide(
  command: SessionCommand,
  { stage, account, session: id, workAs }: Session,
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
    case 'WorkAs': {
      // Of a provider elsewhere nothing but this may be known of the session.
      const { type: _, ...data } = command;
      const isNew = stage !== 'signed-out' && workAs.get(data.component) !== chosen(data);
      return isNew ? accept({ type: 'WorkAsChanged', data }) : accept();
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
      return { ...state, stage: 'signed-in', account: event.data.account, session: event.data.session };
    case 'WorkAsChanged':
      return { ...state, workAs: new Map(state.workAs).set(event.data.component, chosen(event.data)) };
    case 'SignedOut':
      return { ...state, stage: 'signed-out' };
    default:
      return state;
  }
}

function chosen({ role, member }: { readonly role: string; readonly member?: string }): string {
  return member === undefined ? role : `${role}; member=${member}`;
}
