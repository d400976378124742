/** How a component's centres are sampled and adjusted: its settings, and what is usual where it has none. */
import type { AdjustmentSettings } from '../adjustment/settings.js';
import { usualTolerance } from '../adjustment/settings.js';
import type { SampleRule } from '../sampling/rules.js';
import type { ComponentSettings } from './events.js';

export interface Moderating {
  readonly rule: SampleRule;
  /** Zeros are sampled like any mark. */
  readonly withZeros: boolean;
  /** In points. */
  readonly maximum: number;
  readonly halfMarks: boolean;
  readonly settings: Omit<AdjustmentSettings, 'maximum' | 'halfMarks'>;
}

const USUAL_RULE: SampleRule = 'jcq-classic';
const USUAL_METHOD = 'ols';

/** What goes into the commands of a moderation, which keep it: a later change moves nothing that is recorded. */
export function moderatingOf(component: ComponentSettings): Moderating {
  const { maximum, halfMarks, tolerance, sampleRule, method, lambda, anchors, policies = [] } = component;
  return {
    rule: sampleRule ?? USUAL_RULE,
    withZeros: policies.includes('zeros-in-sample'),
    maximum,
    halfMarks,
    settings: {
      tolerance: tolerance ?? usualTolerance(maximum),
      method: method ?? USUAL_METHOD,
      ...(lambda !== undefined && { lambda }),
      ...(anchors !== undefined && { anchors }),
      ...(policies.includes('use-moderator-marks') && { useModeratorMarks: true }),
    },
  };
}
