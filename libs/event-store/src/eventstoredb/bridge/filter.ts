/** What a filtered subscription shows, and after how many events it says how far it is. */
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { Recorded } from './log.js';

export interface BridgeFilter {
  readonly matches: (event: Recorded) => boolean;
  /** Events from one checkpoint to the next; 0 for none. */
  readonly window: number;
}

export function filterOf(options: streamsPb.ReadReq.Options): BridgeFilter {
  const filter = options.getFilter();
  if (!filter) return { matches: () => true, window: 0 };
  const expression = filter.hasEventType() ? filter.getEventType()! : filter.getStreamIdentifier()!;
  const prefixes = expression.getPrefixList();
  const regex = expression.getRegex() === '' ? undefined : new RegExp(expression.getRegex());
  const subject = (event: Recorded): string => (filter.hasEventType() ? event.type : event.stream);
  const matches = (event: Recorded): boolean =>
    regex ? regex.test(subject(event)) : prefixes.some((prefix) => subject(event).startsWith(prefix));
  return { matches, window: (filter.hasMax() ? filter.getMax() : USUAL_WINDOW) * filter.getCheckpointintervalmultiplier() };
}

const USUAL_WINDOW = 32;
