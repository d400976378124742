import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { KeysRotated } from '@portal/contract';
import { SigningKeys } from '@portal/identity';
import { AccessTokens } from '../../platform/http/access-token.js';
import { log } from '../../platform/logging.js';

/** Tokens are signed with a new key from now on; those signed before stay good until they run out. */
export class RotateKeys {
  constructor(readonly actor: string) {}
}

@CommandHandler(RotateKeys)
export class RotateKeysHandler implements ICommandHandler<RotateKeys, KeysRotated> {
  constructor(
    private readonly keys: SigningKeys,
    private readonly tokens: AccessTokens,
  ) {}

  async execute({ actor }: RotateKeys): Promise<KeysRotated> {
    const kid = this.keys.rotate();
    this.tokens.forgetKeys();
    log.info({ actor, kid }, 'the signing key was changed');
    return { kid };
  }
}
