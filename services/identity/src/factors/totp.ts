/** Time-based one-time codes: RFC 6238 with SHA-1, six digits, thirty seconds, as every authenticator app has them. */
import { Secret, TOTP } from 'otpauth';

const STEP_S = 30;
/** Steps before and after this one that are taken: clocks differ. */
const WINDOW = 1;

/** Base32, 160 random bits as RFC 4226 asks for. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What an app reads from a QR code. */
export const totpUri = (secret: string, username: string): string => totp(secret, username).toString();

/** The step whose code this is; undefined where it is none of those taken at that time. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const delta = totp(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / STEP_S) + delta;
}

export const codeAt = (secret: string, now: Date): string => totp(secret).generate({ timestamp: now.getTime() });

function totp(secret: string, label = ''): TOTP {
  const setting = { algorithm: 'SHA1', digits: 6, period: STEP_S } as const;
  return new TOTP({ issuer: 'Appointee Portal', label, ...setting, secret: Secret.fromBase32(secret) });
}
