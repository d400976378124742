/** The team of one component: stream `team-<component>`, a tree of accounts. */

export type TeamRole = 'examiner' | 'moderator' | 'team-leader' | 'principal' | 'chair';

export type TeamEvent =
  | {
      readonly type: 'TeamMemberPlaced';
      readonly data: {
        readonly component: string;
        readonly person: string;
        readonly role: TeamRole;
        /** The account directly above; absent at the top. */
        readonly senior?: string;
      };
    }
  | {
      readonly type: 'TeamMemberRemoved';
      readonly data: { readonly component: string; readonly person: string; readonly role: TeamRole };
    };
