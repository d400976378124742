import type { Sheet } from '@portal/contract';
import type { Api } from './platform/api/api.js';
import type { ApiResult } from './platform/api/result.js';
import type { NotTaken } from './platform/outbox/outbox.js';

const AT_ONCE = 6;

export interface EnteredSheets {
  /** Those on which something is entered and not submitted. */
  readonly sheets: readonly Sheet[];
  /** Candidates of the whole component without a mark. */
  readonly left: number;
  /** What was typed for candidates who can still be submitted, and is recorded nowhere. */
  readonly notTaken: readonly NotTaken[];
}

/** What a submission is made of. `typed`: what this machine knows to be recorded nowhere. */
export async function readEnteredSheets(api: Api, component: string, typed: readonly NotTaken[]): Promise<ApiResult<EnteredSheets>> {
  const list = await api.sheets(component);
  if (list.kind !== 'ok') return list;
  const isAsked = (centre: string) => typed.some((one) => one.centre === centre);
  const wanted = list.value.filter(({ centre, entered }) => entered > 0 || isAsked(centre));
  const read: Sheet[] = [];
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const some = await Promise.all(wanted.slice(from, from + AT_ONCE).map(({ centre }) => api.sheet(component, centre)));
    for (const sheet of some) {
      if (sheet.kind !== 'ok') return sheet;
      read.push(sheet.value);
    }
  }
  const sheets = read.filter(({ candidates }) => candidates.some(({ state }) => state === 'entered'));
  const left = list.value.reduce((sum, one) => sum + one.left, 0);
  return { kind: 'ok', value: { sheets, left, notTaken: typed.filter((one) => isOpen(one, read)) } };
}

/** Who has been submitted since, or given to somebody else, is no matter of this submission. */
function isOpen({ centre, candidate }: NotTaken, read: readonly Sheet[]): boolean {
  const found = read.find((sheet) => sheet.centre === centre)?.candidates.find((one) => one.candidate === candidate);
  return found !== undefined && found.state !== 'submitted';
}
