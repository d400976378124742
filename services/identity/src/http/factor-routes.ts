import {
  AnswerRequest, ApproveRequest, CodeAnswer, Empty, NewPhone, PairDevice,
} from '@portal/contract';
import type { Login } from '../accounts/logins.js';
import { Authenticator, type AuthenticatorParts, type Device } from '../factors/authenticator.js';
import { FactorSetup, type FactorSetupParts } from '../factors/factor-setup.js';
import type { OwnTokens } from '../provider/own-tokens.js';
import type { Exchange } from '../sign-in/sign-in-routes.js';
import { bodyOf, readBody, readText, type Schema } from './body.js';

export type Posts = Readonly<Record<string, (exchange: Exchange) => Promise<object>>>;

/** Setting up second factors, with an access token; and what a paired device signs. */
export function factorPosts(parts: FactorSetupParts & AuthenticatorParts & { readonly ownTokens: OwnTokens }): Posts {
  const setup = new FactorSetup(parts);
  const authenticator = new Authenticator(parts);
  const own = <T>(schema: Schema<T>, work: (login: Login, body: T) => object | Promise<object>) =>
    async ({ request }: Exchange) => {
      const claims = await parts.ownTokens(request);
      const login = setup.recent(claims);
      return work(login, await readBody(request, schema));
    };
  const signed = <T>(schema: Schema<T>, work: (device: Device, body: T) => object | Promise<object>) =>
    async ({ request }: Exchange) => {
      const text = await readText(request);
      const [path = ''] = (request.url ?? '').split('?', 1);
      return work(authenticator.known(request.headers, path, text), bodyOf(text, schema));
    };
  return {
    'factors/list': own(Empty, (login) => setup.list(login)),
    'factors/totp': own(Empty, (login) => setup.totp(login)),
    'factors/totp-confirmation': own(CodeAnswer, (login, { code }) => setup.confirmTotp(login, code)),
    'factors/sms': own(NewPhone, (login, { phone }) => setup.sms(login, phone)),
    'factors/sms-confirmation': own(CodeAnswer, (login, { code }) => setup.confirmSms(login, code)),
    'factors/app': own(Empty, (login) => setup.app(login)),
    'factors/recovery': own(Empty, (login) => setup.recovery(login)),
    'authenticator/pair': async ({ request }) => {
      const { pairing, publicKey } = await readBody(request, PairDevice);
      return setup.pair(pairing, publicKey);
    },
    'authenticator/requests': signed(Empty, (device) => authenticator.requests(device)),
    'authenticator/approve': signed(ApproveRequest, (device, { request, number }) =>
      authenticator.approve(device, request, number)),
    'authenticator/deny': signed(AnswerRequest, (device, { request }) => authenticator.deny(device, request, 'denied')),
    'authenticator/report': signed(AnswerRequest, (device, { request }) =>
      authenticator.deny(device, request, 'reported')),
  };
}
