import type { Welsh } from '../../platform/i18n/welsh.js';
import type { submissionEn } from './submission.en.js';

export const submissionCy: Welsh<typeof submissionEn> = {};
