/** Which sign-ins have ended, by whomever? Whoever still shows a token of theirs is refused. */
import type { View } from './view.js';
import { known } from './view.js';

export interface EndedSessionDocument {
  readonly session: string;
}

/** Key: the session. One that ran out by itself is not here: its tokens have run out before it. */
export const endedSessions: View<EndedSessionDocument> = {
  name: 'ended-sessions',
  version: 1,
  types: ['SignedOut', 'SessionRevoked'],
  keys(event) {
    const happened = known(event);
    return happened.type === 'SignedOut' || happened.type === 'SessionRevoked' ? [happened.data.session] : [];
  },
  evolve: (session) => ({ session }),
};
