import type { RequestDocument } from '@portal/contract';
import type { AskDocument, Services } from '../screen.js';
import { headerOf } from '../work-as.js';

/** In the capacity in which this window works on the component. */
export function askDocument(wanted: RequestDocument, services: Pick<Services, 'newId' | 'workAs'>, more: { readonly isToPrint?: boolean } = {}): AskDocument {
  const held = services.workAs?.[wanted.component];
  const capacity = held && headerOf(held);
  return { type: 'documents/ask', wanted, capacity, commandId: services.newId(), isToPrint: more.isToPrint === true };
}
