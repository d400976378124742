/** What a terminal sends, key by key: of fast typing and of slow lines several come in one read. */
export function keysIn(text: string): readonly string[] {
  const keys: string[] = [];
  for (const [sequence] of text.matchAll(/\u001b(?:[[O][0-9;]*[A-Za-z~])?|[^]/gu)) {
    const key = NAMES[sequence] ?? (sequence.length === 1 ? sequence.toLowerCase() : undefined);
    if (key !== undefined) keys.push(key);
  }
  return keys;
}

const NAMES: Readonly<Record<string, string>> = {
  '\r': 'enter', '\n': 'enter', '\u0003': 'ctrl-c', '\u007f': 'backspace', '\b': 'backspace', '\u001b': 'escape',
  '\u001b[A': 'up', '\u001b[B': 'down', '\u001bOA': 'up', '\u001bOB': 'down', '\u001bOM': 'enter',
};
