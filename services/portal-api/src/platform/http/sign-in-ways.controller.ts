import { Controller, Get, Inject } from '@nestjs/common';
import { API_RESOURCE, SIGN_IN_SCOPE, TERMINAL_CLIENT, type SignInWays } from '@portal/contract';
import { CONFIG } from '../tokens.js';
import type { ServedConfig } from './access-token.js';

/** What a client asks before it signs somebody in. */
@Controller('sign-in-ways')
export class SignInWaysController {
  readonly #ways: SignInWays;

  constructor(@Inject(CONFIG) config: ServedConfig) {
    this.#ways = waysOf(config);
  }

  @Get()
  ways(): SignInWays {
    return this.#ways;
  }
}

/** Only a provider of our own takes its steps as JSON: a password for another is typed into that one's pages. */
function waysOf({ issuer, provider }: ServedConfig): SignInWays {
  if (provider === undefined) {
    const ways = ['terminal', 'browser', 'device'] as const;
    return { issuer, clientId: TERMINAL_CLIENT, scope: SIGN_IN_SCOPE, resource: API_RESOURCE, ways: [...ways] };
  }
  const { clientId, scope, resource } = provider;
  return { issuer, clientId, scope, ...(resource !== undefined && { resource }), ways: ['browser', 'device'] };
}
