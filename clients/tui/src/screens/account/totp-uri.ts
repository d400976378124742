/** Without what every app takes for granted: so the code stays small enough for 24 rows. */
export function shortTotpUri(uri: string): string {
  const [path, query = ''] = uri.split('?', 2) as [string, string?];
  const given = new URLSearchParams(query);
  const short = [...given].filter(([name, value]) => DEFAULTS[name] !== value && name !== 'issuer');
  return `${path.replaceAll('%40', '@')}?${new URLSearchParams(short)}`;
}

/** The issuer stands before the label as well. */
const DEFAULTS: Readonly<Record<string, string>> = { algorithm: 'SHA1', digits: '6', period: '30' };
