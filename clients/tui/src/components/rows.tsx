import { Text } from 'ink';
import { useSyncExternalStore } from 'react';

/** What Ink draws: rows composed before, in one text, because what Ink costs is counted in elements and in characters. */
export interface RowsSource {
  /** Handles of rows (`terminal-handles.ts`), a line each: the same text as long as nothing changed. */
  readonly rows: () => string;
  readonly subscribe: (listener: () => void) => () => void;
}

export function Rows({ source }: { readonly source: RowsSource }) {
  return <Text>{useSyncExternalStore(source.subscribe, source.rows)}</Text>;
}
