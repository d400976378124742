import type { ApiResult } from '../platform/api/result.js';
import { mapResult } from '../platform/api/result.js';
import { headerOf, isWorkAsKept, readWorkAs, type WorkAs } from '../platform/work-as.js';
import { notDone, sentence, type Failed, type Outcome } from './outcome.js';
import type { Served } from './program.js';
import { repeatWhileAway } from './repeat.js';

/** A command about a component, with the capacity in which it is sent; undefined is the person's lowest role there. */
export interface Placed<O> extends Served<O> {
  readonly capacity: string | undefined;
}

/** Runs a command in the capacity that `work-as` kept for its component, which is its first word. */
export function inCapacity<O>(
  act: (at: Placed<O>) => Promise<Outcome>,
  componentOf = (at: Served<O>): string => at.words[0] ?? '',
): (at: Served<O>) => Promise<Outcome> {
  return async at => {
    const component = componentOf(at);
    const kept = await keptCapacity(at, component);
    if (kept.kind !== 'ok') return notDone(kept, at);
    const capacity = kept.value && headerOf(kept.value);
    const outcome = await act({ ...at, capacity });
    return capacity !== undefined && isNotHeld(outcome) ? lost(outcome, capacity, component) : outcome;
  };
}

/** Whose account it is, is asked only where somebody kept something for the component. */
export async function keptCapacity(
  { api, server, context }: Pick<Served<object>, 'api' | 'server' | 'context'>,
  component: string,
): Promise<ApiResult<WorkAs | undefined>> {
  const file = context.paths.workAsFile;
  if (!isWorkAsKept(file, { server, component })) return { kind: 'ok', value: undefined };
  return mapResult(await repeatWhileAway(api.me), ({ account }) => readWorkAs(file, { server, account, component }));
}

function isNotHeld(outcome: Outcome): outcome is Failed {
  return outcome.kind === 'failed' && outcome.error.type === 'capacity-not-held';
}

/** It was good when it was kept: whoever meets it later is told where it comes from. */
function lost(outcome: Failed, capacity: string, component: string): Failed {
  return { ...outcome, sentence: sentence('cli.work-as.lost', { capacity, component }) };
}
