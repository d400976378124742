import type { ViewContext } from '../platform/screen.js';
import { sanitise } from '../platform/text/sanitise.js';
import { seriesIn } from './time.js';

/** What a component is called by, be it marked or moderated. */
export interface Titled {
  readonly qualification: string;
  readonly series: string;
  readonly title: string;
  readonly titles: { readonly en: string; readonly cy: string };
  readonly code: string;
}

/** `GCSE JANUARY 2017 LATIN LANGUAGE CORE: LEVEL 2 (9521/01)`, as the board writes it. */
export function componentTitle(component: Titled, { t, language }: ViewContext): string {
  const title = t('emi.component', {
    qualification: sanitise(component.qualification),
    series: sanitise(seriesIn(component.series, language)).toLocaleUpperCase('en-GB'),
    title: sanitise(component.titles[language] || component.title).toLocaleUpperCase('en-GB'),
    code: sanitise(component.code),
  });
  // A component may have no qualification.
  return title.trim();
}
