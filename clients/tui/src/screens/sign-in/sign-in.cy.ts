import type { Welsh } from '../../platform/i18n/welsh.js';
import type { signInEn } from './sign-in.en.js';

export const signInCy: Welsh<typeof signInEn> = {};
