import { connectionString } from './connection-string.js';

export interface EventStoreDbOptions {
  /**
   * `esdb://HOST:PORT[,HOST:PORT…][?key=value&…]`, or `esdb+discover://NAME` for a cluster found by DNS. TLS is on unless
   * `tls=false`; `tlsCAFile`, `userCertFile`, `userKeyFile`, `nodePreference`, `maxDiscoverAttempts`,
   * `discoveryInterval`, `gossipTimeout`, `keepAliveInterval` and `keepAliveTimeout` are understood.
   */
  readonly url: string;
  /** Where the user and the password do not stand in the URL. */
  readonly username?: string;
  readonly password?: string;
  /** How long an append is tried, with the same ids, before it is answered `unknown`. */
  readonly appendTimeoutMs?: number;
  /** How long a client may owe an answer before it is replaced by a new one. */
  readonly answerTimeoutMs?: number;
  /** How long a read may make no progress before it fails, and the first contact before opening fails. */
  readonly readTimeoutMs?: number;
  /** How often a subscription that hears nothing asks whether there was nothing to hear. */
  readonly watchdogMs?: number;
  /** Told of every interruption that is being dealt with, for the log of the service. */
  readonly onTrouble?: (trouble: Trouble) => void;
}

export interface Trouble {
  readonly what: 'appends' | 'reads' | 'subscription';
  readonly cause: string;
}

export interface Settings {
  readonly connection: string;
  readonly appendTimeoutMs: number;
  readonly answerTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly watchdogMs: number;
  readonly onTrouble: (trouble: Trouble) => void;
}

export function settingsOf(options: EventStoreDbOptions): Settings {
  const { appendTimeoutMs = 5_000, answerTimeoutMs = 2_000, readTimeoutMs = 10_000, watchdogMs = 5_000 } = options;
  const onTrouble = options.onTrouble ?? ((): void => undefined);
  return { connection: connectionString(options), appendTimeoutMs, answerTimeoutMs, readTimeoutMs, watchdogMs, onTrouble };
}
