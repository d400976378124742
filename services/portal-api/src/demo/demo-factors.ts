import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoCredential } from '@portal/contract';
import type { Enrolment } from '@portal/identity';
import { SMS_CHOSEN_BY } from './demo-data.js';

/**
 * Everybody in the demo finds what they would have set up: an authenticator whose key stands in the data folder, and a
 * TOTP secret. Where a start before this one got so far, nothing is done again.
 */
export async function enrolDemo(
  enrolment: Enrolment, credentials: readonly DemoCredential[], folder: string, server: string,
): Promise<void> {
  const devices = join(folder, 'demo-authenticators');
  mkdirSync(devices, { recursive: true, mode: 0o700 });
  await Promise.all(credentials.map((credential) => enrol(enrolment, credential, devices, server)));
}

/** What comes first is what is asked for. */
async function enrol(
  enrolment: Enrolment, { username, totpSecret }: DemoCredential, devices: string, server: string,
): Promise<void> {
  const isMissing = (factor: 'sms' | 'totp') => !enrolment.factorsOf(username).includes(factor);
  const phone = SMS_CHOSEN_BY[username];
  if (phone !== undefined && isMissing('sms')) await enrolment.setUp(username, 'sms', phone);
  const file = join(devices, `${username}.json`);
  if (!existsSync(file)) await pair(enrolment, username, file, server);
  if (totpSecret !== undefined && isMissing('totp')) await enrolment.setUp(username, 'totp', totpSecret);
}

/** The file is what `npm run authenticator -- --demo` reads. Written last: a device that has none is paired anew. */
async function pair(enrolment: Enrolment, username: string, file: string, server: string): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const paired = await enrolment.pairApp(username, String(publicKey.export({ format: 'jwk' }).x));
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  writeFileSync(`${file}.new`, JSON.stringify({ server, ...paired, privateKey: key }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
