import type { World } from './app.world.js';
import type { ApiResult } from './platform/api/result.js';
import { sentenceOf } from './platform/i18n/not-done.js';
import type { Interpreter, Interpreters } from './platform/program.js';
import { stillOpen } from './platform/session/still-open.js';
import type { AccountEffect, AccountMessage, FactorsSetUp } from './screens/account/account.state.js';

/** What the page of one's own sign-ins and factors asks for. */

type Of<T extends AccountEffect['type']> = Extract<AccountEffect, { type: T }>;
type Answer = (message: AccountMessage) => void;
type Codes = { readonly codes: readonly string[] };

export function accountInterpreters(world: World): Interpreters {
  const { client, dispatch } = world;
  const { api } = client;
  const call = <T>(asked: Promise<ApiResult<T>>, answer: Answer, ok: (value: T) => AccountMessage) =>
    client.call(asked, { ok, refused: (sentence) => ({ type: 'refused', sentence }), answer: answer as never });
  const handlers: { readonly [T in AccountEffect['type']]: (effect: Of<T>, answer: Answer) => void | Promise<void> } = {
    'account/sessions': (_, answer) => call(api.sessions(), answer, ({ sessions }) => ({ type: 'sessions', sessions })),
    'account/factors': async ({ quietly }, answer) => {
      const listed = await api.factors<FactorsSetUp>('list', {}, { quietly });
      if (listed.kind === 'ok') return answer({ type: 'factors', ...listed.value });
      if (!quietly) answer({ type: 'refused', sentence: sentenceOf(listed) });
    },
    'account/end': ({ session }, answer) =>
      call(api.endSession(session), answer, ({ ended }) => ({ type: 'ended', sentence: { id: ended ? 'account.ended' : 'account.not-open' } })),
    'account/everywhere': async (_, answer) => {
      const { signOutEverywhere } = await import('./platform/session/session.js');
      const result = await signOutEverywhere(api, client.session);
      if (result.kind !== 'ok') return answer({ type: 'refused', sentence: sentenceOf(result) });
      await client.end();
      dispatch({ type: 'signed-out' });
    },
    'account/leave': () => signOutHere(world),
    'account/begin': ({ factor }, answer) => begin(call, world, factor, answer),
    'account/phone': ({ phone }, answer) =>
      call(api.factors<{ sentTo: string }>('sms', { phone }), answer, ({ sentTo }) => ({ type: 'setting-up', setUp: { kind: 'sms', sentTo } })),
    'account/confirm': ({ factor, code }, answer) =>
      call(api.factors<Codes>(`${factor}-confirmation`, { code }), answer, ({ codes }) => ({ type: 'set-up', codes })),
  };
  return handlers as unknown as Readonly<Record<string, Interpreter>>;
}

/** On this device; what waits to be sent stays. */
export async function signOutHere({ client, dispatch }: World): Promise<void> {
  const provider = client.session.otherProvider();
  await client.end();
  await client.session.signOut();
  dispatch({ type: 'signed-out', stillOpen: await stillOpen(client.options, provider) });
}

type Call = <T>(asked: Promise<ApiResult<T>>, answer: Answer, ok: (value: T) => AccountMessage) => Promise<void>;

function begin(call: Call, { client: { api } }: World, factor: Of<'account/begin'>['factor'], answer: Answer): Promise<void> {
  if (factor === 'recovery') return call(api.factors<Codes>('recovery'), answer, ({ codes }) => ({ type: 'set-up', codes }));
  if (factor === 'app') {
    return call(api.factors<{ uri: string; expiresAt: string }>('app'), answer, ({ uri, expiresAt }) => ({
      type: 'setting-up', setUp: { kind: 'app', uri, expiresAt, secondsLeft: 0 },
    }));
  }
  return call(api.factors<{ secret: string; uri: string }>('totp'), answer, ({ secret, uri }) => ({
    type: 'setting-up', setUp: { kind: 'totp', secret, uri },
  }));
}
