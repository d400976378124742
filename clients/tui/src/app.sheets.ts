import type { Sheet } from '@portal/contract';
import type { Api } from './platform/api/api.js';
import type { ApiResult } from './platform/api/result.js';

const AT_ONCE = 6;

export interface EnteredSheets {
  /** Those on which something is entered and not submitted. */
  readonly sheets: readonly Sheet[];
  /** Candidates of the whole component without a mark. */
  readonly left: number;
}

/** What a submission is made of. */
export async function readEnteredSheets(api: Api, component: string): Promise<ApiResult<EnteredSheets>> {
  const list = await api.sheets(component);
  if (list.kind !== 'ok') return list;
  const wanted = list.value.filter(({ entered }) => entered > 0);
  const sheets: Sheet[] = [];
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const read = await Promise.all(wanted.slice(from, from + AT_ONCE).map(({ centre }) => api.sheet(component, centre)));
    for (const sheet of read) {
      if (sheet.kind !== 'ok') return sheet;
      sheets.push(sheet.value);
    }
  }
  return { kind: 'ok', value: { sheets, left: list.value.reduce((sum, { left }) => sum + left, 0) } };
}
