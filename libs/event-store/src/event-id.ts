import { createHash } from 'node:crypto';

/** UUID v5 of (command, stream, index): the same command on the same stream is the same events, whoever asks. */
export function eventId(commandId: string, stream: string, index: number): string {
  const digest = createHash('sha1').update(NAMESPACE).update(`${commandId}\n${stream}\n${index}`).digest();
  digest[6] = (digest[6]! & 0x0f) | 0x50;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** Chosen once, for ever. */
const NAMESPACE = Buffer.from('5b0e0c8e6f2d4b0f9a3d7c41d8f1a2e6', 'hex');
