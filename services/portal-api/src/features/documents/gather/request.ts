import type { EventStore } from '@portal/event-store';
import type { Cohorts } from '../../../platform/cohorts.js';
import type { FreeTexts } from '../../../platform/free-texts.js';
import type { Parts } from '../../../platform/parts.js';
import type { PersonNames } from '../../../platform/person-names.js';
import type { Views } from '../../../platform/views.js';

/** Which document is wanted, by whom and in which capacity. Whoever may not have it was refused before it comes here. */
export interface DocumentRequest {
  readonly kind: 'formula' | 'summary' | 'mark-sheet' | 'receipt' | 'centre-report' | 'audit-report' | 'export';
  /** The full id. */
  readonly component: string;
  /** Wanted by mark-sheet, centre-report and audit-report; formula and export are of all centres without it. */
  readonly centre?: string;
  /** Of an audit report; without it, of all the centre. */
  readonly candidate?: string;
  /** Of a receipt, its number; without it, the latest. */
  readonly receipt?: string;
  readonly language: 'en' | 'cy';
  /** Of an export. */
  readonly format?: 'csv' | 'xlsx' | 'json';
  /** Who asked, and as what: as events carry it, `principal; member=ACCOUNT`. */
  readonly account: string;
  readonly capacity: string;
  /** Only what was recorded up to this position counts: that of the request, so that a repetition gathers the same. */
  readonly at?: string;
}

/** What is read. */
export interface Sources {
  readonly events: EventStore;
  readonly views: Views;
  readonly texts: FreeTexts;
  readonly names: PersonNames;
  readonly cohorts: Cohorts;
  readonly parts: Parts;
}

/** There is nothing to make it of: trying again would not help. `reason` is a word for people who look at the job. */
export class NothingToShow extends Error {
  constructor(readonly reason: 'centre-unknown' | 'candidate-unknown' | 'no-receipt' | 'no-report' | 'nothing-allocated') {
    super(reason);
  }
}
