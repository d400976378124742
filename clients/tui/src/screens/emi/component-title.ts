import type { EmiSummary } from '@portal/contract';
import type { ViewContext } from '../../platform/screen.js';
import { sanitise } from '../../platform/text/sanitise.js';

/** `GCSE JANUARY 2017 LATIN LANGUAGE CORE: LEVEL 2 (9521/01)`, as the board writes it. */
export function componentTitle(component: EmiSummary, { t, language }: ViewContext): string {
  const title = t('emi.component', {
    qualification: sanitise(component.qualification),
    series: sanitise(component.series).toLocaleUpperCase('en-GB'),
    title: sanitise(component.titles[language] || component.title).toLocaleUpperCase('en-GB'),
    code: sanitise(component.code),
  });
  // A component may have no qualification.
  return title.trim();
}
