import { describe, expect, it } from '@jest/globals';
import { fold } from '../decider.js';
import { given } from '../testing.js';
import { account } from './decide.js';
import type { AccountEvent, PersonEvent, RefusalOfPasswordEvent, SessionEvent } from './events.js';
import { person } from './person.js';
import { signingKeys } from './signing-keys.js';
import { REFUSED_A_DAY, REFUSED_A_NAME_A_DAY, refusedNames } from './refused-names.js';
import { session } from './session.js';

describe('an account', () => {
  const create = { type: 'CreateAccount', account: 'a1', person: 'p1', roles: ['appointee'] } as const;
  const created: AccountEvent = {
    type: 'AccountCreated',
    data: { account: 'a1', person: 'p1', roles: ['appointee'] },
  };

  it('is created once', () => {
    given(account, []).when(create).records([created]);
    given(account, [created]).when(create).recordsNothing();
    given(account, [created])
      .when({ ...create, person: 'p2' })
      .refuses({ reason: 'AccountExists', account: 'a1' });
    given(account, [])
      .when({ ...create, roles: ['owner'] })
      .refuses({ reason: 'RoleUnknown', role: 'owner' });
    given(account, [])
      .when({ ...create, roles: [] })
      .refuses({ reason: 'RoleUnknown', role: '' });
  });

  it('counts refused passwords until it is unlocked', () => {
    const refused: RefusalOfPasswordEvent = {
      type: 'PasswordRefused',
      data: { account: 'a1', client: 'portal' },
    };
    given(account, [created]).when({ type: 'RefusePassword', client: 'portal' }).records([refused]);
    given(account, [created]).when({ type: 'UnlockAccount' }).recordsNothing();
    given(account, [created, refused])
      .when({ type: 'UnlockAccount' })
      .records([{ type: 'AccountUnlocked', data: { account: 'a1' } }]);
    given(account, [created])
      .when({ type: 'ChoosePassword' })
      .records([{ type: 'PasswordChosen', data: { account: 'a1' } }]);
    given(account, []).when({ type: 'ChoosePassword' }).refuses({ reason: 'PersonUnknown', person: '' });
  });

  it('is disabled and enabled, each once; its password is reset, and a pass is issued, each time anew', () => {
    const disabled: AccountEvent = { type: 'AccountDisabled', data: { account: 'a1' } };
    const until = '2017-02-01T10:00:00.000Z';
    given(account, [created]).when({ type: 'DisableAccount' }).records([disabled]);
    given(account, [created, disabled]).when({ type: 'DisableAccount' }).recordsNothing();
    given(account, [created]).when({ type: 'EnableAccount' }).recordsNothing();
    given(account, [created, disabled])
      .when({ type: 'EnableAccount' })
      .records([{ type: 'AccountEnabled', data: { account: 'a1' } }]);
    const reset: AccountEvent = { type: 'PasswordReset', data: { account: 'a1' } };
    given(account, [created, reset]).when({ type: 'ResetPassword' }).records([reset]);
    const pass: AccountEvent = { type: 'TemporaryPassIssued', data: { account: 'a1', until } };
    given(account, [created, pass]).when({ type: 'IssueTemporaryPass', until }).records([pass]);
  });
});

