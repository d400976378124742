import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AccountDirectory } from './accounts/account-directory.js';
import { Enrolment } from './factors/enrolment.js';
import { IdentityHttp } from './http/identity-http.js';
import { SigningKeys } from './platform/signing-keys.js';
import { openIdentity, type Identity, type IdentityOptions } from './identity.js';

const IDENTITY = Symbol('identity');

/** Accounts and the OpenID provider, inside the process that serves them. */
@Global()
@Module({})
export class IdentityModule {
  static register(options: IdentityOptions): DynamicModule {
    const part = (key: keyof Identity) => ({ useFactory: (identity: Identity) => identity[key], inject: [IDENTITY] });
    return {
      module: IdentityModule,
      providers: [
        { provide: IDENTITY, useFactory: () => openIdentity(options) },
        { provide: AccountDirectory, ...part('directory') },
        { provide: Enrolment, ...part('enrolment') },
        { provide: IdentityHttp, ...part('http') },
        { provide: SigningKeys, ...part('keys') },
      ],
      exports: [AccountDirectory, Enrolment, IdentityHttp, SigningKeys],
    };
  }
}
