import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { API_RESOURCE, SIGN_IN_SCOPE, TERMINAL_CLIENT } from '@portal/contract';
import { isTrustworthy, trustedProxies } from '@portal/identity';
import { z } from 'zod';
import { ConfigError, EngineSettings, enginesOf, ROLES, type Engines } from './engines.js';
import { FileSettings, filesAt, type FilesAt } from './files/file-settings.js';

export { ConfigError };

/** All settings, from the environment, read and checked once. */

const flag = z.enum(['0', '1']).transform((text) => text === '1');

/** Written with digits alone: what else the language takes for a number (`0x50`, an empty text) was not meant as one. */
const whole = (min: number, max: number) =>
  z.string().regex(/^\d{1,5}$/, `a number from ${min} to ${max} is needed`).transform(Number).pipe(z.int().min(min).max(max));

const Settings = EngineSettings.extend({
  ...FileSettings.shape,
  PORTAL_DATA: z.string().min(1).default('data'),
  PORTAL_HOST: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  PORTAL_URL: z.url({ protocol: /^https?$/ }).optional(),
  PORTAL_IDENTITY_URL: z.url({ protocol: /^https?$/ }).optional(),
  PORTAL_FIRST_ADMIN: z.email().optional(),
  PORTAL_PORT: whole(0, 65_535).default(0),
  PORTAL_DEMO: flag.default(false),
  PORTAL_DEMO_PASSWORD: z.string().min(1).optional(),
  PORTAL_DEMO_FACTORS: flag.default(true),
  PORTAL_ISSUER: z.url().optional(),
  PORTAL_CLIENT_ID: z.string().min(1).optional(),
  PORTAL_AUDIENCE: z.string().min(1).optional(),
  PORTAL_SCOPE: z.string().min(1).optional(),
  PORTAL_USERNAME_CLAIM: z.string().min(1).optional(),
  PORTAL_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  PORTAL_SMS_URL: z.url().optional(),
  PORTAL_SMS_TOKEN: z.string().min(1).optional(),
  PORTAL_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  PORTAL_MAIL_FROM: z.string().min(3).optional(),
  PORTAL_TRUST_PROXY: z.string().default('').transform((text) => text.split(/[\s,]+/).filter((entry) => entry !== '')),
  PORTAL_LINGER: flag.default(false),
  PORTAL_DOCUMENTS_AT_ONCE: whole(1, 64).optional(),
  PORTAL_IDLE_MINUTES: whole(1, 720).default(30),
});

/** An OpenID provider that is not ours, and how it is asked. */
export interface OtherProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** What its access tokens for this service say in `aud`. */
  readonly audience: string;
  readonly scope: string;
  /** RFC 8707; undefined where the scope names the API. */
  readonly resource: string | undefined;
  /** The claim that holds a person's user name here; undefined: `sub` is the account id. */
  readonly usernameClaim: string | undefined;
}

export interface Config extends Engines {
  /** Absolute path of the data folder. */
  readonly data: string;
  /** 0: the one of the last start, else a free one. */
  readonly port: number;
  /** The address on which it listens. */
  readonly host: string;
  /** Origin under which clients reach the service, where a proxy stands in front; undefined: where it listens. */
  readonly url: string | undefined;
  /** Origin at which other processes reach identity; undefined: as clients do. */
  readonly identityUrl: string | undefined;
  /** Whom an installation without accounts invites as its administrator; also the address of the letter. */
  readonly firstAdmin: string | undefined;
  readonly demo: boolean;
  readonly demoPassword: string | undefined;
  /** Whether second factors are wanted: the demo accounts have them, and whoever has none sets one up before anything else. */
  readonly demoFactors: boolean;
  /** Who signs people in; undefined: identity in this process. */
  readonly provider: OtherProvider | undefined;
  /** The gateway for codes by SMS; undefined: a file in the data folder. */
  readonly sms: { readonly url: string; readonly token: string } | undefined;
  /** The mail server; undefined: a file in the data folder. */
  readonly mail: { readonly url: string; readonly from: string } | undefined;
  /** Proxies in front, by address or network. */
  readonly trustProxy: readonly string[];
  readonly logLevel: string;
  /** Stops by itself when the last client has left. */
  readonly linger: boolean;
  /** Where documents are kept. */
  readonly files: FilesAt;
  /** How many documents are made at the same time. */
  readonly documentsAtOnce: number;
  /** After how long without use a sign-in ends that is not kept. */
  readonly idleMinutes: number;
}

