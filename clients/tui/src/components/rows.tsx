import { Box, Text } from 'ink';
import { memo, useSyncExternalStore } from 'react';

/** What Ink draws: one text per row, composed before. A row that is unchanged costs React nothing. */
export interface RowsSource {
  /** Handles of rows (`terminal-handles.ts`): the same array as long as nothing changed. */
  readonly rows: () => readonly string[];
  readonly subscribe: (listener: () => void) => () => void;
}

export function Rows({ source }: { readonly source: RowsSource }) {
  const rows = useSyncExternalStore(source.subscribe, source.rows);
  return (
    <Box flexDirection="column">
      {rows.map((text, index) => (
        <Row key={index} text={text} />
      ))}
    </Box>
  );
}

const Row = memo(function Row({ text }: { readonly text: string }) {
  return <Text>{text}</Text>;
});
