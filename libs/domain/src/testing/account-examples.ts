/** Of accounts, their factors and their sign-ins. */
import type { Examples } from './examples.js';

const LATIN = '9521/01@2017-01';
const USER7 = 'a7f0';
const EXAMINER2 = 'b2c4';

export const account = {
  AccountCreated: [{ account: USER7, person: 'p-51', roles: ['appointee'] }],
  AccountUnlocked: [{ account: USER7 }],
  PasswordChosen: [{ account: USER7 }],
  PasswordReset: [{ account: USER7 }],
  AccountDisabled: [{ account: USER7 }],
  AccountEnabled: [{ account: USER7 }],
  TemporaryPassIssued: [{ account: USER7, until: '2017-02-01T10:00:00.000Z' }],
  AccountLocked: [
    { account: USER7, scope: 'place', until: '2017-02-01T09:01:00.000Z' },
    { account: USER7, scope: 'new-places', until: '2017-02-01T09:01:00.000Z' },
  ],
  FactorSetUp: [
    { account: USER7, factor: 'totp' },
    { account: USER7, factor: 'app', device: 'd-1' },
  ],
  FactorLocked: [{ account: USER7, factor: 'app', until: '2017-02-01T09:15:00.000Z' }],
  FactorsReset: [{ account: USER7, factors: ['totp', 'app'] }],
  PersonRecorded: [
    { account: USER7, username: 'user7@wjec-appointees.co.uk', displayName: 'PORTAL Test User 7' },
  ],
  SignInStarted: [{ account: USER7, client: 'portal 0.1.0' }],
  SignedIn: [{ account: USER7, session: 's-1', amr: ['pwd'], device: 'terminal', kept: true }],
  SignedOut: [{ account: USER7, session: 's-1' }],
  WorkAsChanged: [
    { account: USER7, session: 's-1', component: LATIN, role: 'principal' },
    { account: USER7, session: 's-1', component: LATIN, role: 'team-leader', member: EXAMINER2 },
  ],
  SessionRevoked: [
    { account: USER7, session: 's-1' },
    { account: USER7, session: 's-1', reason: 'reuse' },
  ],
  FactorProven: [{ account: USER7, session: 's-1', amr: ['pwd', 'otp'] }],
  CodeSent: [{ account: USER7, factor: 'sms' }],
  CodeRefused: [{ account: USER7, factor: 'totp' }],
  ApprovalRequested: [{ account: USER7, request: 'r-1' }],
  ApprovalGranted: [{ account: USER7, request: 'r-1', device: 'd-1' }],
  ApprovalDenied: [
    { account: USER7, request: 'r-1', device: 'd-1', reason: 'denied' },
    { account: USER7, request: 'r-1', device: 'd-1', reason: 'reported' },
    { account: USER7, request: 'r-1', device: 'd-1', reason: 'wrong-number' },
  ],
  ApprovalExpired: [{ account: USER7, request: 'r-1' }],
  SigningKeyRotated: [{ key: 'k-2', before: 'k-1' }],
  PasswordRefused: [
    { account: USER7, client: 'portal 0.1.0' },
    { nameHash: '5f2a', client: 'portal 0.1.0' },
  ],
} as const satisfies Partial<Examples>;
