import { BeginRecovery, FinishRecovery } from '@portal/contract';
import type { PasswordRecovery } from '../accounts/password-recovery.js';
import { readBody } from './body.js';
import { addressOf } from './client-address.js';
import type { Posts } from './factor-routes.js';

/** A forgotten password. */
export function recoveryPosts({ recovery }: { readonly recovery: PasswordRecovery }): Posts {
  return {
    'recovery/begin': async ({ request }) => {
      const { username } = await readBody(request, BeginRecovery);
      return recovery.begin(username, addressOf(request));
    },
    'recovery/finish': async ({ request }) =>
      recovery.finish(await readBody(request, FinishRecovery), addressOf(request)),
  };
}
