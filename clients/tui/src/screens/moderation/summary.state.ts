import type { IamisSummary } from '@portal/contract';
import { clamp } from '../../components/list.js';
import type { Sentence } from '../../platform/screen.js';

/** The toolbar from left to right. */
export const BUTTONS = ['team', 'formula', 'formula-cy', 'print', 'work-as', 'agenda'] as const;
export type Button = (typeof BUTTONS)[number];

export interface SummaryState {
  readonly components: readonly IamisSummary[] | undefined;
  /** The toolbar or a component: what the toolbar does is about the component last stood on. */
  readonly focus: Button | 'component';
  readonly selected: number;
  readonly problem: Sentence | undefined;
}

export function selectedOf({ components = [], selected }: SummaryState): IamisSummary | undefined {
  return components[clamp(selected, components.length)];
}
