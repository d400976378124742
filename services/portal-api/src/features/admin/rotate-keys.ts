import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { KeysRotated } from '@portal/contract';
import { SIGNING_KEYS, signingKeys } from '@portal/domain';
import { eventId, type CommandContext, type Streams } from '@portal/event-store';
import { SigningKeys } from '@portal/identity';
import { failed, type Answer } from '../../platform/answer.js';
import { AccessTokens } from '../../platform/http/access-token.js';
import { STREAMS } from '../../platform/tokens.js';

/** Tokens are signed with a new key from now on; those signed before stay good until they run out. */
export class RotateKeys {
  constructor(readonly context: CommandContext) {}
}

@CommandHandler(RotateKeys)
export class RotateKeysHandler implements ICommandHandler<RotateKeys, Answer<KeysRotated>> {
  constructor(
    @Inject(STREAMS) private readonly streams: Streams,
    private readonly keys: SigningKeys,
    private readonly tokens: AccessTokens,
  ) {}

  /** First the event: nothing is signed with a key that nobody is known to have asked for. The same command again makes no other. */
  async execute({ context }: RotateKeys): Promise<Answer<KeysRotated>> {
    const key = eventId(context.commandId, SIGNING_KEYS, 0);
    const command = { type: 'RotateSigningKey', key, before: this.keys.current } as const;
    const handled = await this.streams.handle(signingKeys, SIGNING_KEYS, command, context);
    if (handled.kind === 'failed') return failed(handled);
    const { state } = await this.streams.load(signingKeys, SIGNING_KEYS);
    if (state.key === key && this.keys.current !== key) {
      this.keys.rotate(key);
      this.tokens.forgetKeys();
    }
    return { kid: key };
  }
}
