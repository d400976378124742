/** What happened at sign-ins, and to what accounts are proved with? */
import { SIGNING_KEYS, STREAMS_OF, type PortalEvent } from '../streams.js';
import type { Recorded, View } from './view.js';

export interface SignInEntry {
  readonly event: string;
  readonly type: string;
  /** ISO instant. */
  readonly recordedAt: string;
  /** Undefined where the name typed was nobody's, and where it is about no account. */
  readonly account?: string;
  /** Account id of who did it, where it was somebody else. */
  readonly by?: string;
  readonly session?: string;
  /** Name and version of the program, or the paired device that answered. */
  readonly device?: string;
  readonly amr?: readonly string[];
  readonly factor?: string;
  readonly reason?: string;
  readonly position: string;
}

export interface SignInsDocument {
  /** Oldest first. */
  readonly entries: readonly SignInEntry[];
}

/** Ten minutes: `2017-01-30T12:3`. What begins with a day lists it; a document stays small on the busiest morning. */
export const signInsKey = (recordedAt: string): string => recordedAt.slice(0, 15);

const IN_THE_LOG: readonly string[] = ['account-', 'session-', 'signInRefusals-', SIGNING_KEYS];

/** All events of accounts, of their sign-ins and of what tokens are signed with, those that come to be later too; whose part somebody looks at is none. */
const TYPES = (Object.keys(STREAMS_OF) as PortalEvent['type'][]).filter(
  (type) => type !== 'WorkAsChanged' && STREAMS_OF[type].some((stream) => IN_THE_LOG.includes(stream)),
);

export const signIns: View<SignInsDocument> = {
  name: 'sign-ins',
  version: 1,
  types: TYPES,
  keys(event) {
    const { recordedAt } = event.metadata as Metadata;
    return recordedAt !== undefined && TYPES.some((type) => type === event.type) ? [signInsKey(recordedAt)] : [];
  },
  evolve: (_, before, event) => ({ entries: [...(before?.entries ?? []), entryOf(event)] }),
};

interface Metadata {
  readonly recordedAt?: string;
  readonly actor?: string;
}

/** Whatever of it an event says. */
interface Data {
  readonly account?: string;
  readonly session?: string;
  readonly device?: string;
  readonly client?: string;
  readonly amr?: readonly string[];
  readonly factor?: string;
  readonly factors?: readonly string[];
  readonly reason?: string;
  readonly scope?: string;
}

/** A name that is nobody's, typed by nobody knows whom. */
const isOfNobody = (stream: string): boolean => stream.startsWith('signInRefusals-');

function entryOf({ id, type, stream, position, data, metadata }: Recorded): SignInEntry {
  const { recordedAt = '', actor } = metadata as Metadata;
  const { account, session, device, client, amr, factor, factors, reason, scope } = data as Data;
  const known = {
    account,
    by: isOfNobody(stream) || actor === account ? undefined : actor,
    session: session ?? (stream.startsWith('session-') ? stream.slice('session-'.length) : undefined),
    device: device ?? client,
    amr,
    factor: factor ?? factors?.join(' '),
    reason: reason ?? scope,
  };
  const said = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  return { event: id, type, recordedAt, ...said, position };
}
