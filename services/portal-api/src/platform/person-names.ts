import { Injectable } from '@nestjs/common';
import { people, usernameKey, usernames, type Refusal } from '@portal/domain';
import { Views } from './views.js';

/** Who is behind an account id: ids stay inside. Empty where a person was erased. */
@Injectable()
export class PersonNames {
  constructor(private readonly views: Views) {}

  async display(account: string | undefined): Promise<string> {
    return account === undefined ? '' : ((await this.views.get(people, account))?.displayName ?? '');
  }

  async displays(accounts: readonly string[]): Promise<readonly string[]> {
    const known = await this.views.many(people, accounts);
    return accounts.map((account) => known.get(account)?.displayName ?? '');
  }

  async username(account: string | undefined): Promise<string> {
    return account === undefined ? '' : ((await this.views.get(people, account))?.username ?? '');
  }

  async account(username: string): Promise<string | undefined> {
    return (await this.views.get(usernames, usernameKey(username)))?.account;
  }

  /** Of everybody in a file, in one go. */
  async accounts(given: readonly string[]): Promise<(username: string) => string | undefined> {
    const known = await this.views.many(usernames, given.map(usernameKey));
    return (username) => known.get(usernameKey(username))?.account;
  }

  /** Who of them may have work at all: an auditor changes nothing, an administrator enters no marks. */
  async appointees(accounts: readonly (string | undefined)[]): Promise<ReadonlySet<string>> {
    const known = await this.views.many(people, accounts.filter((one) => one !== undefined));
    return new Set([...known].filter(([, { roles }]) => roles.includes('appointee')).map(([account]) => account));
  }

  /** A refusal as it leaves: with names where the domain has ids. */
  async inRefusal<Why extends Refusal>(refusal: Why): Promise<Why> {
    return { ...refusal, ...(await this.named(refusal)) };
  }

  private async named(refusal: Refusal): Promise<object> {
    switch (refusal.reason) {
      case 'Reallocated':
        return { to: await this.display(refusal.to) };
      case 'NotSenior':
        return { person: await this.display(refusal.person) };
      case 'AlreadyModerated':
        return { moderator: await this.display(refusal.moderator) };
      case 'AlreadyAllocated':
        return { examiner: await this.display(refusal.examiner) };
      case 'NotIndependent':
        return { person: await this.display(refusal.person), others: await this.displays(refusal.others) };
      default:
        return {};
    }
  }
}
