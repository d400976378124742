import type { RequestDocument } from '@portal/contract';
import type { AskDocument, KeyBinding, Services, WhyNot } from '../screen.js';
import { askDocument } from './ask.js';

/** The marks as a file: the same keys on every page that can ask for it. */

export type Exporting = `export-${NonNullable<RequestDocument['format']>}`;

export const isExporting = (action: string): action is Exporting => action.startsWith('export-');

/** `footer`: where one of them stands in the key bar. */
export function exportKeys<State>(whyNot: (state: State) => WhyNot, footer?: number): readonly KeyBinding<State, Exporting>[] {
  return [
    { action: 'export-csv', keys: ['x'], description: 'documents.key.export-csv', whyNot, ...(footer !== undefined && { footer }) },
    { action: 'export-xlsx', keys: ['X'], description: 'documents.key.export-xlsx', whyNot },
    { action: 'export-json', keys: [], description: 'documents.key.export-json', whyNot },
  ];
}

/** `exportAs`: the role in which the service lets it be asked for, where this window works in none. */
export function exported(action: Exporting, of: { readonly component: string; readonly centre?: string; readonly exportAs?: string | undefined }, services: Services): AskDocument {
  const { component, centre, exportAs } = of;
  const wanted = { kind: 'export', component, ...(centre !== undefined && { centre }), format: action.slice('export-'.length) } as RequestDocument;
  const workAs = { ...(exportAs !== undefined && { [component]: { role: exportAs } }), ...services.workAs };
  return askDocument(wanted, { newId: services.newId, workAs });
}

/** Whoever may not is told so by the service too; here the key says it before. */
export const whyNotExported = ({ exportAs }: { readonly exportAs?: string | undefined }): WhyNot => (exportAs === undefined ? 'documents.why.not-your-role' : undefined);
