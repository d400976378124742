/** An account (`account-<id>`), the person behind it (`person-<random>`, erasable), its sign-ins (`session-<id>`). */

export type StaffRole = 'auditor' | 'admin';
/** What an account may be at all; what one is on a component stands in the team. */
export type AccountRole = 'appointee' | StaffRole;

export type AccountEvent =
  | {
      readonly type: 'AccountCreated';
      /** `person` names the erasable stream with name and address. */
      readonly data: { readonly account: string; readonly person: string; readonly roles: readonly AccountRole[] };
    }
  | { readonly type: 'AccountUnlocked'; readonly data: { readonly account: string } }
  | { readonly type: 'PasswordChosen'; readonly data: { readonly account: string } }
  /** Chosen anew by a code that was sent to the person. */
  | { readonly type: 'PasswordReset'; readonly data: { readonly account: string } }
  /** Nobody signs in under it until it is enabled. */
  | { readonly type: 'AccountDisabled'; readonly data: { readonly account: string } }
  | { readonly type: 'AccountEnabled'; readonly data: { readonly account: string } }
  | {
      readonly type: 'TemporaryPassIssued';
      /** In place of a second factor, once, until then (ISO 8601). */
      readonly data: { readonly account: string; readonly until: string };
    }
  | {
      readonly type: 'AccountLocked';
      /** For one place, or for every place from which nobody has signed in yet; `until` is ISO 8601. */
      readonly data: { readonly account: string; readonly scope: LockScope; readonly until: string };
    }
  | {
      readonly type: 'FactorSetUp';
      /** `device` with the app: an id of this installation. */
      readonly data: { readonly account: string; readonly factor: Factor; readonly device?: string };
    }
  | {
      readonly type: 'FactorLocked';
      readonly data: { readonly account: string; readonly factor: Factor; readonly until: string };
    }
  | { readonly type: 'FactorsReset'; readonly data: { readonly account: string; readonly factors: readonly Factor[] } };

export type LockScope = 'place' | 'new-places';

/** What is asked for besides the password: an approval on a paired device, or a code. */
export type Factor = 'app' | 'totp' | 'sms' | 'recovery';

export type PersonEvent = {
  readonly type: 'PersonRecorded';
  readonly data: { readonly account: string; readonly username: string; readonly displayName: string };
};

export type SessionEvent =
  | { readonly type: 'SignInStarted'; readonly data: { readonly account: string; readonly client: string } }
  | {
      readonly type: 'SignedIn';
      readonly data: {
        readonly account: string;
        readonly session: string;
        /** RFC 8176 names, e.g. `pwd`. */
        readonly amr: readonly string[];
        readonly device: string;
        readonly kept: boolean;
      };
    }
  | { readonly type: 'SignedOut'; readonly data: { readonly account: string; readonly session: string } }
  | {
      readonly type: 'WorkAsChanged';
      /** A record of what was chosen, never what allows anything. `member`: whose part is looked at, an account id. */
      readonly data: {
        readonly account: string;
        readonly session: string;
        readonly component: string;
        readonly role: string;
        readonly member?: string;
      };
    }
  /** Ended by something other than signing out of it. `reason` is absent where it was recorded before there were any. */
  | {
      readonly type: 'SessionRevoked';
      readonly data: { readonly account: string; readonly session: string; readonly reason?: RevocationReason };
    }
  /** Again, while signed in: for something that wants a factor of late. */
  | {
      readonly type: 'FactorProven';
      readonly data: { readonly account: string; readonly session: string; readonly amr: readonly string[] };
    }
  | { readonly type: 'CodeSent'; readonly data: { readonly account: string; readonly factor: Factor } }
  | { readonly type: 'CodeRefused'; readonly data: { readonly account: string; readonly factor: Factor } }
  | ApprovalEvent;

/**
 * `reuse`: a token or code was presented after its use. `password-reset`, `password-chosen`: whoever came in by the one
 * before is out. `amp-sign-out`: AMP, which had opened it, was signed out of. `replaced`: signed in again in the same
 * browser. `elsewhere`: by the person, from another sign-in. `grant-gone`: nothing could be issued by it any more.
 */
export type RevocationReason =
  | 'reuse'
  | 'password-reset'
  | 'password-chosen'
  | 'amp-sign-out'
  | 'replaced'
  | 'elsewhere'
  | 'administrator'
  | 'disabled'
  | 'grant-gone';

/** `request` is one number shown, `device` the one that answered. The number itself is in no event. */
export type ApprovalEvent =
  | { readonly type: 'ApprovalRequested'; readonly data: { readonly account: string; readonly request: string } }
  | {
      readonly type: 'ApprovalGranted';
      readonly data: { readonly account: string; readonly request: string; readonly device: string };
    }
  | {
      readonly type: 'ApprovalDenied';
      readonly data: {
        readonly account: string;
        readonly request: string;
        readonly device: string;
        readonly reason: DenialReason;
      };
    }
  | { readonly type: 'ApprovalExpired'; readonly data: { readonly account: string; readonly request: string } };

/** `reported`: the person did not ask for it. */
export type DenialReason = 'denied' | 'reported' | 'wrong-number';

/** Tokens are signed with another key from now on: both are named as they are published, neither is in any event. */
export type SigningKeyEvent = {
  readonly type: 'SigningKeyRotated';
  readonly data: { readonly key: string; readonly before: string };
};

/** For a known account in its own stream; for an unknown name only a keyed hash, in one stream a day. */
export type RefusalOfPasswordEvent = {
  readonly type: 'PasswordRefused';
  readonly data: { readonly account?: string; readonly nameHash?: string; readonly client: string };
};
