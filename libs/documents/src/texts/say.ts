import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../models.js';
import type { Said } from '../pdf/said.js';
import { LOCALES } from '../pdf/said.js';
import { commonCy } from './common.cy.js';
import { commonEn } from './common.en.js';
import { formulaCy } from './formula.cy.js';
import { formulaEn } from './formula.en.js';
import { sheetsCy } from './sheets.cy.js';
import { sheetsEn } from './sheets.en.js';

/** All sentences of the documents. */
export const en = { ...commonEn, ...formulaEn, ...sheetsEn };
export const cy: Readonly<Record<MessageId, string | undefined>> = { ...commonCy, ...formulaCy, ...sheetsCy };

export type MessageId = keyof typeof en;
type Values = Readonly<Record<string, string | number>>;
/** In the document's language, or in English where that is all there is: the answer says which. */
export type Say = (id: MessageId, values?: Values) => Said;

export function sayIn(language: Language): Say {
  return (id, values) => {
    const welsh = language === 'cy' ? cy[id] : undefined;
    const said: Said = welsh === undefined ? { text: en[id], language: 'en' } : { text: welsh, language: 'cy' };
    return said.text.includes('{') ? { ...said, text: filled(said, values) } : said;
  };
}

function filled({ text, language }: Said, values: Values | undefined): string {
  const key = `${language} ${text}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(text, LOCALES[language], undefined, { ignoreTag: true });
    formats.set(key, format);
  }
  return String(format.format(values as Record<string, string | number>));
}

const formats = new Map<string, IntlMessageFormat>();
