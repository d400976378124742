import { z } from 'zod';

/**
 * GET /sign-in-ways, without a token → SignInWays: whom this service trusts to sign people in, and how.
 *
 * `terminal`: the steps of sign-in.ts, at a provider of our own · `browser`: code and PKCE with a loopback redirect
 * (RFC 8252) · `device`: a code typed on another device (RFC 8628).
 */
export const SignInWay = z.enum(['terminal', 'browser', 'device']);
export type SignInWay = z.infer<typeof SignInWay>;

export const SignInWays = z.object({
  /** Of the OpenID provider; its own addresses are found by discovery. */
  issuer: z.string(),
  clientId: z.string(),
  scope: z.string(),
  /** RFC 8707; absent where the scope names the API. */
  resource: z.string().optional(),
  ways: z.array(SignInWay),
});
export type SignInWays = z.infer<typeof SignInWays>;