describe('an account that is tried', () => {
  const created: AccountEvent = {
    type: 'AccountCreated',
    data: { account: 'a1', person: 'p1', roles: ['appointee'] },
  };
  const until = '2017-02-01T09:01:00.000Z';

  it('records in one append the refusal that locks and the lock', () => {
    const locked = { scope: 'place', until } as const;
    given(account, [created])
      .when({ type: 'RefusePassword', client: 'portal', locked })
      .records([
        { type: 'PasswordRefused', data: { account: 'a1', client: 'portal' } },
        { type: 'AccountLocked', data: { account: 'a1', ...locked } },
      ]);
  });

  it('keeps its factors until they are reset', () => {
    const totp: AccountEvent = { type: 'FactorSetUp', data: { account: 'a1', factor: 'totp' } };
    const app: AccountEvent = { type: 'FactorSetUp', data: { account: 'a1', factor: 'app', device: 'd1' } };
    given(account, [created]).when({ type: 'SetUpFactor', factor: 'totp' }).records([totp]);
    given(account, [created, totp]).when({ type: 'SetUpFactor', factor: 'app', device: 'd1' }).records([app]);
    given(account, [created]).when({ type: 'ResetFactors' }).recordsNothing();
    given(account, [created, totp, app, totp])
      .when({ type: 'ResetFactors' })
      .records([{ type: 'FactorsReset', data: { account: 'a1', factors: ['app', 'totp'] } }]);
    given(account, [created])
      .when({ type: 'LockFactor', factor: 'app', until })
      .records([{ type: 'FactorLocked', data: { account: 'a1', factor: 'app', until } }]);
  });
});

describe('a person', () => {
  const record = { type: 'RecordPerson', account: 'a1', username: 'u@x', displayName: 'U' } as const;
  const recorded: PersonEvent = {
    type: 'PersonRecorded',
    data: { account: 'a1', username: 'u@x', displayName: 'U' },
  };

  it('is recorded, and renamed, under one user name', () => {
    given(person, []).when(record).records([recorded]);
    given(person, [recorded]).when(record).recordsNothing();
    given(person, [recorded])
      .when({ ...record, displayName: 'V' })
      .records([{ type: 'PersonRecorded', data: { ...recorded.data, displayName: 'V' } }]);
    given(person, [recorded])
      .when({ ...record, username: 'v@x' })
      .refuses({ reason: 'SettingMalformed', field: 'username' });
    given(person, [])
      .when({ ...record, displayName: ' ' })
      .refuses({ reason: 'SettingMalformed', field: 'name' });
  });
});

describe('a session', () => {
  const signIn = { account: 'a1', session: 's1', amr: ['pwd'], device: 'terminal', kept: false };
  const started: SessionEvent = { type: 'SignInStarted', data: { account: 'a1', client: 'portal' } };
  const signedIn: SessionEvent = { type: 'SignedIn', data: signIn };
  const signedOut: SessionEvent = { type: 'SignedOut', data: { account: 'a1', session: 's1' } };

  it('starts, is signed in, and ends once', () => {
    given(session, []).when({ type: 'StartSignIn', account: 'a1', client: 'portal' }).records([started]);
    given(session, [started])
      .when({ type: 'SignIn', ...signIn })
      .records([signedIn]);
    given(session, [started, signedIn])
      .when({ type: 'SignIn', ...signIn })
      .recordsNothing();
    given(session, [started, signedIn]).when({ type: 'SignOut' }).records([signedOut]);
    given(session, [started, signedIn, signedOut]).when({ type: 'SignOut' }).recordsNothing();
    given(session, [started]).when({ type: 'SignOut' }).recordsNothing();
    const revoke = { type: 'Revoke', reason: 'reuse' } as const;
    const revoked: SessionEvent = { type: 'SessionRevoked', data: { account: 'a1', session: 's1', reason: 'reuse' } };
    given(session, [started, signedIn]).when(revoke).records([revoked]);
    given(session, [started, signedIn, revoked]).when({ type: 'SignOut' }).recordsNothing();
    given(session, [started, signedIn, signedOut]).when(revoke).recordsNothing();
  });
});

