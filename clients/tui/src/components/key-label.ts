/** Keys as keyboards name them: the same in every language. */
export function keyLabel(name: string): string {
  const parts = name.split('-').filter(Boolean);
  if (name.endsWith('-')) parts.push('-');
  const named = (part: string) => LABELS[part] ?? (/^f\d/.test(part) || parts[0] === 'ctrl' ? part.toUpperCase() : part);
  return parts.map(named).join('-');
}

/** `↑/k`, `PgUp`: every key of a binding. */
export function keyLabels(names: readonly string[]): string {
  return names.map(keyLabel).join(' ');
}

const LABELS: Readonly<Record<string, string>> = {
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  pad: 'Pad',
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  space: 'Space',
  backspace: 'Backspace',
  delete: 'Del',
  insert: 'Ins',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
};
