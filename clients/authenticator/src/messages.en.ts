/** What the authenticator says. */
export const en = {
  usage:
    'usage: authenticator pair URI | list | approve NUMBER | deny | report  [--request ID] [--server URL] [--json]',
  paired: 'Paired. Sign-in requests of {username} are answered here.',
  'no-requests': 'There is no open sign-in request.',
  request: '{request}  {username} with {client} from {address} at {requestedAt}',
  approved: 'Approved.',
  denied: 'Denied.',
  reported: 'Reported. If this happens again, choose a new password.',
  'not-paired': 'This device is not paired. Use: authenticator pair URI',
  'key-not-private': 'Others can read {file}: its key is not used. Pair this device again.',
  'server-missing': 'Which server? Use --server URL.',
  'server-not-secure': 'Only https is spoken over a network.',
  'request-ambiguous': 'More than one request is open. Say which with --request ID.',
  unreachable: 'The server cannot be reached.',
  'pairing-refused': 'That pairing code is not known, was used, or is too old.',
  'device-refused': 'The server does not know this device. Pair it again.',
  'request-settled': 'There is no such open request.',
  'approval-denied': 'That is not the number on the screen: the request has ended.',
  refused: 'Refused: {type}.',
} as const;

export type MessageId = keyof typeof en;

export function say(id: MessageId, values: Readonly<Record<string, string>> = {}): string {
  return en[id].replace(/\{(\w+)\}/g, (_, name: string) => clean(values[name] ?? ''));
}

/** What a server says must not steer the terminal. */
function clean(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '');
}
