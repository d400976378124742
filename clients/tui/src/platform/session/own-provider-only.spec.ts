import { describe, expect, it } from '@jest/globals';
import type { Api } from '../api/api.js';
import { ownProviderOnly } from './own-provider-only.js';

const asked: string[] = [];
const answering = (name: string) => async () => {
  asked.push(name);
  return { kind: 'ok' as const, value: name };
};
const names = ['sessions', 'endSession', 'factors', 'signOutEverywhere', 'emi'] as const;
const api = Object.fromEntries(names.map(name => [name, answering(name)])) as unknown as Api;

describe('with the tokens of another provider', () => {
  const bounded = ownProviderOnly(api, { otherProvider: () => 'https://login.example.org/tenant' });

  it('what that one alone can do is refused by its name, and not asked for here', async () => {
    for (const answer of [bounded.sessions(), bounded.endSession('s'), bounded.factors('list'), bounded.signOutEverywhere()]) {
      expect(await answer).toMatchObject({ kind: 'problem', problem: { type: 'provider-elsewhere', provider: 'https://login.example.org/tenant' } });
    }
    expect(asked).toEqual([]);
  });

  it('everything else is asked for as ever, and with our own provider all of it', async () => {
    expect(await bounded.emi()).toEqual({ kind: 'ok', value: 'emi' });
    expect(await ownProviderOnly(api, { otherProvider: () => undefined }).sessions()).toEqual({ kind: 'ok', value: 'sessions' });
  });
});
