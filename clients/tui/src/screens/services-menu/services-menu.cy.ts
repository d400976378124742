import type { Welsh } from '../../platform/i18n/welsh.js';
import type { servicesMenuEn } from './services-menu.en.js';

export const servicesMenuCy: Welsh<typeof servicesMenuEn> = {};
