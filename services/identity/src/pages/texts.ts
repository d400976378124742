import { IntlMessageFormat } from 'intl-messageformat';
import { Html, html } from './html.js';
import type { Language } from './language.js';
import { textsCy } from './texts.cy.js';
import { textsEn } from './texts.en.js';

export type TextKey = keyof typeof textsEn;
export type Values = Readonly<Record<string, string | number>>;

/** What a page says, in its language. */
export interface Texts {
  readonly language: Language;
  /** English in a Welsh page says that it is. */
  readonly say: (key: TextKey, values?: Values) => Html;
  /** For places that hold no markup. */
  readonly plain: (key: TextKey, values?: Values) => string;
  /** Whether anything was said in English for want of the words. */
  readonly isMixed: () => boolean;
}

export function textsIn(language: Language): Texts {
  const hasOwn = (key: TextKey): boolean => language === 'en' || textsCy[key] !== undefined;
  let mixed = false;
  const plain: Texts['plain'] = (key, values = {}) => {
    const spoken = hasOwn(key) ? language : 'en';
    mixed ||= spoken !== language;
    return String(formatIn(spoken, key).format(values));
  };
  const say: Texts['say'] = (key, values) => {
    const text = html`${plain(key, values)}`;
    return hasOwn(key) ? text : html`<span lang="en">${text}</span>`;
  };
  return { language, say, plain, isMixed: () => mixed };
}

const formats = new Map<string, IntlMessageFormat>();

function formatIn(language: Language, key: TextKey): IntlMessageFormat {
  const name = `${language} ${key}`;
  const known = formats.get(name);
  if (known !== undefined) return known;
  const text = (language === 'cy' ? textsCy[key] : undefined) ?? textsEn[key];
  const made = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
  formats.set(name, made);
  return made;
}
