/** `elin.hughes@…` for Elin Mair Hughes: letters of every keyboard, and a number where somebody has the name already. */
export function freeUsername(displayName: string, domain: string, isTaken: (username: string) => boolean): string {
  const stem = stemOf(displayName);
  for (let number = 1; ; number += 1) {
    const username = `${stem}${number === 1 ? '' : number}@${domain}`;
    if (!isTaken(username)) return username;
  }
}

function stemOf(displayName: string): string {
  const words = displayName
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z\s-]/g, '')
    .split(/\s+/)
    .map((word) => word.replace(/^-+|-+$/g, ''))
    .filter((word) => word !== '');
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  // A name in another script leaves nothing.
  return [first ?? 'appointee', ...(last === undefined ? [] : [last])].join('.').slice(0, 60);
}
