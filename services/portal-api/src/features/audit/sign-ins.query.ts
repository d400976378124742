import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { SignInLogAsked, SignInLogEntry } from '@portal/contract';
import { people, signIns, usernameKey, usernames, type PersonDocument, type SignInEntry } from '@portal/domain';
import { refused, type Answer } from '../../platform/answer.js';
import { Views } from '../../platform/views.js';

/** What happened at sign-ins, newest first. Names are joined when it is read: the log and the view hold none. */
export class SignIns {
  constructor(
    readonly asked: SignInLogAsked,
    /** ISO instant: nothing is later. */
    readonly now: string,
  ) {}
}

/** Nobody's log is older, and no question looks at more days than these. */
const MOST_DAYS = 3_660;
const DAY_MS = 24 * 3_600_000;

@QueryHandler(SignIns)
export class SignInsHandler implements IQueryHandler<SignIns, Answer<readonly SignInLogEntry[]>> {
  constructor(private readonly views: Views) {}

  async execute({ asked, now }: SignIns): Promise<Answer<readonly SignInLogEntry[]>> {
    const { person, limit, before } = asked;
    const account = person === undefined ? undefined : (await this.views.get(usernames, usernameKey(person)))?.account;
    if (person !== undefined && account === undefined) return refused({ reason: 'PersonUnknown', person });
    const [from, to] = [instant(asked.from), instant(asked.to)];
    const found: SignInEntry[] = [];
    for (const day of daysBack(to ?? now, from)) {
      const entries = (await this.views.list(signIns, day)).flatMap(({ entries: some }) => some).toReversed();
      found.push(...entries.filter((entry) => isAsked(entry, { account, from, to, before })));
      if (found.length >= limit) break;
    }
    const shown = found.slice(0, limit);
    const known = await this.views.many(people, shown.flatMap(({ account: one, by }) => [one, by]).filter((one) => one !== undefined));
    return shown.map((entry) => named(entry, known));
  }
}

function named({ account, by, ...entry }: SignInEntry, known: ReadonlyMap<string, PersonDocument>): SignInLogEntry {
  const person = account === undefined ? undefined : known.get(account);
  return {
    event: entry.event,
    type: entry.type,
    recordedAt: entry.recordedAt,
    person: person?.displayName || (account ?? null),
    username: person?.username || null,
    by: by === undefined ? null : known.get(by)?.displayName || by,
    session: entry.session ?? null,
    device: entry.device ?? null,
    amr: entry.amr === undefined ? null : [...entry.amr],
    factor: entry.factor ?? null,
    reason: entry.reason ?? null,
    position: entry.position,
  };
}

interface Wanted {
  readonly account: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly before: string | undefined;
}

function isAsked(entry: SignInEntry, { account, from, to, before }: Wanted): boolean {
  if (account !== undefined && entry.account !== account) return false;
  if (from !== undefined && entry.recordedAt < from) return false;
  if (to !== undefined && entry.recordedAt >= to) return false;
  return before === undefined || entry.position < before;
}

function* daysBack(to: string, from: string | undefined): Iterable<string> {
  const first = from?.slice(0, 10) ?? '';
  for (let day = 0; day < MOST_DAYS; day += 1) {
    const date = new Date(Date.parse(to) - day * DAY_MS).toISOString().slice(0, 10);
    if (date < first) return;
    yield `${date}T`;
  }
}

/** In UTC and in one form, so that instants compare as text. */
const instant = (given: string | undefined): string | undefined => (given === undefined ? undefined : new Date(given).toISOString());
