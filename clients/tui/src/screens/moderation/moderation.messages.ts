import type {
  Capacity, CentreReport, Choose, Comparison, IamisCentre, IamisOutcome, IamisSample, IamisSummary, SaveReport, TeamNode, WhatIf,
} from '@portal/contract';
import { headerOf } from '../../platform/work-as.js';
import type { Capacities, Sentence, Services } from '../../platform/screen.js';

/** What the pages of moderation ask for and are answered with. Every question names the capacity in which it is asked. */

export interface At {
  readonly component: string;
  readonly centre: string;
}

export interface Place extends At {
  readonly candidate: string;
}

export interface Answers {
  readonly summaries: { readonly components: readonly IamisSummary[]; readonly kept: Capacities };
  readonly centres: readonly IamisCentre[];
  readonly sample: IamisSample;
  readonly report: CentreReport;
  readonly outcome: IamisOutcome;
  readonly comparisons: readonly Comparison[];
  readonly team: { readonly roots: readonly TeamNode[]; readonly centres: readonly IamisCentre[]; readonly held: readonly Capacity[]; readonly person: string };
}

export type What = keyof Answers;

/** As what something was asked; of this window, as it was then. */
export type AskedAs = Pick<ReadEffect, 'capacity' | 'workAs'>;

export type ReadMessage = {
  readonly [W in What]: { readonly type: 'read'; readonly what: W; readonly value: Answers[W]; readonly askedAs?: AskedAs };
}[What];

export interface ReadEffect {
  readonly type: 'moderation/read';
  readonly what: What;
  /** Empty where the question is not about one. */
  readonly at: At;
  readonly capacity: string | undefined;
  /** For summaries: what this window works as. */
  readonly workAs?: Capacities;
  /** For summaries: this window begins with what an earlier start kept. */
  readonly begins?: boolean;
  /** For comparisons. */
  readonly options?: readonly WhatIf['options'][number][];
}

/** What is recorded when a person says so; a mark goes another way, through the journal. */
export type Deed =
  | { readonly do: 'work'; readonly candidate: Place; readonly received: boolean; readonly reason: string; readonly expect: number }
  | { readonly do: 'replace'; readonly candidate: Place; readonly reason: string; readonly expect: number }
  | { readonly do: 'further'; readonly reason: string }
  | { readonly do: 'save-report'; readonly report: SaveReport }
  | { readonly do: 'reopen-report' }
  | { readonly do: 'submit' }
  | { readonly do: 'approve'; readonly outcome: number | null }
  | { readonly do: 'return'; readonly reason: string; readonly of: 'outcome' | 'centre-marks' }
  | { readonly do: 'choose'; readonly choice: Choose }
  | { readonly do: 'reallocate'; readonly to: string; readonly entered?: 'keep' | 'clear' };

export interface DeedEffect {
  readonly type: 'moderation/do';
  readonly deed: Deed;
  readonly at: At;
  readonly capacity: string | undefined;
  /** The same for every attempt, so that a lost answer never records twice. */
  readonly commandId: string;
}

export type DeedMessage =
  | { readonly type: 'done'; readonly commandId: string }
  /** `mayRepeat`: it is not known whether it was recorded, or nothing was reached; the same command once more is the way on. */
  | { readonly type: 'not-done'; readonly commandId: string; readonly sentence: Sentence; readonly problem: string; readonly mayRepeat: boolean };

export interface RefusedMessage {
  readonly type: 'refused';
  readonly sentence: Sentence;
}

export type PageMessage = ReadMessage | DeedMessage | RefusedMessage;

export function capacityOn(component: string, { workAs }: Pick<Services, 'workAs'>): string | undefined {
  const held = workAs?.[component];
  return held && headerOf(held);
}

export function read(what: What, at: At, services: Services): ReadEffect {
  return { type: 'moderation/read', what, at, capacity: capacityOn(at.component, services) };
}
