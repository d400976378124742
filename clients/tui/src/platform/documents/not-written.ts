import type { MessageId } from '../i18n/catalogue.js';

/** The words for what this machine has against a file, by the code that it gives. */
export const notWrittenWords = (cause: string): MessageId => `documents.not-written.${WORDS.get(cause) ?? 'other'}`;

const WORDS: ReadonlyMap<string, 'no-folder' | 'not-allowed' | 'read-only' | 'no-room' | 'long-name' | 'no-name'> = new Map([
  ['ENOENT', 'no-folder'],
  ['ENOTDIR', 'no-folder'],
  ['EACCES', 'not-allowed'],
  ['EPERM', 'not-allowed'],
  ['EROFS', 'read-only'],
  ['ENOSPC', 'no-room'],
  ['EDQUOT', 'no-room'],
  ['ENAMETOOLONG', 'long-name'],
  ['ERR_INVALID_ARG_VALUE', 'no-name'],
] as const);
