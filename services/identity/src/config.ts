import { resolve } from 'node:path';
import { trustedProxies } from './http/client-address.js';
import { isTrustworthy } from './http/trustworthy.js';
import type { MailSetting } from './platform/mail.js';
import type { SmsSetting } from './platform/sms.js';

/** Settings of identity on its own, from the environment, read and checked once. */
export interface IdentityConfig {
  /** Absolute path of the data folder. */
  readonly data: string;
  /** 0: a free one. */
  readonly port: number;
  /** Where clients reach it; undefined: where it listens. */
  readonly issuer: string | undefined;
  /** The gateway for codes by SMS; undefined: a file in the data folder. */
  readonly sms: Exclude<SmsSetting, 'outbox'> | undefined;
  /** The mail server; undefined: a file in the data folder. */
  readonly mail: Exclude<MailSetting, 'outbox'> | undefined;
  /** Proxies in front, by address or network. */
  readonly trustProxy: readonly string[];
}

export class ConfigError extends Error {}

export function readConfig(environment: NodeJS.ProcessEnv): IdentityConfig {
  const { IDENTITY_DATA: data = 'data-identity', IDENTITY_PORT: port = '0' } = environment;
  const issuer = environment['IDENTITY_ISSUER'];
  if (data === '') throw new ConfigError('IDENTITY_DATA: the path of a folder is needed');
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new ConfigError('IDENTITY_PORT: a number from 0 to 65535 is needed');
  }
  if (issuer !== undefined && !isIssuer(issuer)) {
    throw new ConfigError('IDENTITY_ISSUER: an address that ends in /oidc is needed');
  }
  const [smsUrl, token] = together(environment, 'IDENTITY_SMS_URL', 'IDENTITY_SMS_TOKEN', { isUsable: isTrustworthy, needed: 'https is needed, or http on this machine' });
  const [mailUrl, from] = together(environment, 'IDENTITY_SMTP_URL', 'IDENTITY_MAIL_FROM', { isUsable: isMailServer, needed: 'smtps://… or smtp://… is needed' });
  const trustProxy = (environment['IDENTITY_TRUST_PROXY'] ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  if (trustedProxies(trustProxy) === undefined) throw new ConfigError('IDENTITY_TRUST_PROXY: addresses or networks are needed');
  return {
    data: resolve(data),
    port: Number(port),
    issuer,
    sms: smsUrl === undefined ? undefined : { url: smsUrl, token },
    trustProxy,
    mail: mailUrl === undefined ? undefined : { url: mailUrl, from },
  };
}

interface AddressKind {
  readonly isUsable: (address: string) => boolean;
  readonly needed: string;
}

/** An address and what goes with it: neither is of use without the other. */
function together(
  environment: NodeJS.ProcessEnv, url: string, other: string, { isUsable, needed }: AddressKind,
): readonly [string, string] | readonly [undefined, undefined] {
  const [address, value] = [environment[url], environment[other]];
  if (address === undefined && value === undefined) return [undefined, undefined];
  if (address === undefined || value === undefined || value === '') throw new ConfigError(`${url} and ${other} are set together`);
  if (!isUsable(address)) throw new ConfigError(`${url}: ${needed}`);
  return [address, value];
}

const isMailServer = (text: string): boolean => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol);

function isIssuer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/oidc`;
}
