/** The notary's Ed25519 key: made at first start, readable by its owner only. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';

/** The key is not the one that signed the log, or cannot be used. */
export class NotaryKeyError extends Error {}

export interface KeyFile {
  readonly file: string;
  /** Then a missing key is a lost one, and no other is put in its place. */
  readonly hasSigned: boolean;
}

/** Made where it is missing and has signed nothing yet. */
export function loadKey({ file, hasSigned }: KeyFile): KeyObject {
  if (!existsSync(file)) {
    if (hasSigned) throw new NotaryKeyError(`${file} is missing, and the log was signed with it`);
    createKey(file);
  }
  if ((statSync(file).mode & 0o077) !== 0)
    throw new NotaryKeyError(`${file} must be readable by its owner only (chmod 600)`);
  const pem = readFileSync(file);
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new NotaryKeyError(`${file} holds no private key`, { cause: error });
  }
}

/** What `verifyLog` needs. Whoever verifies should have kept it since the first start. */
export function publicKeyOf(keyFile: string): KeyObject {
  const pem = readFileSync(keyFile);
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw new NotaryKeyError(`${keyFile} holds no key`, { cause: error });
  }
  throw new NotaryKeyError(`${keyFile} holds a key that no notary signs with`);
}

/** Whole or not at all: a key cut short by a crash would stop every later start. */
function createKey(file: string): void {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  const draft = `${file}.${process.pid}`;
  const handle = openSync(draft, 'wx', 0o600);
  writeFileSync(handle, pem);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(draft, file);
}
