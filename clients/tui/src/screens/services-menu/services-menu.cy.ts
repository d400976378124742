import type { Welsh } from '../../platform/i18n/welsh.js';
import type { servicesMenuEn } from './services-menu.en.js';

/** Still to be translated where undefined. */
export const servicesMenuCy: Welsh<typeof servicesMenuEn> = {
  'services-menu.title': undefined,
  'services-menu.section.examinations-and-assessments': undefined,
  'services-menu.section.audit': undefined,
  'services-menu.section.administration': undefined,
  'services-menu.section.account': undefined,
  'services-menu.service.emi': undefined,
  'services-menu.service.iamis': undefined,
  'services-menu.service.documents': 'Dogfennau',
  'services-menu.service.audit': undefined,
  'services-menu.service.administration': undefined,
  'services-menu.service.account': undefined,
  'services-menu.service.sign-out': undefined,
  'services-menu.waiting.emi': undefined,
  'services-menu.waiting.iamis': undefined,
  'services-menu.waiting.documents': undefined,
  'services-menu.waiting.audit': undefined,
  'services-menu.waiting.administration': undefined,
  'services-menu.about.emi': undefined,
  'services-menu.about.iamis': undefined,
  'services-menu.about.documents': undefined,
  'services-menu.about.audit': undefined,
  'services-menu.about.administration': undefined,
  'services-menu.about.account': undefined,
  'services-menu.about.sign-out': undefined,
  'services-menu.key.account': undefined,
  'services-menu.later': undefined,
  'services-menu.none': undefined,
};
