import type { DemoCredential } from '@portal/contract';
import type { Client } from './app.client.js';
import type { AppMessage } from './app.state.js';
import type { Language } from './platform/i18n/catalogue.js';
import { readJsonIfThere } from './platform/paths/private-files.js';

/** What the interpreters of effects reach: the service, the frame, and this machine. */
export interface World {
  readonly client: Client;
  readonly dispatch: (message: AppMessage) => void;
  readonly language: () => Language;
  readonly env: NodeJS.ProcessEnv;
}

/** Of a first start: the file that `PORTAL_SHOW_CREDENTIALS` names. */
export function shownCredentials(env: NodeJS.ProcessEnv): readonly DemoCredential[] {
  const path = env['PORTAL_SHOW_CREDENTIALS'];
  if (!path) return [];
  const found = readJsonIfThere<unknown>(path);
  return Array.isArray(found) ? (found as DemoCredential[]) : [];
}
