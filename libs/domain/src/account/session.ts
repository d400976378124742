/** A sign-in from its first step to its end: stream `session-<id>`. */
import type { DenialReason, Factor, RevocationReason, SessionEvent } from './events.js';
import type { Decider, Decision } from '../decider.js';
import { accept } from '../decider.js';

export type SessionCommand =
  | { readonly type: 'StartSignIn'; readonly account: string; readonly client: string }
  | ({ readonly type: 'SignIn' } & Extract<SessionEvent, { type: 'SignedIn' }>['data'])
  | { readonly type: 'SignOut' }
  | ({ readonly type: 'WorkAs' } & Extract<SessionEvent, { type: 'WorkAsChanged' }>['data'])
  | { readonly type: 'Revoke'; readonly reason: RevocationReason }
  /** Something that happened, each time anew. */
  | { readonly type: 'ProveFactor'; readonly amr: readonly string[] }
  /** Something that happened, each time anew. */
  | { readonly type: 'SendCode'; readonly factor: Factor }
  /** Something that happened, each time anew. */
  | { readonly type: 'RefuseCode'; readonly factor: Factor }
  | { readonly type: 'RequestApproval'; readonly request: string }
  | { readonly type: 'GrantApproval'; readonly request: string; readonly device: string }
  | { readonly type: 'DenyApproval'; readonly request: string; readonly device: string; readonly reason: DenialReason }
  | { readonly type: 'ExpireApproval'; readonly request: string };

export interface Session {
  readonly stage: 'none' | 'started' | 'signed-in' | 'signed-out';
  readonly account: string;
  readonly session: string;
  /** What was chosen last, by component: `role` or `role; member=ACCOUNT`. */
  readonly workAs: ReadonlyMap<string, string>;
  /** The request for an approval that is open; empty where none is. */
  readonly request: string;
}

/** Nothing is refused here: a step that comes twice, or after the end, records nothing. */
export const session: Decider<SessionCommand, SessionEvent, Session, never> = {
  initial: { stage: 'none', account: '', session: '', workAs: new Map(), request: '' },
  decide,
  evolve,
};

function decide(command: SessionCommand, state: Session): Decision<SessionEvent, never> {
  const { stage, account, session: id, workAs } = state;
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
    case 'Revoke': {
      const { reason } = command;
      return stage === 'signed-in' ? accept({ type: 'SessionRevoked', data: { account, session: id, reason } }) : accept();
    }
    case 'ProveFactor': {
      const { amr } = command;
      return stage === 'signed-in' ? accept({ type: 'FactorProven', data: { account, session: id, amr } }) : accept();
    }
    default:
      return stage === 'started' || stage === 'signed-in' ? decideFactor(command, state) : accept();
  }
}

type FactorCommand = Exclude<
  SessionCommand,
  { type: 'StartSignIn' | 'SignIn' | 'WorkAs' | 'SignOut' | 'Revoke' | 'ProveFactor' }
>;

/** While the sign-in is under way, and where something wants a factor again. An approval is answered once: what comes after the answer records nothing. */
function decideFactor(command: FactorCommand, { account, request: open }: Session): Decision<SessionEvent, never> {
  switch (command.type) {
    case 'SendCode':
      return accept({ type: 'CodeSent', data: { account, factor: command.factor } });
    case 'RefuseCode':
      return accept({ type: 'CodeRefused', data: { account, factor: command.factor } });
    case 'RequestApproval': {
      const { request } = command;
      return request === open ? accept() : accept({ type: 'ApprovalRequested', data: { account, request } });
    }
    default: {
      if (command.request !== open) return accept();
      const { type, ...answer } = command;
      return accept({ type: ANSWERED[type], data: { account, ...answer } } as SessionEvent);
    }
  }
}

const ANSWERED = {
  GrantApproval: 'ApprovalGranted',
  DenyApproval: 'ApprovalDenied',
  ExpireApproval: 'ApprovalExpired',
} as const;

function evolve(state: Session, event: SessionEvent): Session {
  switch (event.type) {
    case 'SignInStarted':
      return { ...state, stage: 'started', account: event.data.account };
    case 'SignedIn':
      return { ...state, stage: 'signed-in', account: event.data.account, session: event.data.session };
    case 'WorkAsChanged':
      return { ...state, workAs: new Map(state.workAs).set(event.data.component, chosen(event.data)) };
    case 'ApprovalRequested':
      return { ...state, request: event.data.request };
    case 'ApprovalGranted':
    case 'ApprovalDenied':
    case 'ApprovalExpired':
      return { ...state, request: '' };
    case 'SignedOut':
    case 'SessionRevoked':
      return { ...state, stage: 'signed-out' };
    default:
      return state;
  }
}

function chosen({ role, member }: { readonly role: string; readonly member?: string }): string {
  return member === undefined ? role : `${role}; member=${member}`;
}
