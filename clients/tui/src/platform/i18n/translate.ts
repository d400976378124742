import { IntlMessageFormat } from 'intl-messageformat';
import { en, welsh, type Language, type MessageId, type Translate } from './catalogue.js';

/** A translator for one language; a message is compiled when first used, and a text without places is never compiled. */
export function translator(language: Language): Translate {
  const known = translators.get(language);
  if (known !== undefined) return known;
  const compiled = new Map<MessageId, IntlMessageFormat>();
  const translate: Translate = (id, values) => {
    const { text, locale } = source(language, id);
    if (!hasPlaces(text)) return text;
    let format = compiled.get(id);
    if (format === undefined) {
      format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
      compiled.set(id, format);
    }
    return String(format.format(values as Record<string, string | number>));
  };
  translators.set(language, translate);
  return translate;
}

const translators = new Map<Language, Translate>();

function source(language: Language, id: MessageId): { text: string; locale: string } {
  const translated = language === 'cy' ? welsh()[id] : undefined;
  if (translated !== undefined) return { text: translated, locale: 'cy' };
  // An id no catalogue has is shown as itself: a gap that is seen.
  return { text: en[id] ?? id, locale: 'en-GB' };
}

function hasPlaces(text: string): boolean {
  return text.includes('{') || text.includes("''");
}
