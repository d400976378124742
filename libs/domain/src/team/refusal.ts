/** Why a team says no. */
export type TeamRefusal =
  | { readonly reason: 'RoleUnknown'; readonly role: string }
  /** Not in this team. */
  | { readonly reason: 'PersonUnknown'; readonly person: string }
  /** Stands no higher than the one to be placed below. */
  | { readonly reason: 'NotSenior'; readonly person: string }
  /** Stands, directly or not, below the one to be placed. */
  | { readonly reason: 'TeamCycle'; readonly person: string };
