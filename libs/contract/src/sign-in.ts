import { z } from 'zod';

/**
 * The terminal's own steps through the code flow, at the OpenID provider.
 *
 * Issuer `<url>/oidc`. The client `portal-terminal` is public: code + PKCE (S256), redirect `http://127.0.0.1/signed-in`
 * (any port), scope `openid offline_access portal`, resource `urn:portal:api`.
 *
 * GET  <authorization_endpoint>?…           303 → /sign-in/:uid, with cookies that the client keeps
 * GET  /sign-in/:uid                        SignInStep
 * POST /sign-in/:uid/username               { username } → SignInStep
 * POST /sign-in/:uid/password               { password, factor? } → SignInStep, or 401 `password-refused`; 409
 *                                           `factor-unavailable` where no way is open besides it: `opensAt` says until when
 * POST /sign-in/:uid/code                   { code } → SignInStep, or 401 `code-refused`
 * POST /sign-in/:uid/approve                {} → SignInStep: `approve` again while nobody has answered
 * POST /sign-in/:uid/factor                 { factor } → SignInStep: another way, a code once more, or a new number
 * POST /sign-in/:uid/stay                   { stay } → SignInStep `done`
 * GET  <resume>                             303 → the redirect with `code`
 * POST /invitations/redeem                  { invitation, password } → { username }, or 422 `password-common`
 * POST /factors, /factors/totp, …           see factors.ts
 * POST /recovery/begin, /recovery/finish    see recovery.ts
 * POST /sessions/list                         with an access token for the API → OpenSessions
 * POST /sessions/end                        { session } likewise → SessionEnded: one of the person's own
 * POST /sign-out/everywhere                 with an access token for the API → SignedOutEverywhere
 * POST /step-up, /step-up/:id/password, …   see step-up.ts
 *
 * AMP, the account page at the provider. Signing in there is the same flow and the same steps, asked for by the public
 * client `portal-amp` (code + PKCE, scope `openid`, redirect `<origin>/amp/signed-in`; the code itself is not needed):
 * the redirect that <resume> answers with sets the cookie `_session` (and `_session.sig`), and that is the sign-in at AMP.
 *
 * GET  <authorization_endpoint>?…           with that cookie, for `portal-terminal`, without `prompt`: 303 → the redirect
 *                                           with `code` at once; with `prompt=login` or `consent` the steps as ever
 * GET  /amp                                 with the cookie → AmpStatus, or 401 `not-signed-in`
 * POST /amp/sign-out                        {} with the cookie → SignedOutEverywhere: AMP's and those that it opened
 *
 * With a code on another device (RFC 8628): `device_authorization_endpoint` as the provider publishes it; the person
 * enters `XXXX-XXXX` at `<origin>/device`.
 *
 * More factors become more steps: a client that meets an unknown step says so and stops.
 */

/** A second step besides the password; asked of accounts that have one set up. */
export const Factor = z.enum(['app', 'totp', 'sms', 'recovery']);
export type Factor = z.infer<typeof Factor>;

export const PasswordStep = z.object({ step: z.literal('password'), username: z.string() });
export const CodeStep = z.object({
  step: z.literal('code'),
  factor: Factor,
  /** Where the code was sent to, all but its end hidden. */
  sentTo: z.string().optional(),
  expiresAt: z.string().optional(),
  /** Every way that is set up for the account, this one among them. */
  factors: z.array(Factor),
});
export const ApproveStep = z.object({
  step: z.literal('approve'), number: z.string(), expiresAt: z.string(), factors: z.array(Factor),
});

export const SignInStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('username') }),
  PasswordStep,
  CodeStep,
  ApproveStep,
  z.object({ step: z.literal('stay') }),
  z.object({ step: z.literal('done'), resume: z.string() }),
]);
export type SignInStep = z.infer<typeof SignInStep>;

