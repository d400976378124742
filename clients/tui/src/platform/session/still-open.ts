import type { Sentence } from '../screen.js';
import { sanitise } from '../text/sanitise.js';
import type { ClientOptions } from './session.js';

/**
 * What signing out of the Portal leaves open: whoever stays signed in there may be back without a question, and should know.
 * `provider` is the one that signed them in, where it is not ours.
 */
export async function stillOpen(options: ClientOptions, provider: string | undefined): Promise<readonly Sentence[]> {
  const { ampStatus } = await import('./amp.js');
  const amp: readonly Sentence[] = (await ampStatus(options)) === undefined ? [] : [{ id: 'elsewhere.open.amp' }];
  return provider === undefined ? amp : [{ id: 'elsewhere.open.provider', values: { provider: sanitise(provider) } }, ...amp];
}
