import type { Comparison, IamisSummary, ModerationChoice, WhatIf } from '@portal/contract';
import type { Field } from '../../components/field.js';
import type { Asking } from './deeds.js';

export type Option = WhatIf['options'][number];

export interface WhatIfState extends Asking {
  readonly component: IamisSummary;
  readonly centre: string;
  readonly name: string;
  readonly tolerance: number;
  readonly options: readonly Option[];
  /** In the order of the options; undefined while the service reckons. */
  readonly comparisons: readonly Comparison[] | undefined;
  readonly selected: number;
  readonly mode: WhatIfMode;
}

export type WhatIfMode =
  | { readonly kind: 'looking' }
  | { readonly kind: 'tolerance' | 'anchors' | 'reason'; readonly field: Field };

export const LOOKING: WhatIfMode = { kind: 'looking' };

/** What the service compares at once. */
export const MOST_OPTIONS = 12;

const USUAL: readonly ModerationChoice[] = ['ols', 'structural', 'deming', 'constant', 'use-moderator-marks', 'accept'];

export const usualOptions = (): readonly Option[] => USUAL.map((method) => ({ method }));

/** `10:+2 30:-1`: at the centre mark 10 two more, at 30 one less. Undefined where it is not written so. */
export function readAnchors(text: string): Option['anchors'] | undefined {
  const parts = text.trim().split(/[\s,;]+/);
  const anchors = parts.map((part) => /^(\d{1,4}):([+−-]?\d{1,4})$/.exec(part));
  if (anchors.length > 20 || anchors.some((one) => one === null)) return undefined;
  return anchors.map((one) => ({ at: Number(one![1]), difference: Number(one![2]!.replace('−', '-')) }));
}

/** As a person writes it. */
export function anchorsText(anchors: Option['anchors']): string {
  return (anchors ?? []).map(({ at, difference }) => `${at}:${difference < 0 ? '−' : '+'}${Math.abs(difference)}`).join(' ');
}
