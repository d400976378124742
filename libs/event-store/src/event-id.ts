import { hash } from 'node:crypto';

/** UUID v5 of (command, stream, index): the same command on the same stream is the same events, whoever asks. */
export function eventId(commandId: string, stream: string, index: number): string {
  const hex = hash('sha1', withNamespace(`${commandId}\n${stream}\n${index}`), 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Chosen once, for ever. */
const NAMESPACE = Buffer.from('5b0e0c8e6f2d4b0f9a3d7c41d8f1a2e6', 'hex');

/** Behind the namespace, in one buffer that is used again and again: a name of usual length takes no new one. */
function withNamespace(name: string): Buffer {
  if (name.length * 3 + NAMESPACE.length > USUAL.length) return Buffer.concat([NAMESPACE, Buffer.from(name)]);
  return USUAL.subarray(0, NAMESPACE.length + USUAL.write(name, NAMESPACE.length));
}

const USUAL = Buffer.alloc(1_024);
NAMESPACE.copy(USUAL);
