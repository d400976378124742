import { readJsonIfThere, writePrivately } from './platform/paths/private-files.js';
import type { Language } from './platform/i18n/catalogue.js';
import { themeFor, type ThemeName } from './platform/theme.js';

/** Kept per person: language and colours. */
export interface Settings {
  readonly language: Language;
  readonly theme: ThemeName;
}

export function readSettings(file: string, env: NodeJS.ProcessEnv): Settings {
  const kept = readJsonIfThere<{ language?: unknown; theme?: unknown }>(file);
  const theme = typeof kept?.theme === 'string' ? kept.theme : undefined;
  return { language: kept?.language === 'cy' ? 'cy' : 'en', theme: themeFor(env, env['PORTAL_THEME'] ?? theme) };
}

/** What else stands in the file stays. */
export async function keepSettings(file: string, { language, theme }: Settings): Promise<void> {
  const kept = readJsonIfThere<object>(file) ?? {};
  await writePrivately(file, `${JSON.stringify({ ...kept, language, theme }, undefined, 2)}\n`);
}
