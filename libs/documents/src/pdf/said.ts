import type { Language } from '../models.js';

/** Words in a language of their own: a report as it was written, a title that is registered in English only. */
export interface Said {
  readonly text: string;
  readonly language: Language;
}

/** A plain string is in the document's language, or in none as a figure, a name or a code. */
export type Words = string | Said;

export const textOf = (words: Words): string => (typeof words === 'string' ? words : words.text);

/** As a structure element names its language, where it is not that of the whole document. */
export function languageTag(words: Words, document: Language): { readonly lang?: string } {
  return typeof words === 'string' || words.language === document ? {} : { lang: LOCALES[words.language] };
}

export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', cy: 'cy-GB' };