export const UsernameAnswer = z.strictObject({ username: z.string().min(1).max(200) });
/** `factor`: the way that is asked for next, where any is set up; without it the one that was chosen at set-up. */
export const PasswordAnswer = z.strictObject({ password: z.string().min(1).max(1000), factor: Factor.optional() });
/** Spaces are for the eye. */
export const CodeAnswer = z.strictObject({ code: z.string().max(40).regex(/^[0-9A-Za-z -]{4,40}$/) });
export const ApproveAnswer = z.strictObject({});
export const FactorAnswer = z.strictObject({ factor: Factor });
export const StayAnswer = z.strictObject({ stay: z.boolean() });
export const RedeemInvitation = z.strictObject({
  invitation: z.string().min(1).max(200),
  password: z.string().min(12).max(1000),
});

/** How many sign-ins of the account were open, and are no longer: their tokens are refused within a second. */
export const SignedOutEverywhere = z.object({ signedOut: z.int() });
export type SignedOutEverywhere = z.infer<typeof SignedOutEverywhere>;

/** `since` is ISO 8601. */
export const AmpStatus = z.object({ username: z.string(), session: z.string(), since: z.string(), kept: z.boolean() });
export type AmpStatus = z.infer<typeof AmpStatus>;

export const OpenSession = z.object({
  session: z.string(),
  device: z.string(),
  startedAt: z.string(),
  /** When a token was last renewed there: ten minutes' truth. */
  lastSeenAt: z.string(),
  kept: z.boolean(),
  here: z.boolean(),
  /** When it ends however much it is used. */
  endsAt: z.string().optional(),
  /** The sign-in at AMP itself, which opens others. */
  amp: z.boolean().optional(),
});
export type OpenSession = z.infer<typeof OpenSession>;
export const OpenSessions = z.object({ sessions: z.array(OpenSession) });
export type OpenSessions = z.infer<typeof OpenSessions>;

export const EndSession = z.strictObject({ session: z.string().min(1).max(100) });
/** False where it is not one of the person's own that is open. */
export const SessionEnded = z.object({ ended: z.boolean() });
export type SessionEnded = z.infer<typeof SessionEnded>;

export const TERMINAL_CLIENT = 'portal-terminal';
export const TERMINAL_REDIRECT = 'http://127.0.0.1/signed-in';
export const API_RESOURCE = 'urn:portal:api';
/** The account page: signing in there opens the Portal without questions. Its redirect stands on the provider's own origin. */
export const AMP_CLIENT = 'portal-amp';
export const AMP_REDIRECT_PATH = '/amp/signed-in';
export const AMP_SCOPE = 'openid';
export const SIGN_IN_SCOPE = 'openid offline_access portal';

/** Claims of an access token for `urn:portal:api`, besides the standard ones. `sub` is the account id. */
export interface AccessClaims {
  readonly sub: string;
  /** The sign-in session: the name of its `session-…` stream without the prefix. */
  readonly sid: string;
  readonly amr: readonly string[];
  readonly auth_time: number;
  /** Seconds since 1970: when the person last proved a factor. Issuers elsewhere may not say. */
  readonly factor_time?: number;
  /** The password alone opens this account, and more is wanted here: until it is set up, next to nothing is answered. */
  readonly factor_due?: boolean;
  readonly exp: number;
  /** Of the key that the token is bound to (RFC 9449): it is good with a proof by that key alone. */
  readonly cnf?: { readonly jkt?: string };
}

export const DemoCredential = z.object({
  username: z.string(),
  displayName: z.string(),
  roles: z.array(z.string()),
  password: z.string(),
  totpSecret: z.string().optional(),
  /** What is asked for besides the password. */
  factor: Factor.optional(),
});
export type DemoCredential = z.infer<typeof DemoCredential>;

/** The one line `npm start -- --headless` prints, and what `DIR/service.json` holds while the service runs. */
export const Ready = z.object({
  ready: z.literal(true),
  url: z.string(),
  data: z.string(),
  firstStart: z.boolean(),
  pid: z.int(),
});
export type Ready = z.infer<typeof Ready>;
