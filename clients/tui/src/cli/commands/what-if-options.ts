import type { MODERATION_CHOICES, ModerationChoice, WhatIf } from '@portal/contract';
import type { Anchors } from './anchors.js';

/** What one command line asks to compare: every method under every tolerance. */
export interface WhatIfOptions {
  readonly method?: readonly ModerationChoice[];
  readonly tolerance?: readonly number[];
  /** For `deming` alone. */
  readonly lambda?: readonly string[];
  /** For `piecewise` alone. */
  readonly anchors?: readonly Anchors[];
}

export type WhatIfOption = WhatIf['options'][number];

/** The contract's own list. */
export const METHODS: typeof MODERATION_CHOICES = [
  'ols', 'structural', 'deming', 'constant', 'piecewise', 'use-moderator-marks', 'accept',
];

/** Without a method all that need nothing more are compared, and `piecewise` where anchors are given. */
export function optionsIn({ method, tolerance = [], lambda = [], anchors = [] }: WhatIfOptions): WhatIfOption[] {
  const methods = method ?? METHODS.filter(one => one !== 'piecewise' || anchors.length > 0);
  return methods.flatMap(one =>
    orNone(tolerance).flatMap(within =>
      settingsOf(one, lambda, anchors).map(settings => ({
        method: one,
        ...(within !== undefined && { tolerance: within }),
        ...settings,
      })),
    ),
  );
}

type Settings = Pick<WhatIfOption, 'lambda' | 'anchors'>;

function settingsOf(method: ModerationChoice, lambda: readonly string[], anchors: readonly Anchors[]): readonly Settings[] {
  if (method === 'deming' && lambda.length > 0) return lambda.map(one => ({ lambda: one }));
  if (method === 'piecewise' && anchors.length > 0) return anchors.map(one => ({ anchors: [...one] }));
  return [{}];
}

function orNone<T>(values: readonly T[]): readonly (T | undefined)[] {
  return values.length > 0 ? values : [undefined];
}
