/** A program and its version as they were sent, in the words that people know them by. */
export function deviceName(sent: string): string {
  const [product = '', version] = sent.split('/', 2);
  const name = NAMES[product] ?? product;
  return version === undefined ? name : `${name} ${version}`;
}

const NAMES: Readonly<Record<string, string>> = { 'portal-terminal': 'Portal' };
