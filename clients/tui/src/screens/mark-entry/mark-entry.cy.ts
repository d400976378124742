import type { Welsh } from '../../platform/i18n/welsh.js';
import type { markEntryEn } from './mark-entry.en.js';

export const markEntryCy: Welsh<typeof markEntryEn> = {};
