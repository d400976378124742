import type { Translate } from '../platform/i18n/catalogue.js';
import { bytesText } from './bytes.js';

/** The link to the agendas of these components' conferences, and how large they are where there are any. */
export function agendaLink(components: readonly { readonly agendaBytes?: number | undefined }[], t: Translate): string {
  const sizes = components.flatMap(({ agendaBytes }) => (agendaBytes === undefined ? [] : [agendaBytes]));
  if (sizes.length === 0) return t('emi.agenda');
  return t('emi.agenda-size', { count: sizes.length, size: bytesText(sizes.reduce((sum, one) => sum + one, 0)) });
}
