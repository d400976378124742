import type { IamisSummary } from '@portal/contract';

/** How a page about one centre is opened. */
export interface CentreParams {
  readonly component: IamisSummary;
  readonly centre: string;
  readonly name: string;
}
