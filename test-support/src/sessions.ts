import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As after the idle limit: the access token is no longer taken, and there is nothing to renew it with. */
export function forgetSignIn(folder: string): void {
  const tokens = join(folder, 'state', 'portal', 'tokens');
  for (const name of readdirSync(tokens).filter((file) => file.endsWith('.json'))) {
    const ended = { accessToken: 'ended', accessEndsAt: new Date(Date.now() + 600_000).toISOString() };
    writeFileSync(join(tokens, name), JSON.stringify(ended));
  }
}
