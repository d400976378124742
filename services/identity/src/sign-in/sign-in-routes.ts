import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SignInStep } from '@portal/contract';
import type { Interaction } from 'oidc-provider';
import { addressOf } from '../http/client-address.js';
import { readBody } from '../http/body.js';
import { refusedAs } from '../http/problems.js';
import { clientNamed } from './client-name.js';
import { deviceCookie, deviceTokenIn } from './known-devices.js';
import type { Origin } from './password-guard.js';
import { SignInWork, type Progress, type SignInParts } from './sign-in-work.js';
import { isStepName, openStep, shownStep, STEPS, type StepName } from './steps.js';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The open step of the sign-in that the cookie names. */
export async function showStep(parts: SignInParts, exchange: Exchange, uid: string): Promise<SignInStep> {
  const interaction = await interactionOf(parts, exchange, uid);
  return shownStep(progressOf(interaction), resumeOf(interaction));
}

/** Takes the answer to a step and tells the next. */
export async function answerStep(
  parts: SignInParts, exchange: Exchange, uid: string, name: string,
): Promise<SignInStep> {
  if (!isStepName(name)) throw refusedAs('not-found', 'there is no such step');
  const answer = await readBody<never>(exchange.request, STEPS[name].schema as never);
  return takeAnswer(parts, exchange, { uid, name }, answer);
}

/** `answer` is as the step's schema wants it. */
export async function takeAnswer(
  parts: SignInParts, exchange: Exchange, { uid, name }: { uid: string; name: StepName }, answer: unknown,
): Promise<SignInStep> {
  return inTurn(uid, () => take(parts, exchange, uid, name, answer as never));
}

async function take(
  parts: SignInParts, exchange: Exchange, uid: string, name: StepName, answer: never,
): Promise<SignInStep> {
  const { mayRepeat, isDone, take: work } = STEPS[name];
  const interaction = await interactionOf(parts, exchange, uid);
  const progress = progressOf(interaction);
  if (name === 'stay' && isDone(progress)) return shownStep(progress, resumeOf(interaction));
  if (openStep(progress) !== name && !mayRepeat(progress)) {
    throw refusedAs('malformed-request', `the open step is "${openStep(progress) ?? 'done'}"`);
  }
  const origin = originOf(exchange.request);
  const client = await askingClient(parts, interaction) ?? clientNamed(exchange.request.headers['user-agent']);
  const next = await work(new SignInWork(parts, interaction, progress, client, origin), answer);
  if (next.isFinished) rememberDevice(parts, exchange, origin, next);
  return shownStep(next, resumeOf(interaction));
}

const turns = new Map<string, Promise<unknown>>();

/** Answers to one sign-in are taken one after another: each must see how far the one before has brought it. */
export async function inTurn<T>(uid: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(uid) ?? Promise.resolve()).then(work, work);
  turns.set(uid, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(uid) === mine) turns.delete(uid);
  }
}

/** With a code from another device it is the program there that is signed in. */
export async function askingClient({ provider }: SignInParts, { deviceCode }: Interaction): Promise<string | undefined> {
  if (deviceCode === undefined) return undefined;
  const asked = await (await provider()).DeviceCode.find(deviceCode);
  return clientNamed(asked?.deviceInfo?.ua);
}

export async function interactionOf(
  { provider }: SignInParts, { request, response }: Exchange, uid: string,
): Promise<Interaction> {
  try {
    const interaction = await (await provider()).interactionDetails(request, response);
    if (interaction.uid === uid) return interaction;
  } catch (error) {
    if ((error as Error).name !== 'SessionNotFound') throw error;
  }
  throw refusedAs('sign-in-refused', 'this sign-in is not known here or has ended: begin again');
}

function progressOf({ result }: Interaction): Progress {
  return (result?.['progress'] as Progress | undefined) ?? { session: randomUUID(), amr: [], isFinished: false };
}

/** Where this person has signed in once, strangers' wrong passwords do not keep them out. */
function rememberDevice(
  { devices, isSecure }: SignInParts, { response }: Exchange, { device }: Origin, { account = '' }: Progress,
): void {
  response.appendHeader('set-cookie', deviceCookie(devices.remember(device, account), isSecure));
}

export function originOf(request: IncomingMessage): Origin {
  return { address: addressOf(request), device: deviceTokenIn(request.headers.cookie ?? '') };
}

/** Relative: it is asked for where the steps were. */
function resumeOf({ returnTo }: Interaction): string {
  return new URL(returnTo).pathname;
}
