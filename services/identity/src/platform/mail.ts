import { appendFileSync, chmodSync } from 'node:fs';
import { logError } from './logging.js';

export interface Letter {
  /** An e-mail address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** `failed`: the letter was not taken, and the log says why. */
export interface MailGateway {
  readonly send: (letter: Letter) => Promise<'sent' | 'failed'>;
}

/** `outbox`: for the demo and tests, a file instead of a server. `url` is `smtp://` or `smtps://`, with name and password. */
export type MailSetting = 'outbox' | { readonly url: string; readonly from: string };

export function mailGatewayOf(setting: MailSetting, outbox: string): MailGateway {
  return setting === 'outbox' ? outboxGateway(outbox) : smtpGateway(setting);
}

/** One line of JSON a letter, readable by its owner alone. */
function outboxGateway(file: string): MailGateway {
  return {
    send: async (letter) => {
      appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...letter })}\n`, { mode: 0o600 });
      chmodSync(file, 0o600);
      return 'sent';
    },
  };
}

function smtpGateway({ url, from }: Exclude<MailSetting, 'outbox'>): MailGateway {
  const waits = new URL(url);
  for (const name of ['connectionTimeout', 'greetingTimeout', 'socketTimeout']) {
    if (!waits.searchParams.has(name)) waits.searchParams.set(name, String(TIMEOUT_MS));
  }
  return {
    send: async (letter) => {
      try {
        // Loaded with the first letter: nobody should wait for it before.
        const { createTransport } = await import('nodemailer');
        const transport = createTransport(waits.href);
        await transport.sendMail({ from, ...letter, to: { name: '', address: letter.to } });
        transport.close();
        return 'sent';
      } catch (error) {
        // Its message may hold the address.
        const { code = 'unknown' } = error as { code?: string };
        logError(`the mail server did not take a letter (${code})`, new Error());
        return 'failed';
      }
    },
  };
}

const TIMEOUT_MS = 20_000;
