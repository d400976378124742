import type { Factor } from '@portal/contract';
import type { Login } from '../accounts/logins.js';
import { FactorSetup, type FactorSetupParts } from './factor-setup.js';
import { recordSetUp } from './record-set-up.js';

/** A device of the person's, by its public key: the 32 bytes of an Ed25519 key, base64url. */
export interface Enrolled {
  readonly device: string;
  readonly username: string;
}

/** For those who run the installation: second factors that a person finds set up, as if they had proven them. */
export class Enrolment {
  constructor(private readonly parts: FactorSetupParts) {}

  factorsOf(username: string): readonly Factor[] {
    return this.parts.factors.of(this.#login(username).account);
  }

  /** By a pairing code, as a device comes to be paired otherwise. */
  pairApp(username: string, publicKey: string): Promise<Enrolled> {
    const setup = new FactorSetup(this.parts);
    return setup.pair(setup.app(this.#login(username)).pairing, publicKey);
  }

  /** `secret`: base32 for a TOTP, a telephone for SMS. */
  async setUp(username: string, factor: 'totp' | 'sms', secret: string): Promise<void> {
    const { account } = this.#login(username);
    await recordSetUp(this.parts.streams, account, factor);
    this.parts.factors.store.confirm(account, factor, secret);
  }

  #login(username: string): Login {
    const login = this.parts.logins.byUsername(username);
    if (login === undefined) throw new Error('a factor was set up for an account that does not exist');
    return login;
  }
}
