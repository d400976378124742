import { PassThrough } from 'node:stream';

/**
 * What is typed before it is asked for waits here unseen: only the question that a line answers may say whether it is
 * shown, so a password typed ahead is never echoed. The terminal's own echo is off the whole time.
 */
export interface HiddenInput {
  /** What the line editor reads. */
  readonly stream: NodeJS.ReadableStream;
  /** Hands over what has arrived, as far as the end of the next line. */
  readonly open: () => void;
  readonly close: () => void;
}

const END_OF_LINE = /\r\n?|\n/;
const CTRL_C = '\u0003';

export function openHiddenInput(stdin: NodeJS.ReadStream, onInterrupt: () => void): HiddenInput {
  const stream = new PassThrough();
  let ahead = '';
  let isOpen = false;
  let last = '';
  const handOver = () => {
    // One Enter, though it came in two reads.
    if (last === '\r' && ahead.startsWith('\n')) ahead = ahead.slice(1);
    if (!isOpen || ahead === '') return;
    const end = END_OF_LINE.exec(ahead);
    const until = end === null ? ahead.length : end.index + end[0].length;
    isOpen = end === null;
    const text = ahead.slice(0, until);
    ahead = ahead.slice(until);
    last = text.at(-1) ?? '';
    stream.write(text);
  };
  const onData = (bytes: Buffer) => {
    ahead += bytes.toString('latin1');
    // Also where nothing is being asked: whoever wants to leave does not wait for a question.
    if (ahead.includes(CTRL_C)) return onInterrupt();
    handOver();
  };
  const onEnd = () => stream.end(ahead.slice(0, isOpen ? undefined : 0));
  // After a stop the shell has set the terminal as it likes it.
  const onContinue = () => void stdin.setRawMode(true);
  stdin.setRawMode(true);
  stream.setDefaultEncoding('latin1');
  stdin.on('data', onData);
  stdin.on('end', onEnd);
  process.on('SIGCONT', onContinue);
  return {
    stream,
    open: () => {
      isOpen = true;
      handOver();
    },
    close: () => {
      stdin.off('data', onData);
      stdin.off('end', onEnd);
      process.off('SIGCONT', onContinue);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}
