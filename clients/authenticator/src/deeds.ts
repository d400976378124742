import { generateKeyPairSync } from 'node:crypto';
import type { ApprovalAnswered, ApprovalRequest } from '@portal/contract';
import { announced } from './announced.js';
import { post, serverOf, signedPost } from './call.js';
import { writeDevice, type DeviceFile } from './device-file.js';
import { Failure } from './failure.js';
import { say } from './messages.en.js';

/** What came of it, for programs and for people. */
export interface Done {
  readonly document: unknown;
  readonly text: string;
}

/** A request, and the device that may answer it. */
export interface Waiting {
  readonly own: DeviceFile;
  readonly request: ApprovalRequest;
}

/** `portal-authenticator:pair/CODE/SERVER`, or the bare code. A new key is made each time. */
export async function pair(given: string, env: NodeJS.ProcessEnv, server: string | undefined): Promise<Done> {
  const asked = /^portal-authenticator:pair\/(?<code>[\w-]+)\/(?<origin>https?:\/\/.+)$/.exec(given.trim())?.groups;
  const pairing = asked?.['code'] ?? given;
  const at = serverOf(server ?? asked?.['origin'] ?? env['PORTAL_SERVER'] ?? announced(env).url ?? '');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const body = JSON.stringify({ pairing, publicKey: publicKey.export({ format: 'jwk' }).x });
  const { device, username } = await post<{ device: string; username: string }>(`${at}/authenticator/pair`, body);
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  writeDevice(env, { server: at, device, username, privateKey: key });
  return { document: { device, username, server: at }, text: say('paired', { username }) };
}

export async function list(devices: readonly DeviceFile[]): Promise<Done> {
  const requests = (await openRequests(devices)).map(({ request }) => request);
  const lines = requests.map((request) => say('request', { ...request, purpose: say(`purpose.${request.purpose}`) }));
  return { document: requests, text: lines.length === 0 ? say('no-requests') : lines.join('\n') };
}

/** The number is what the person reads on the other screen: it is not known here. */
export async function approve(number: string, devices: readonly DeviceFile[], named: string | undefined): Promise<Done> {
  return answered(await sendNumber(await theRequest(devices, named), number));
}

export async function refuse(name: 'deny' | 'report', devices: readonly DeviceFile[], named: string | undefined): Promise<Done> {
  return answered(await sendRefusal(await theRequest(devices, named), name));
}

export const sendNumber = ({ own, request: { request } }: Waiting, number: string): Promise<ApprovalAnswered> =>
  signedPost(own, 'approve', { request, number });

export const sendRefusal = ({ own, request: { request } }: Waiting, name: 'deny' | 'report'): Promise<ApprovalAnswered> =>
  signedPost(own, name, { request });

/** Of all accounts of this device, the oldest first. */
export async function openRequests(devices: readonly DeviceFile[]): Promise<readonly Waiting[]> {
  const each = devices.map(async (own) => {
    const { requests } = await signedPost<{ requests: readonly ApprovalRequest[] }>(own, 'requests', {});
    return requests.map((request): Waiting => ({ own, request }));
  });
  return oldestFirst((await Promise.all(each)).flat());
}

export const oldestFirst = (all: readonly Waiting[]): readonly Waiting[] =>
  all.toSorted((a, b) => (a.request.requestedAt < b.request.requestedAt ? -1 : 1));

const answered = (document: ApprovalAnswered): Done => ({ document, text: say(document.answer) });

/** With two open nobody guesses which is meant. */
async function theRequest(devices: readonly DeviceFile[], named: string | undefined): Promise<Waiting> {
  const all = await openRequests(devices);
  const [only, ...more] = named === undefined ? all : all.filter(({ request }) => request.request === named);
  if (only === undefined) throw new Failure(named === undefined ? 'no-requests' : 'request-settled', 1);
  if (more.length > 0) throw new Failure('request-ambiguous', 1);
  return only;
}
