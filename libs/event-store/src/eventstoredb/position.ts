/** Both halves of a position are kept: one alone is not always a place to go on from. */
import type { Position as BothPositions } from '@eventstore/db-client';
import type { Position } from '../port.js';

const DIGITS = 20;

export function toPosition({ commit, prepare }: BothPositions): Position {
  const padded = String(commit).padStart(DIGITS, '0');
  return `${padded}/${commit === prepare ? padded : String(prepare).padStart(DIGITS, '0')}`;
}

export function fromPosition(position: Position): BothPositions {
  const [, commit, prepare] = /^(\d{20})\/(\d{20})$/.exec(position) ?? [];
  if (commit === undefined || prepare === undefined)
    throw new RangeError(`not a position of this store: ${JSON.stringify(position)}`);
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}
