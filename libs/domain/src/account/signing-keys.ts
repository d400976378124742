/** The keys that tokens are signed with, one after another: stream `signingKeys`. */
import type { SigningKeyEvent } from './events.js';
import type { Decider } from '../decider.js';
import { accept } from '../decider.js';

export interface RotateSigningKey {
  readonly type: 'RotateSigningKey';
  /** What it is published under. */
  readonly key: string;
  /** The one that has signed so far. */
  readonly before: string;
}

export interface SigningKeysState {
  /** Empty while it is the first. */
  readonly key: string;
}

/** The same key again records nothing. */
export const signingKeys: Decider<RotateSigningKey, SigningKeyEvent, SigningKeysState, never> = {
  initial: { key: '' },
  decide({ key, before }, state) {
    return key === state.key ? accept() : accept({ type: 'SigningKeyRotated', data: { key, before } });
  },
  evolve: (_, { data: { key } }) => ({ key }),
};
