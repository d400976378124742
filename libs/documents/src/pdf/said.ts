import type { Language } from '../models.js';

/** Words of a catalogue with the language they are really in: what is not translated is English in a Welsh document. */
export interface Said {
  readonly text: string;
  readonly language: Language;
}

/** A figure, a name or a code is in no language; `Said` is. */
export type Words = string | Said;

export const textOf = (words: Words): string => (typeof words === 'string' ? words : words.text);

/** As a structure element names its language, where it is not that of the whole document. */
export function languageTag(words: Words, document: Language): { readonly lang?: string } {
  return typeof words === 'string' || words.language === document ? {} : { lang: LOCALES[words.language] };
}

export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', cy: 'cy-GB' };
