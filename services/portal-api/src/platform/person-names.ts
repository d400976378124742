import { Injectable } from '@nestjs/common';
import { people, usernameKey, usernames, type Refusal } from '@portal/domain';
import { Views } from './views.js';

/** Who is behind an account id: ids stay inside. Empty where a person was erased. */
@Injectable()
export class PersonNames {
  constructor(private readonly views: Views) {}

  display(account: string | undefined): string {
    return account === undefined ? '' : (this.views.get(people, account)?.displayName ?? '');
  }

  username(account: string | undefined): string {
    return account === undefined ? '' : (this.views.get(people, account)?.username ?? '');
  }

  account(username: string): string | undefined {
    return this.views.get(usernames, usernameKey(username))?.account;
  }

  /** Whether they may have work at all: an auditor changes nothing, an administrator enters no marks. */
  isAppointee(account: string): boolean {
    return this.views.get(people, account)?.roles.includes('appointee') === true;
  }

  /** A refusal as it leaves: with names where the domain has ids. */
  inRefusal<Why extends Refusal>(refusal: Why): Why {
    return { ...refusal, ...this.named(refusal) };
  }

  private named(refusal: Refusal): object {
    switch (refusal.reason) {
      case 'Reallocated':
        return { to: this.display(refusal.to) };
      case 'NotSenior':
        return { person: this.display(refusal.person) };
      case 'AlreadyModerated':
        return { moderator: this.display(refusal.moderator) };
      case 'AlreadyAllocated':
        return { examiner: this.display(refusal.examiner) };
      case 'NotIndependent':
        return { person: this.display(refusal.person), others: refusal.others.map((one) => this.display(one)) };
      default:
        return {};
    }
  }
}
