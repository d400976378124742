import type { Welsh } from '../../platform/i18n/welsh.js';
import type { emiEn } from './emi.en.js';

export const emiCy: Welsh<typeof emiEn> = {};
