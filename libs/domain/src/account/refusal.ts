/** Why an account is refused. */
export type AccountRefusal =
  | { readonly reason: 'AccountExists'; readonly account: string }
  | { readonly reason: 'PersonUnknown'; readonly person: string }
  | { readonly reason: 'RoleUnknown'; readonly role: string }
  /** What somebody else must do. */
  | { readonly reason: 'OwnAccount' };
