/** Reads `text/event-stream` from bytes as they come, however they are cut. */
export function createEventReader(
  onEvent: (event: { readonly name: string; readonly data: string }) => void,
): (chunk: Uint8Array) => void {
  const decoder = new TextDecoder();
  let rest = '';
  let name = '';
  let data: string[] = [];
  const line = (text: string) => {
    if (text === '') {
      if (data.length > 0 || name !== '') onEvent({ name: name || 'message', data: data.join('\n') });
      name = '';
      data = [];
    } else if (text.startsWith('event:')) {
      name = text.slice(6).trim();
    } else if (text.startsWith('data:')) {
      data.push(text.slice(5).replace(/^ /, ''));
    }
    // Comments, ids and retry hints are of no use here: a missed ring is not asked for again.
  };
  return chunk => {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    lines.forEach(line);
  };
}
