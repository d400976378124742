import type { Command as Words } from 'commander';
import type { IamisRecorded } from '@portal/contract';
import type { Command } from '../../platform/api/api.js';
import type { CentrePlace } from '../../platform/api/iamis.js';
import type { ApiResult } from '../../platform/api/result.js';
import { inCapacity, type Placed } from '../capacity.js';
import { outcomeOf, type Outcome } from '../outcome.js';
import type { Workshop } from '../program.js';
import { recorded } from '../recorded.js';
import { repeatWhileUnknown } from '../repeat.js';

/** What is asked of the moderation of one centre: sent until its answer is known, answered with the event. */
export type Ask<O> = (at: Placed<O>, place: CentrePlace, command: Command) => Promise<ApiResult<IamisRecorded>>;

export const onCentre = '<component> <centre>';

export function asksOfCentre<O extends object>({ served, withCommandId }: Workshop, words: Words, ask: Ask<O>): void {
  served<O>(withCommandId(words), inCapacity(at => askOfCentre(at, ask)));
}

export async function askOfCentre<O>(at: Placed<O>, ask: Ask<O>): Promise<Outcome> {
  const command = { commandId: at.commandId, capacity: at.capacity };
  return outcomeOf(await repeatWhileUnknown(() => ask(at, centrePlace(at), command)), at, recorded);
}

export function centrePlace({ words: [component = '', centre = ''] }: { readonly words: readonly string[] }): CentrePlace {
  return { component, centre };
}
