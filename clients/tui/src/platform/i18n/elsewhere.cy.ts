import type { Welsh } from './welsh.js';
import type { elsewhereEn } from './elsewhere.en.js';

/** Still to be translated where undefined. */
export const elsewhereCy: Welsh<typeof elsewhereEn> = {
  'elsewhere.page.signed-in': 'Rydych wedi mewngofnodi',
  'elsewhere.page.close': 'Cewch gau’r ffenestr hon.',
  'elsewhere.page.refused': undefined,
  'elsewhere.page.again': undefined,
  'elsewhere.browser.how': undefined,
  'elsewhere.device.how': undefined,
  'elsewhere.device.code': undefined,
  'elsewhere.device.care': undefined,
  'elsewhere.open.provider': undefined,
  'elsewhere.open.amp': undefined,
  'elsewhere.until': undefined,
  'problem.code-missing': undefined,
  'problem.way-unavailable': undefined,
  'problem.sign-in-denied': undefined,
  'problem.sign-in-expired': undefined,
  'problem.sign-in-given-up': undefined,
  'problem.device-blocked': undefined,
};
