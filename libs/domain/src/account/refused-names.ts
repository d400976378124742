/** Sign-ins refused under unknown names, one stream a day, so limited that nobody can fill the log with them. */
import type { Decider } from '../decider.js';
import { accept } from '../decider.js';
import type { RefusalOfPasswordEvent } from './events.js';

export interface RefuseName {
  readonly type: 'RefuseName';
  /** Keyed: people type passwords into the field for the name. */
  readonly nameHash: string;
  readonly client: string;
}

export interface RefusedNames {
  readonly total: number;
  readonly byName: ReadonlyMap<string, number>;
}

export const REFUSED_A_NAME_A_DAY = 20;
export const REFUSED_A_DAY = 2000;

export const refusedNames: Decider<RefuseName, RefusalOfPasswordEvent, RefusedNames, never> = {
  initial: { total: 0, byName: new Map() },
  decide({ nameHash, client }, { total, byName }) {
    if (total >= REFUSED_A_DAY || (byName.get(nameHash) ?? 0) >= REFUSED_A_NAME_A_DAY) return accept();
    return accept({ type: 'PasswordRefused', data: { nameHash, client } });
  },
  evolve({ total, byName }, { data: { nameHash = '' } }) {
    return { total: total + 1, byName: new Map(byName).set(nameHash, (byName.get(nameHash) ?? 0) + 1) };
  },
};
