import { sign, verify, type KeyObject } from 'node:crypto';
import { accept, type Decider } from '@portal/domain';
import { canonicalJson } from '../chain.js';
import type { EventData } from '../port.js';
import type { Covered } from './rolling.js';

/** A checkpoint as it stands in the log and, a line each, in `notary.jsonl`. */
export type Checkpoint = Covered & { readonly signature: string };

export interface CheckpointSigned {
  readonly type: 'CheckpointSigned';
  readonly data: Checkpoint;
}

export const checkpointDecider: Decider<Checkpoint, CheckpointSigned, Checkpoint | undefined, never> = {
  initial: undefined,
  decide: (checkpoint, last) =>
    last !== undefined && last.position >= checkpoint.position
      ? accept()
      : accept({ type: 'CheckpointSigned', data: checkpoint }),
  evolve: (_, event) => event.data,
};

export function signCheckpoint({ position, count, hash }: Covered, key: KeyObject): Checkpoint {
  return {
    position,
    count,
    hash,
    signature: sign(null, signedBytes({ position, count, hash }), key).toString('base64'),
  };
}

export function isSigned(checkpoint: Checkpoint, publicKey: KeyObject): boolean {
  return verify(null, signedBytes(checkpoint), publicKey, Buffer.from(checkpoint.signature, 'base64'));
}

/** Undefined where it is none. */
export function parseCheckpoint(data: EventData): Checkpoint | undefined {
  const { position, count, hash, signature } = data;
  if (typeof position !== 'string' || typeof count !== 'number') return undefined;
  if (typeof hash !== 'string' || typeof signature !== 'string') return undefined;
  return { position, count, hash, signature };
}

const signedBytes = ({ position, count, hash }: Covered): Buffer =>
  Buffer.from(canonicalJson({ position, count, hash }));
