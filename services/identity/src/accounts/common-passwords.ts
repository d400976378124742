/** Passwords that everybody tries first are refused where one is chosen. */

/**
 * Whether a password is one of the most used ones, one of them with digits or signs put around it, what somebody calls
 * themselves, or one piece over and over. The list (49,233 passwords by how often they were found in published
 * breaches) is loaded when first needed.
 */
export async function isCommon(password: string, username: string): Promise<boolean> {
  const text = password.normalize('NFKC').toLowerCase();
  const bare = text.replace(/^[\d\W_]+|[\d\W_]+$/gu, '');
  const [name = ''] = username.toLowerCase().split('@', 1);
  if (text === username.toLowerCase() || bare === name || isOnePiece(text)) return true;
  const known = await list();
  return known.has(text) || (bare.length >= SHORTEST_WORD && text.length - bare.length > 0 && known.has(bare));
}

/** `abcabcabcabc`: as long as it looks, it is three characters. */
function isOnePiece(text: string): boolean {
  return /^(.{1,6})\1+$/u.test(text);
}

/** Below it a listed word is a syllable: `a1 b2 …` is no listed password with signs around it. */
const SHORTEST_WORD = 4;

let loaded: Promise<ReadonlySet<string>> | undefined;

function list(): Promise<ReadonlySet<string>> {
  return (loaded ??= load());
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'] as readonly string[]);
}
