export { AccountDirectory, type AccountAnswer, type NewAccount, type NewPerson } from './accounts/account-directory.js';
export { Enrolment } from './factors/enrolment.js';
export { newTotpSecret } from './factors/totp.js';
export { trustedProxies } from './http/client-address.js';
export { IdentityHttp } from './http/identity-http.js';
export { IdentityModule } from './identity.module.js';
export type { IdentityOptions } from './identity.js';
export { DpopProofs } from './tokens/dpop-proofs.js';
export { isBare, isHeldBy, presentedIn, type Presented } from './tokens/presented.js';
