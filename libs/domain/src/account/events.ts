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
  | { readonly type: 'PasswordChosen'; readonly data: { readonly account: string } };

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
    };

/** For a known account in its own stream; for an unknown name only a keyed hash, in one stream a day. */
export type RefusalOfPasswordEvent = {
  readonly type: 'PasswordRefused';
  readonly data: { readonly account?: string; readonly nameHash?: string; readonly client: string };
};
