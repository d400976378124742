/** Colours by meaning, in this one file. Every meaning is also said in words, a sign or a place: colour only helps. */

export type Meaning =
  | 'title'
  | 'heading'
  | 'plain'
  | 'muted'
  | 'key'
  | 'selected'
  | 'button'
  | 'input'
  | 'ok'
  | 'queued'
  | 'warning'
  | 'error'
  | 'conflict'
  | 'locked'
  | 'link'
  | 'code';

export type ThemeName = 'default' | 'high-contrast' | 'light' | 'none';

/** In which order they are tried. */
export const THEME_AFTER: Readonly<Record<ThemeName, ThemeName>> = {
  default: 'high-contrast',
  'high-contrast': 'light',
  light: 'none',
  none: 'default',
};

/** SGR parameters, `;` inside one and a space between several; an empty string leaves the text as it is. */
export type Theme = Readonly<Record<Meaning, string>>;

export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  default: {
    title: '97 44', heading: '1', plain: '', muted: '90', key: '1 36', selected: '7', button: '1', input: '4',
    ok: '32', queued: '36', warning: '33', error: '1 31', conflict: '1 35', locked: '34', link: '4 36', code: '97;40',
  },
  'high-contrast': {
    title: '1 30 107', heading: '1 97', plain: '97', muted: '97', key: '1 93', selected: '1 30 103', button: '1 97', input: '1 4 97',
    ok: '1 92', queued: '1 96', warning: '1 93', error: '1 97 41', conflict: '1 97 45', locked: '1 96', link: '1 4 96', code: '97;40',
  },
  light: {
    title: '97 44', heading: '1', plain: '', muted: '38;5;240', key: '1 34', selected: '7', button: '1', input: '4',
    ok: '38;5;22', queued: '34', warning: '38;5;94', error: '1 31', conflict: '35', locked: '34', link: '4 34', code: '97;40',
  },
  // Without colours (NO_COLOR) weight, underline and reverse remain.
  none: {
    title: '7', heading: '1', plain: '', muted: '', key: '1', selected: '7', button: '1', input: '4',
    ok: '', queued: '', warning: '1', error: '1', conflict: '1', locked: '', link: '4', code: '',
  },
};

export function themeFor(environment: Readonly<Record<string, string | undefined>>, wanted?: string): ThemeName {
  if (environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== '') return 'none';
  const name = wanted ?? environment['PORTAL_THEME'];
  return name !== undefined && name in THEMES ? (name as ThemeName) : 'default';
}
