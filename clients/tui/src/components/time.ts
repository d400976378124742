import type { Language } from '../platform/i18n/catalogue.js';

/** The longest that `dayAndTime` says, in Welsh: `29 Chwef 20:17`. */
export const DAY_AND_TIME_COLUMNS = 14;

/** Times as people of the board read them: Europe/London, whatever this machine's own zone is. */
export function dayAndTime(instant: string | number, language: Language): string {
  return format(language, 'deadline').format(new Date(instant)).replace(',', '');
}

export function clock(now: number, language: Language): string {
  return format(language, 'clock').format(now);
}

/** With the year and seconds: for receipts. In summer "BST", in Welsh too, which has no abbreviation of its own for it. */
export function exactTime(instant: string, language: Language): string {
  return format(language, 'exact').format(new Date(instant)).replace(',', '').replace('GMT+1', 'BST');
}

/** With the year and seconds, in one column of a table. */
export function stamp(instant: string, language: Language): string {
  return format(language, 'stamp').format(new Date(instant)).replace(',', '');
}

/** A series is recorded by its English name, "June 2017"; one that is called otherwise keeps its name. */
export function seriesIn(series: string, language: Language): string {
  if (language === 'en') return series;
  const at = /^[A-Z][a-z]+ \d{4}$/.test(series) ? Date.parse(`15 ${series} UTC`) : NaN;
  return Number.isNaN(at) ? series : format(language, 'series').format(at);
}

const SHAPES: Readonly<Record<'deadline' | 'clock' | 'exact' | 'stamp' | 'series', Intl.DateTimeFormatOptions>> = {
  deadline: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  stamp: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  series: { month: 'long', year: 'numeric' },
  clock: { hour: '2-digit', minute: '2-digit' },
  exact: {
    day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short',
  },
};

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: Language, shape: keyof typeof SHAPES): Intl.DateTimeFormat {
  const key = `${language} ${shape}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(language === 'cy' ? 'cy' : 'en-GB', {
    ...SHAPES[shape],
    timeZone: 'Europe/London',
    hourCycle: 'h23',
  });
  formats.set(key, made);
  return made;
}
