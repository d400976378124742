import { Attempts } from '@portal/identity';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

/**
 * The keys that the provider publishes at this address. One that is not known is asked for at once, for it may be new;
 * whoever makes names up has it asked for a few times, and then no more for a while.
 */
export function providerKeys(url: string): JWTVerifyGetKey {
  // By itself it looks when its keys are old, and never for a name.
  const keys = createRemoteJWKSet(new URL(url), { cooldownDuration: Number.MAX_SAFE_INTEGER });
  const looks = new Attempts(() => new Date(), LOOKS);
  let looking: Promise<void> | undefined;
  const lookAgain = async (): Promise<boolean> => {
    if (looking === undefined && looks.waitS('') > 0) return false;
    looking ??= look();
    await looking;
    return true;
  };
  const look = (): Promise<void> => {
    looks.count('');
    return keys.reload().finally(() => (looking = undefined));
  };
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !(await lookAgain())) throw error;
      return keys(header, token);
    }
  };
}

const LOOKS = { most: 5, withinMs: 5_000 };
