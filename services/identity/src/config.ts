import { resolve } from 'node:path';

/** Settings of identity on its own, from the environment, read and checked once. */
export interface IdentityConfig {
  /** Absolute path of the data folder. */
  readonly data: string;
  /** 0: a free one. */
  readonly port: number;
  /** Where clients reach it; undefined: where it listens. */
  readonly issuer: string | undefined;
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
  return { data: resolve(data), port: Number(port), issuer };
}

function isIssuer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/oidc`;
}
