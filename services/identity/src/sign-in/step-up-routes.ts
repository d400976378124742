import { Empty, type StepUpStarted, type StepUpStep } from '@portal/contract';
import { readBody } from '../http/body.js';
import { refusedAs } from '../http/problems.js';
import type { OwnTokens } from '../provider/own-tokens.js';
import { clientNamed } from './client-name.js';
import { inTurn, originOf, type Exchange } from './sign-in-routes.js';
import type { SignInParts } from './sign-in-work.js';
import { isStepUpName, StepUps, type Asking } from './step-up.js';
import { STEPS } from './steps.js';

/** What stands behind `POST /step-up`, by the words after it. */
export type StepUpRoute = (exchange: Exchange, id: string | undefined, name: string | undefined) => Promise<StepUpStarted | StepUpStep>;

export function stepUpRoute(parts: SignInParts & { readonly ownTokens: OwnTokens }): StepUpRoute {
  const stepUps = new StepUps(parts);
  return async ({ request }, id, name) => {
    const claims = await parts.ownTokens(request);
    const asking: Asking = { claims, client: clientNamed(request.headers['user-agent']), origin: originOf(request) };
    if (id === undefined) {
      await readBody(request, Empty);
      return inTurn(claims.sid, () => stepUps.start(asking));
    }
    if (name === undefined || !isStepUpName(name)) throw refusedAs('not-found', 'there is no such step');
    const answer = await readBody<never>(request, STEPS[name].schema as never);
    return inTurn(claims.sid, () => stepUps.answer(id, name, answer, asking));
  };
}
