import { createRequire } from 'node:module';
import type { Entry } from '@napi-rs/keyring';

/** One thing kept by the operating system for this person, under a name. */
export interface KeychainEntry {
  /** Undefined where there is none. */
  readonly read: () => string | undefined;
  readonly write: (text: string) => void;
  readonly remove: () => void;
}

/**
 * Undefined where this machine has no keychain that answers: then a file is used. Looked for only where one can be, for
 * the library takes a moment. The kernel's own keyring is not taken: it forgets at the end of the session.
 */
export function keychainEntry(name: string, env: NodeJS.ProcessEnv = process.env): KeychainEntry | undefined {
  const mayBe = process.platform !== 'linux' || Boolean(env['DBUS_SESSION_BUS_ADDRESS']);
  if (env['PORTAL_KEYCHAIN'] === '0' || !mayBe) return undefined;
  try {
    const { Entry: Kept } = createRequire(import.meta.url)('@napi-rs/keyring') as typeof import('@napi-rs/keyring');
    const entry = new Kept('appointee-portal', name, { linux: { store: 'secret-service' } });
    // Locked, or without an answer: the file is as good on this machine.
    entry.getPassword();
    return entryOf(entry);
  } catch (error) {
    // A fault of ours is none of the library's or the keychain's.
    if (error instanceof ReferenceError || error instanceof SyntaxError) throw error;
    return undefined;
  }
}

const entryOf = (entry: Entry): KeychainEntry => ({
  read: () => entry.getPassword() ?? undefined,
  write: text => entry.setPassword(text),
  remove: () => void entry.deletePassword(),
});
