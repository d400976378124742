/** A component in one series: stream `component-<component>`, its id written `CODE@YYYY-MM`. */
import type { Anchor, Method } from '../adjustment/settings.js';
import type { SampleRule } from '../sampling/rules.js';

import type { TextReference } from '../text.js';

export interface ComponentSettings {
  readonly kind: 'EMI' | 'IAMIS';
  /** "January 2017": `^(January|March|June|November) \d{4}$`. */
  readonly series: string;
  /** "GCSE". */
  readonly qualification: string;
  readonly titles: { readonly en: string; readonly cy: string };
  /** In points. */
  readonly maximum: number;
  readonly halfMarks: boolean;
  /** ISO instant. */
  readonly deadline: string;
  /** In points. This and what follows concern moderation; what is absent is as `moderating.ts` has it. */
  readonly tolerance?: number;
  readonly sampleRule?: SampleRule;
  readonly method?: Method;
  /** For the method deming: a decimal above zero. */
  readonly lambda?: string;
  /** For the method piecewise, in whole points. */
  readonly anchors?: readonly Anchor[];
  /** Policies of adjustment/settings.ts, each once. */
  readonly policies?: readonly string[];
}

export type ComponentEvent =
  | { readonly type: 'ComponentDefined'; readonly data: { readonly component: string } & ComponentSettings }
  | {
      readonly type: 'ComponentSettingChanged';
      /** Only what changed; `from` holds the same names. */
      readonly data: {
        readonly component: string;
        readonly to: Partial<ComponentSettings>;
        readonly from: Partial<ComponentSettings>;
      };
    }
  | {
      readonly type: 'DeadlineExtended';
      /** `who` is an examiner's account id, absent for everybody. */
      readonly data: {
        readonly component: string;
        readonly who?: string;
        readonly until: string;
        readonly from: string;
        readonly reason: TextReference;
      };
    };
