import { z } from 'zod';
import { Factor } from './sign-in.js';

/**
 * Second factors of the person who is signed in, at the provider, with an access token from a sign-in of the last
 * 15 minutes (else 401 `factor-needed`).
 *
 * Where second factors are wanted, the API answers whoever has none with 403 `factor-not-set-up` until one is set up; a
 * token renewed after it opens everything.
 *
 * POST /factors/list                {} → FactorsSetUp
 * POST /factors/totp                {} → TotpSetUp           POST /factors/totp-confirmation   { code } → RecoveryCodes
 * POST /factors/sms                 { phone } → SmsSetUp     POST /factors/sms-confirmation    { code } → RecoveryCodes
 * POST /factors/app                 {} → AppPairing
 * POST /factors/recovery            {} → RecoveryCodes: new ones, and no old one opens anything after it
 *
 * The authenticator, a device with an Ed25519 key of its own:
 *
 * POST /authenticator/pair          PairDevice → PairedDevice
 * POST /authenticator/requests      {} → ApprovalRequests
 * POST /authenticator/approve       { request, number } → ApprovalAnswered
 * POST /authenticator/deny          { request } → ApprovalAnswered           POST /authenticator/report likewise
 *
 * All but the first are signed (see `signedText`). The number is never sent to the device: a person types it there.
 */

export const FactorsSetUp = z.object({ factors: z.array(Factor), recoveryCodes: z.int() });
export const TotpSetUp = z.object({ secret: z.string(), uri: z.string() });
export const SmsSetUp = z.object({ sentTo: z.string() });
/** Each works once. Empty where there are some already. */
export const RecoveryCodes = z.object({ codes: z.array(z.string()) });
export const AppPairing = z.object({ pairing: z.string(), uri: z.string(), expiresAt: z.string() });
export const NewPhone = z.strictObject({ phone: z.string().regex(/^\+[1-9][0-9]{6,14}$/) });
export const Empty = z.strictObject({});

export const PairDevice = z.strictObject({
  pairing: z.string().min(1).max(100),
  /** The 32 bytes of an Ed25519 public key, base64url. */
  publicKey: z.string().regex(/^[\w-]{43}$/),
});
export const PairedDevice = z.object({ device: z.string(), username: z.string() });

export const ApprovalRequest = z.object({
  request: z.string(),
  /** `proof`: of somebody who is signed in, for something that wants a factor of late. */
  purpose: z.enum(['sign-in', 'proof']),
  username: z.string(),
  client: z.string(),
  address: z.string(),
  requestedAt: z.string(),
  expiresAt: z.string(),
});
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;
export const ApprovalRequests = z.object({ requests: z.array(ApprovalRequest) });
export const ApproveRequest = z.strictObject({ request: z.string().max(60), number: z.string().regex(/^[0-9]{2}$/) });
export const AnswerRequest = z.strictObject({ request: z.string().max(60) });
export const ApprovalAnswered = z.object({ request: z.string(), answer: z.enum(['approved', 'denied', 'reported']) });
export type ApprovalAnswered = z.infer<typeof ApprovalAnswered>;

/** Of a signed request; the signature is base64url. */
export const DEVICE_HEADERS = {
  device: 'x-device', time: 'x-device-time', nonce: 'x-device-nonce', signature: 'x-device-signature',
} as const;

/** What a device signs: the call, once, at a time (ISO 8601), whole. */
export function signedText(call: {
  readonly path: string;
  readonly device: string;
  readonly time: string;
  readonly nonce: string;
  readonly body: string;
}): string {
  return ['portal-authenticator-1', call.path, call.device, call.time, call.nonce, call.body].join('\n');
}
