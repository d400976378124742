/** What the authenticator says. */
export const en = {
  usage:
    'usage: authenticator [pair URI|- | list | approve NUMBER | deny | report] [--demo USERNAME [--data DIR]] [--account USERNAME] [--request ID] [--server URL] [--json]',
  paired: 'Paired. Sign-in requests of {username} are answered here.',
  'no-requests': 'There is no open sign-in request.',
  request: '{request}  {username} {purpose} with {client} from {address} at {requestedAt}',
  approved: 'Approved.',
  denied: 'Denied.',
  reported: 'Reported. If this happens again, choose a new password.',
  'not-paired': 'This device is not paired. Use: authenticator pair URI (or pair -, with the URI on standard input)',
  'key-not-private': 'Others can read {file}: its key is not used. Pair this device again.',
  'account-unknown': 'This device is not paired with {username}.',
  'demo-service-missing': 'No service runs on this machine. Use --data DIR to say where its data are.',
  'demo-unknown': 'There is no demo authenticator of {username} in {folder}.',
  'server-missing': 'Which server? Use --server URL.',
  'server-not-secure': 'Only https is spoken over a network.',
  'request-ambiguous': 'More than one request is open. Say which with --request ID.',
  unreachable: 'The server cannot be reached.',
  'pairing-refused': 'That pairing code is not known, was used, or is too old.',
  'device-refused': 'The server does not know this device. Pair it again.',
  'request-settled': 'There is no such open request.',
  'approval-denied': 'That is not the number on the screen: the request has ended.',
  refused: 'Refused: {type}.',
  'screen.title': 'Authenticator',
  'screen.nothing': 'No sign-in waits for you. Requests appear here by themselves.',
  'screen.one.sign-in': 'Somebody signs in. Is it you?',
  'screen.one.proof': 'Somebody who is signed in proves again who they are. Is it you?',
  'screen.several': '{count} requests wait. Which is it?',
  'screen.what': 'What',
  'purpose.sign-in': 'signs in',
  'purpose.proof': 'proves again who they are',
  'screen.who': 'Who',
  'screen.where': 'Where',
  'screen.from': '{client} at {address}',
  'screen.when': 'When',
  'screen.left': '{seconds} s left',
  'screen.type': 'Type the number that the other screen shows:',
  'screen.both-digits': 'The number has two digits.',
  'screen.waiting': 'One moment …',
  'screen.key.approve': 'Enter Approve',
  'screen.key.deny': 'd Deny',
  'screen.key.report': 'r Report: not me',
  'screen.key.other': '↑↓ Another request',
  'screen.key.leave': 'q Leave',
} as const;

export type MessageId = keyof typeof en;

export function say(id: MessageId, values: Readonly<Record<string, string>> = {}): string {
  return en[id].replace(/\{(\w+)\}/g, (_, name: string) => clean(values[name] ?? ''));
}

/** What a server says must not steer the terminal. */
export function clean(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '');
}
