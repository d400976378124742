import { Box, Text } from 'ink';
import { memo, useSyncExternalStore } from 'react';

/** What Ink draws: one text per row, composed before. A row whose text is unchanged costs React nothing. */
export interface RowsSource {
  readonly rows: () => readonly string[];
  readonly subscribe: (listener: () => void) => () => void;
}

/** Another `epoch` draws again what is the same. */
export function Rows({ source }: { readonly source: RowsSource; readonly epoch: number }) {
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
  // An empty text would have no height.
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});
