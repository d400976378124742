import type { Me } from '@portal/contract';
import type { ApiResult } from '../../platform/api/result.js';
import { translator } from '../../platform/i18n/translate.js';
import { startBrowserSignIn } from '../../platform/session/browser.js';
import { startDeviceSignIn } from '../../platform/session/device-code.js';
import type { Elsewhere } from '../../platform/session/elsewhere.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { connectTo, forgetSeen, type Context } from '../context.js';
import { notDone, type Failed } from '../outcome.js';

/** `sign-in --browser` and `sign-in --device`: says where to go, and waits until that has been done. */
export async function signInElsewhere(context: Context, way: Elsewhere['way']): Promise<Me | Failed> {
  const connected = connectTo(context);
  if ('kind' in connected) return connected;
  const { server, client } = connected;
  const started = await (way === 'browser' ? startBrowserSignIn(client, context.surroundings.env) : startDeviceSignIn(client));
  if (started.kind !== 'ok') return notDone(started, { server });
  await tell(context, started.value);
  const ended = await untilEnded(started.value);
  if (ended.kind !== 'ok') return notDone(ended, { server });
  forgetSeen(context, server);
  return ended.value;
}

/** Ctrl-C gives it up: nothing is kept, and nothing goes on listening. */
async function untilEnded({ ended, giveUp }: Elsewhere): Promise<ApiResult<Me>> {
  process.once('SIGINT', giveUp);
  try {
    return await ended;
  } finally {
    process.removeListener('SIGINT', giveUp);
  }
}

/** On standard error: for scripts one line of JSON, for people sentences and a QR code. */
async function tell({ options, surroundings: { stderr }, language }: Context, elsewhere: Elsewhere): Promise<void> {
  const { way, address, addressWithCode, userCode, expiresAt } = elsewhere;
  if (options.json) {
    const step = { step: way, address, ...(addressWithCode && { addressWithCode }), ...(userCode && { userCode }), expiresAt };
    return void stderr.write(`${JSON.stringify(step)}\n`);
  }
  const say = translator(language);
  const time = new Date(expiresAt).toLocaleTimeString('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' });
  const lines = way === 'browser'
    ? [say('elsewhere.browser.how'), `  ${sanitise(address)}`]
    : [
        ...(stderr.isTTY ? [await qrCode(addressWithCode ?? address)] : []),
        say('elsewhere.device.how'), `  ${sanitise(address)}`,
        say('elsewhere.device.code', { code: sanitise(userCode ?? '') }), say('elsewhere.device.care'),
      ];
  stderr.write(`${[...lines, say('elsewhere.until', { time })].join('\n')}\n`);
}

async function qrCode(text: string): Promise<string> {
  const { default: encodeQR } = await import('qr');
  return encodeQR(text, 'ascii', { ecc: 'low', border: 2 });
}
