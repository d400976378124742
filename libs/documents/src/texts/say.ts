import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../models.js';
import { LOCALES } from '../pdf/said.js';
import { commonCy } from './common.cy.js';
import { commonEn } from './common.en.js';
import { eventsCy } from './events.cy.js';
import { eventsEn } from './events.en.js';
import { formulaCy } from './formula.cy.js';
import { formulaEn } from './formula.en.js';
import { sheetsCy } from './sheets.cy.js';
import { sheetsEn } from './sheets.en.js';

/** All sentences of the documents. */
export const en = { ...commonEn, ...formulaEn, ...sheetsEn, ...eventsEn };
export const cy: Readonly<Record<MessageId, string>> = { ...commonCy, ...formulaCy, ...sheetsCy, ...eventsCy };

export type MessageId = keyof typeof en;
type Values = Readonly<Record<string, string | number>>;
/** In the document's language. */
export type Say = (id: MessageId, values?: Values) => string;

export function sayIn(language: Language): Say {
  const texts = { en, cy }[language];
  return (id, values) => (texts[id].includes('{') ? filled(texts[id], language, values) : texts[id]);
}

function filled(text: string, language: Language, values: Values | undefined): string {
  const key = `${language} ${text}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(text, LOCALES[language], undefined, { ignoreTag: true });
    formats.set(key, format);
  }
  return String(format.format(values as Record<string, string | number>));
}

const formats = new Map<string, IntlMessageFormat>();
