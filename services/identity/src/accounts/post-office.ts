import { logError } from '../platform/logging.js';
import type { Letter, MailGateway } from '../platform/mail.js';
import type { Contacts } from './contacts.js';
import { letters } from './letters.en.js';

/** Writes to the people of accounts. Who has given no address gets no letter. */
export class PostOffice {
  constructor(
    private readonly contacts: Contacts,
    private readonly mail: MailGateway,
  ) {}

  /** What could not be sent stands in the service's log: nobody waits for it. */
  write(account: string, kind: keyof typeof letters, values: Readonly<Record<string, string>>): void {
    const email = this.contacts.emailOf(account);
    if (email !== undefined) setImmediate(() => this.mail.send(letterTo(email, kind, values)).catch(notWritten));
  }

  /** The same, where it must not be seen from the time that it takes who has an address. */
  writeUnseen(...letter: Parameters<PostOffice['write']>): void {
    setImmediate(() => {
      try {
        this.write(...letter);
      } catch (error) {
        notWritten(error);
      }
    });
  }
}

function letterTo(to: string, kind: keyof typeof letters, values: Readonly<Record<string, string>>): Letter {
  const { subject, text } = letters[kind];
  return { to, subject, text: text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '') };
}

const notWritten = (error: unknown): void => logError('a letter could not be written', error as Error);
