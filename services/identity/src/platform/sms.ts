import { appendFileSync, chmodSync } from 'node:fs';
import { logError } from './logging.js';

/** Sends a short text to a telephone. `failed`: the gateway did not take it, and the log says why. */
export interface SmsGateway {
  readonly send: (phone: string, text: string) => Promise<'sent' | 'failed'>;
}

/** `outbox`: for the demo and tests, a file instead of a telephone. */
export type SmsSetting = 'outbox' | { readonly url: string; readonly token: string };

export function smsGatewayOf(setting: SmsSetting, outbox: string): SmsGateway {
  return setting === 'outbox' ? outboxGateway(outbox) : httpGateway(setting);
}

/** One line of JSON a text, readable by its owner alone. */
function outboxGateway(file: string): SmsGateway {
  return {
    send: async (phone, text) => {
      appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), phone, text })}\n`, { mode: 0o600 });
      chmodSync(file, 0o600);
      return 'sent';
    },
  };
}

/** `POST {"to","text"}` with a bearer token, as most gateways take it; anything but 2xx is a failure. */
function httpGateway({ url, token }: Exclude<SmsSetting, 'outbox'>): SmsGateway {
  return {
    send: async (phone, text) => {
      try {
        const response = await fetch(url, {
          method: 'POST',
          redirect: 'error',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ to: phone, text }),
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        await response.arrayBuffer();
        if (response.ok) return 'sent';
        logError(`the SMS gateway answered ${response.status}`, new Error());
      } catch (error) {
        logError('the SMS gateway was not reached', error as Error);
      }
      return 'failed';
    },
  };
}

const TIMEOUT_MS = 5_000;
