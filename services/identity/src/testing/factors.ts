/** Sets up second factors as a person does, for tests. */
import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEVICE_HEADERS, signedText } from '@portal/contract';
import { codeAt } from '../factors/totp.js';
import { contextOf, PASSWORD, type RunningIdentity } from './running-identity.js';
import { beginSignIn, post, signInWith, type Answer, type Flow } from './terminal.js';

export interface Enrolled {
  readonly username: string;
  readonly account: string;
  /** A call under the access token of a sign-in just made. */
  readonly call: (path: string, body?: object) => Promise<Answer>;
}

export async function newPerson(identity: RunningIdentity, more: { readonly email?: string } = {}): Promise<Enrolled> {
  const username = `${randomUUID()}@example.org`;
  const made = await identity.directory.create({ username, displayName: 'P', roles: ['appointee'], ...more }, contextOf());
  await identity.directory.setPassword(username, PASSWORD);
  const { access_token: token } = await signInWith(identity.url, { username });
  const headers = { authorization: `Bearer ${token}` };
  const call = (path: string, body: object = {}) => post(`${identity.url}/${path}`, body, headers);
  return { username, account: 'account' in made ? made.account : '', call };
}

export async function setUpTotp({ call }: Enrolled, now: Date): Promise<{ secret: string; recovery: string[] }> {
  const { body } = await call('factors/totp');
  const secret = String(body['secret']);
  const confirmed = await call('factors/totp-confirmation', { code: codeAt(secret, now) });
  return { secret, recovery: confirmed.body['codes'] as string[] };
}

export async function setUpSms({ call }: Enrolled, identity: RunningIdentity): Promise<Answer> {
  await call('factors/sms', { phone: '+447700900067' });
  return call('factors/sms-confirmation', { code: lastSms(identity) });
}

export function lastSms({ folder }: RunningIdentity): string {
  const lines = readFileSync(join(folder, 'sms-outbox.jsonl'), 'utf8').trim().split('\n');
  return /\b\d{6}\b/.exec((JSON.parse(lines.at(-1) ?? '') as { text: string }).text)?.[0] ?? '';
}

/** Past the password. */
export async function atSecondStep({ url }: RunningIdentity, username: string): Promise<Flow & { first: Answer }> {
  const flow = await beginSignIn(url);
  await flow.step('username', { username });
  return { ...flow, first: await flow.step('password', { password: PASSWORD }) };
}

export interface TestDevice {
  readonly device: string;
  readonly key: KeyObject;
  readonly call: (name: string, body?: object, change?: Partial<SignedAs>) => Promise<Answer>;
}

export interface SignedAs {
  readonly key: KeyObject;
  readonly time: string;
  readonly nonce: string;
  /** Signed for another call. */
  readonly path: string;
}

export const newKeys = () => generateKeyPairSync('ed25519');

export async function pairDevice({ url }: RunningIdentity, { call }: Enrolled, clock: () => Date): Promise<TestDevice> {
  const { publicKey, privateKey } = newKeys();
  const { body } = await call('factors/app');
  const paired = await post(`${url}/authenticator/pair`, {
    pairing: body['pairing'], publicKey: publicKey.export({ format: 'jwk' }).x,
  });
  const device = String(paired.body['device']);
  const signedCall: TestDevice['call'] = (name, content = {}, change = {}) => {
    const time = change.time ?? clock().toISOString();
    const nonce = change.nonce ?? randomUUID();
    const path = `/authenticator/${name}`;
    const text = JSON.stringify(content);
    const signed = Buffer.from(signedText({ path: change.path ?? path, device, time, nonce, body: text }));
    return post(url + path, text, {
      [DEVICE_HEADERS.device]: device,
      [DEVICE_HEADERS.time]: time,
      [DEVICE_HEADERS.nonce]: nonce,
      [DEVICE_HEADERS.signature]: sign(null, signed, change.key ?? privateKey).toString('base64url'),
    });
  };
  return { device, key: privateKey, call: signedCall };
}
