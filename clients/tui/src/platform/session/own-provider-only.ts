import type { Api } from '../api/api.js';
import type { ApiResult } from '../api/result.js';
import type { Session } from './session.js';

/**
 * What only our own provider can do: list and end sign-ins, set factors up. With another one's tokens it would be answered
 * as if nobody were signed in, and that is not so: here it is refused by its name.
 */
export function ownProviderOnly(api: Api, session: Pick<Session, 'otherProvider'>): Api {
  const ours = <T>(call: () => Promise<ApiResult<T>>): Promise<ApiResult<T>> => {
    const provider = session.otherProvider();
    return provider === undefined ? call() : Promise.resolve(elsewhere(provider));
  };
  return {
    ...api,
    sessions: () => ours(() => api.sessions()),
    endSession: id => ours(() => api.endSession(id)),
    factors: (deed, body, how) => ours(() => api.factors(deed, body, how)),
    signOutEverywhere: () => ours(() => api.signOutEverywhere()),
  };
}

const elsewhere = (provider: string): ApiResult<never> => ({
  kind: 'problem',
  problem: { type: 'provider-elsewhere', title: 'Another provider keeps these sign-ins', status: 409, detail: '', provider },
});
