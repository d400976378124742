import type { CentreMarkChange } from '@portal/contract';

/** `3000N1@2017-06:68201:3`: one word that says where a change was asked for and which of that centre's it is. */
export function amendmentId(component: string, { centre, change }: Pick<CentreMarkChange, 'centre' | 'change'>): string {
  return `${component}:${centre}:${change}`;
}

export interface Amendment {
  readonly component: string;
  readonly centre: string;
  readonly change: number;
}

/** Undefined where the word names no amendment. */
export function amendmentOf(id: string): Amendment | undefined {
  const [, component, centre, change] = /^([A-Za-z0-9/-]+(?:@\d{4}-\d{2})?):(\d{5}):(\d{1,9})$/.exec(id) ?? [];
  if (component === undefined || centre === undefined) return undefined;
  return { component, centre, change: Number(change) };
}
