import { generateKeyPairSync } from 'node:crypto';
import type { ApprovalAnswered, ApprovalRequest } from '@portal/contract';
import { post, serverOf, signedPost } from './call.js';
import { announcedServer, readDevice, writeDevice, type DeviceFile } from './device-file.js';
import { Failure } from './failure.js';
import { say } from './messages.en.js';

/** What came of it, for programs and for people. */
export interface Done {
  readonly document: unknown;
  readonly text: string;
}

export interface Options {
  readonly env: NodeJS.ProcessEnv;
  readonly server?: string | undefined;
  readonly request?: string | undefined;
}

/** `portal-authenticator:pair?code=…&server=…`, or the bare code. A new key is made each time. */
export async function pair(given: string, { env, server }: Options): Promise<Done> {
  const asked = given.startsWith('portal-authenticator:') ? new URL(given).searchParams : undefined;
  const pairing = asked?.get('code') ?? given;
  const at = serverOf(server ?? asked?.get('server') ?? env['PORTAL_SERVER'] ?? announcedServer(env) ?? '');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const body = JSON.stringify({ pairing, publicKey: publicKey.export({ format: 'jwk' }).x });
  const { device, username } = await post<{ device: string; username: string }>(`${at}/authenticator/pair`, body);
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  writeDevice(env, { server: at, device, username, privateKey: key });
  return { document: { device, username, server: at }, text: say('paired', { username }) };
}

export async function list({ env }: Options): Promise<Done> {
  const requests = await openRequests(readDevice(env));
  const lines = requests.map((request) => say('request', request));
  return { document: requests, text: lines.length === 0 ? say('no-requests') : lines.join('\n') };
}

/** The number is what the person reads on the other screen: it is not known here. */
export async function approve(number: string, options: Options): Promise<Done> {
  const own = readDevice(options.env);
  const request = await theRequest(own, options.request);
  return answered(await signedPost<ApprovalAnswered>(own, 'approve', { request, number }));
}

export async function refuse(name: 'deny' | 'report', options: Options): Promise<Done> {
  const own = readDevice(options.env);
  return answered(await signedPost<ApprovalAnswered>(own, name, { request: await theRequest(own, options.request) }));
}

const answered = (document: ApprovalAnswered): Done => ({ document, text: say(document.answer) });

/** With two open nobody guesses which is meant. */
async function theRequest(own: DeviceFile, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const [only, ...more] = await openRequests(own);
  if (only === undefined) throw new Failure('no-requests', 1);
  if (more.length > 0) throw new Failure('request-ambiguous', 1);
  return only.request;
}

async function openRequests(own: DeviceFile): Promise<readonly ApprovalRequest[]> {
  return (await signedPost<{ requests: readonly ApprovalRequest[] }>(own, 'requests', {})).requests;
}
