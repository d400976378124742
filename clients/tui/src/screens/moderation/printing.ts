import type { IamisSummary } from '@portal/contract';
import { DOCUMENT_ROLES } from '@portal/domain';
import { askDocument } from '../../platform/documents/ask.js';
import type { CommonEffect, KeyBinding, Services, WhyNot } from '../../platform/screen.js';

/** The buttons FORMULA PDF, FORMULA PDF (WELSH) and PRINT: what each asks for, on a page about a unit or one of its centres. */

export type Printing = 'formula' | 'formula-cy' | 'print' | 'documents';

/** Whoever may not is told so by the service too; here the key says it before. */
export function whyNotFormula({ capacity }: Pick<IamisSummary, 'capacity'>): WhyNot {
  return DOCUMENT_ROLES.formula.includes(capacity.role) ? undefined : 'documents.why.not-your-role';
}

export function whyNotExport({ capacity }: Pick<IamisSummary, 'capacity'>): WhyNot {
  return DOCUMENT_ROLES.export.includes(capacity.role) ? undefined : 'documents.why.not-your-role';
}

export const isPrinting = (action: string): action is Printing => ['formula', 'formula-cy', 'print', 'documents'].includes(action);

/** The same keys on every page that has them; in the footer where there is room after all else. */
export function printingKeys<State>(why: { readonly formula: (state: State) => WhyNot; readonly print: (state: State) => WhyNot }, formulaFooter = 5): readonly KeyBinding<State, Printing>[] {
  return [
    { action: 'formula', keys: ['f'], description: 'documents.key.formula', footer: formulaFooter, whyNot: why.formula },
    { action: 'print', keys: ['p'], description: 'documents.key.print-page', footer: 101, whyNot: why.print },
    { action: 'formula-cy', keys: ['F'], description: 'documents.key.formula-cy', footer: 102, whyNot: why.formula },
    { action: 'documents', keys: ['D'], description: 'documents.key.list', footer: 103 },
  ];
}

export interface Subject {
  readonly component: IamisSummary;
  readonly centre?: string;
  /** What PRINT prints here. */
  readonly paper: 'summary' | 'mark-sheet' | 'formula';
}

export function printed(action: Printing, { component, centre, paper }: Subject, services: Services): CommonEffect {
  if (action === 'documents') return { type: 'go', to: 'documents', params: {} };
  const of = { component: component.component, ...(centre !== undefined && { centre }) };
  if (action === 'print') return askDocument({ kind: paper, ...of }, services, { isToPrint: true });
  return askDocument({ kind: 'formula', language: action === 'formula' ? 'en' : 'cy', ...of }, services);
}