export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = Settings.safeParse(withFiles(environment));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const settings = parsed.data;
  const engines = enginesOf(settings, settings.PORTAL_ISSUER !== undefined);
  if (settings.PORTAL_DEMO && engines.roles.size < ROLES.length && settings.PORTAL_ISSUER === undefined) {
    throw new ConfigError('PORTAL_DEMO: the demo is loaded by one process with all roles');
  }
  return {
    ...engines,
    data: resolve(settings.PORTAL_DATA),
    port: settings.PORTAL_PORT,
    host: settings.PORTAL_HOST,
    url: originOf('PORTAL_URL', settings.PORTAL_URL),
    identityUrl: originOf('PORTAL_IDENTITY_URL', settings.PORTAL_IDENTITY_URL),
    firstAdmin: settings.PORTAL_FIRST_ADMIN,
    demo: settings.PORTAL_DEMO,
    demoPassword: settings.PORTAL_DEMO_PASSWORD,
    demoFactors: settings.PORTAL_DEMO_FACTORS,
    provider: providerOf(settings),
    sms: smsOf(settings.PORTAL_SMS_URL, settings.PORTAL_SMS_TOKEN),
    mail: mailOf(settings.PORTAL_SMTP_URL, settings.PORTAL_MAIL_FROM),
    trustProxy: checkedProxies(settings.PORTAL_TRUST_PROXY),
    logLevel: settings.PORTAL_LOG_LEVEL,
    linger: settings.PORTAL_LINGER,
    files: filesAt(settings, resolve(settings.PORTAL_DATA)),
    documentsAtOnce: settings.PORTAL_DOCUMENTS_AT_ONCE ?? availableParallelism(),
    idleMinutes: settings.PORTAL_IDLE_MINUTES,
  };
}

function providerOf(settings: z.infer<typeof Settings>): OtherProvider | undefined {
  const { PORTAL_ISSUER: issuer, PORTAL_AUDIENCE: audience = API_RESOURCE, PORTAL_SCOPE: scope } = settings;
  const other = (['PORTAL_CLIENT_ID', 'PORTAL_AUDIENCE', 'PORTAL_SCOPE', 'PORTAL_USERNAME_CLAIM'] as const)
    .find((name) => settings[name] !== undefined);
  if (issuer === undefined && other !== undefined) throw new ConfigError(`${other}: of use with PORTAL_ISSUER only`);
  if (issuer === undefined) return undefined;
  if (!isTrustworthy(issuer)) throw new ConfigError('PORTAL_ISSUER: https is needed, or http on this machine');
  return {
    issuer,
    clientId: settings.PORTAL_CLIENT_ID ?? TERMINAL_CLIENT,
    audience,
    scope: scope ?? SIGN_IN_SCOPE,
    resource: scope === undefined ? audience : undefined,
    usernameClaim: settings.PORTAL_USERNAME_CLAIM,
  };
}

function smsOf(url: string | undefined, token: string | undefined): Config['sms'] {
  if (url === undefined && token === undefined) return undefined;
  if (url === undefined || token === undefined) throw new ConfigError('PORTAL_SMS_URL and PORTAL_SMS_TOKEN are set together');
  if (!isTrustworthy(url)) throw new ConfigError('PORTAL_SMS_URL: https is needed, or http on this machine');
  return { url, token };
}

function checkedProxies(list: readonly string[]): readonly string[] {
  if (trustedProxies(list) === undefined) throw new ConfigError('PORTAL_TRUST_PROXY: addresses or networks are needed');
  return list;
}

function mailOf(url: string | undefined, from: string | undefined): Config['mail'] {
  if (url === undefined && from === undefined) return undefined;
  if (url === undefined || from === undefined) throw new ConfigError('PORTAL_SMTP_URL and PORTAL_MAIL_FROM are set together');
  return { url, from };
}

/** The contents of the file that `NAME_FILE` names stand for `NAME`: a secret is then in no environment. */
function withFiles(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const read = (name: string): readonly [string, string | undefined] => {
    const file = environment[`${name}_FILE`];
    if (file === undefined) return [name, environment[name]];
    if (environment[name] !== undefined) throw new ConfigError(`${name}_FILE: ${name} is set as well`);
    try {
      return [name, readFileSync(file, 'utf8').trim()];
    } catch (error) {
      throw new ConfigError(`${name}_FILE: ${(error as Error).message}`);
    }
  };
  return Object.fromEntries(Object.keys(Settings.shape).map(read));
}

function originOf(name: string, url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const { origin, pathname, search } = new URL(url);
  if (pathname !== '/' || search !== '') throw new ConfigError(`${name}: an origin is needed, without a path`);
  return origin;
}