describe('a factor proven again', () => {
  const started: SessionEvent = { type: 'SignInStarted', data: { account: 'a1', client: 'portal' } };
  const data = { account: 'a1', session: 's1', amr: ['pwd'], device: 'terminal', kept: false };
  const signedIn: SessionEvent = { type: 'SignedIn', data };
  const prove = { type: 'ProveFactor', amr: ['pwd', 'otp'] } as const;

  it('is recorded while the sign-in lasts, each time, with the steps to it', () => {
    const proven: SessionEvent = { type: 'FactorProven', data: { account: 'a1', session: 's1', amr: ['pwd', 'otp'] } };
    given(session, [started, signedIn]).when(prove).records([proven]);
    given(session, [started, signedIn, proven]).when(prove).records([proven]);
    given(session, [started]).when(prove).recordsNothing();
    const ended: SessionEvent = { type: 'SignedOut', data: { account: 'a1', session: 's1' } };
    given(session, [started, signedIn, ended]).when(prove).recordsNothing();
    const ask = { type: 'RequestApproval', request: 'r1' } as const;
    given(session, [started, signedIn]).when(ask).records([{ type: 'ApprovalRequested', data: { account: 'a1', request: 'r1' } }]);
    given(session, [started, signedIn, ended]).when(ask).recordsNothing();
  });
});

describe('an approval', () => {
  const started: SessionEvent = { type: 'SignInStarted', data: { account: 'a1', client: 'portal' } };
  const asked: SessionEvent = { type: 'ApprovalRequested', data: { account: 'a1', request: 'r1' } };
  const grant = { type: 'GrantApproval', request: 'r1', device: 'd1' } as const;
  const granted: SessionEvent = { type: 'ApprovalGranted', data: { account: 'a1', request: 'r1', device: 'd1' } };

  it('is answered once, and only while it is the one that is open', () => {
    given(session, [started]).when({ type: 'RequestApproval', request: 'r1' }).records([asked]);
    given(session, [started, asked]).when({ type: 'RequestApproval', request: 'r1' }).recordsNothing();
    given(session, [started, asked]).when(grant).records([granted]);
    given(session, [started, asked, granted]).when(grant).recordsNothing();
    given(session, [started, asked, granted])
      .when({ ...grant, type: 'DenyApproval', reason: 'denied' })
      .recordsNothing();
    given(session, [started, asked])
      .when({ ...grant, request: 'r2' })
      .recordsNothing();
    given(session, [started, asked])
      .when({ type: 'ExpireApproval', request: 'r1' })
      .records([{ type: 'ApprovalExpired', data: { account: 'a1', request: 'r1' } }]);
    given(session, []).when({ type: 'RequestApproval', request: 'r1' }).recordsNothing();
  });
});

describe('the key that signs', () => {
  it('is recorded each time that it is another', () => {
    const rotated = { type: 'SigningKeyRotated', data: { key: 'k2', before: 'k1' } } as const;
    given(signingKeys, []).when({ type: 'RotateSigningKey', key: 'k2', before: 'k1' }).records([rotated]);
    given(signingKeys, [rotated]).when({ type: 'RotateSigningKey', key: 'k2', before: 'k1' }).recordsNothing();
    given(signingKeys, [rotated])
      .when({ type: 'RotateSigningKey', key: 'k3', before: 'k2' })
      .records([{ type: 'SigningKeyRotated', data: { key: 'k3', before: 'k2' } }]);
  });
});

describe('refused names', () => {
  const refusal = (nameHash: string): RefusalOfPasswordEvent => ({
    type: 'PasswordRefused',
    data: { nameHash, client: 'portal' },
  });

  it('are recorded so often a day and no more', () => {
    const command = { type: 'RefuseName', nameHash: 'h', client: 'portal' } as const;
    given(refusedNames, [])
      .when(command)
      .records([refusal('h')]);
    given(
      refusedNames,
      Array.from({ length: REFUSED_A_NAME_A_DAY }, () => refusal('h')),
    )
      .when(command)
      .recordsNothing();
    const many = fold(
      refusedNames,
      Array.from({ length: REFUSED_A_DAY }, (_, index) => refusal(`h${index}`)),
    );
    expect(refusedNames.decide(command, many)).toEqual({ accepted: [] });
  });
});
