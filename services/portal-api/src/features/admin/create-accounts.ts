import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountRow, type AccountsAnswer } from '@portal/contract';
import { kebabCase } from '@portal/domain';
import type { CommandContext } from '@portal/event-store';
import { AccountDirectory, type NewPerson } from '@portal/identity';
import { plainText } from '../../platform/http/plain-text.js';
import { FAILURES, rowContext, Verdicts, wellFormed, type Verdict } from './rows.js';

/** Makes accounts of rows `Name,Email,Phone,Roles`, with user names made from the names; each person is sent an invitation. */
export class CreateAccounts {
  constructor(
    readonly rows: readonly unknown[],
    readonly dryRun: boolean,
    readonly context: CommandContext,
  ) {}
}

@CommandHandler(CreateAccounts)
export class CreateAccountsHandler implements ICommandHandler<CreateAccounts, AccountsAnswer> {
  constructor(private readonly accounts: AccountDirectory) {}

  async execute({ rows, dryRun, context }: CreateAccounts): Promise<AccountsAnswer> {
    const verdicts = new Verdicts();
    const made: { row: number; username: string }[] = [];
    // One after another: of two people with one name the first in the file has it without a number.
    for (const { row, fields } of wellFormed(AccountRow, rows, verdicts)) {
      const wanted = wantedIn(fields);
      const own = rowContext(context, `account ${fields.Email.toLowerCase()}`);
      const outcome = await (dryRun ? this.#looked(wanted) : this.#created(wanted, own));
      verdicts.record(row, null, outcome.verdict);
      if (outcome.username !== undefined) made.push({ row, username: outcome.username });
    }
    return { ...verdicts.answer(), accounts: made };
  }

  async #looked(wanted: NewPerson): Promise<Outcome> {
    const foreseen = await this.accounts.foreseen(wanted);
    if (foreseen === undefined) return { verdict: 'accepted' };
    return 'unchanged' in foreseen ? asThere(foreseen) : { verdict: refusedAs(foreseen.refused) };
  }

  async #created(wanted: NewPerson, context: CommandContext): Promise<Outcome> {
    const answer = await this.accounts.createNamed(wanted, context);
    if ('failed' in answer) return { verdict: { field: 'row', reason: FAILURES[answer.failed] } };
    if ('refused' in answer) return { verdict: refusedAs(answer.refused) };
    return 'unchanged' in answer ? asThere(answer) : { verdict: 'accepted', username: answer.username };
  }
}

interface Outcome {
  readonly verdict: Verdict;
  readonly username?: string;
}

/** Who ran the file before finds out the names all the same. */
const asThere = ({ unchanged: username }: { readonly unchanged: string }): Outcome => ({ verdict: 'unchanged', username });

function wantedIn({ Name, Email, Phone = '', Roles }: AccountRow): NewPerson {
  const roles = Roles.split(/[\s,;]+/).filter((role) => role !== '');
  return { displayName: plainText(Name), roles, email: Email, domain: DOMAIN, ...(Phone !== '' && { phone: Phone }) };
}

/** Of everybody's user name, as AMP gives them. */
const DOMAIN = 'wjec-appointees.co.uk';

const FIELDS: Readonly<Record<string, string>> = { AccountExists: 'Email', RoleUnknown: 'Roles' };

const refusedAs = ({ reason }: { readonly reason: string }): Verdict => ({ field: FIELDS[reason] ?? 'Name', reason: kebabCase(reason) });
