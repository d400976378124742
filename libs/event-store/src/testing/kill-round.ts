/**
 * The durability harness: a process writes and says what was acknowledged, is killed without warning, and
 * what it said is looked for. Also used with the whole service as the process.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EventStore } from '../port.js';

/** Whole lines on standard output until the process was killed; a last line cut off was not said. */
export async function killAfter(child: ChildProcess, ms: number): Promise<readonly string[]> {
  let said = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (said += text));
  const closed = once(child, 'close');
  await once(child.stdout!, 'data');
  setTimeout(() => child.kill('SIGKILL'), ms);
  const [, signal] = (await closed) as [number | null, string | null];
  if (signal !== 'SIGKILL')
    throw new Error('the process ended before it was killed: the round shows nothing');
  return said.split('\n').slice(0, -1);
}

export type WriterBehaviour =
  | 'honest'
  /** For the negative control: a store that answers before it has committed must be found out. */
  | 'acknowledges-before-commit';

/** 50 writers in a process of their own, each appending pairs of events; a line `stream id id` for each acknowledged. */
export function startWriters(file: string, behaviour: WriterBehaviour = 'honest'): ChildProcess {
  const script = fileURLToPath(new URL('./writers.process.js', import.meta.url));
  return spawn(process.execPath, [script, file, behaviour], { stdio: ['ignore', 'pipe', 'inherit'] });
}

export interface Losses {
  readonly acknowledged: number;
  readonly missing: readonly string[];
  readonly repeated: readonly string[];
  /** Streams that end in the middle of an append. */
  readonly halfWritten: readonly string[];
}

export async function findLosses(store: EventStore, lines: readonly string[]): Promise<Losses> {
  const times = new Map<string, number>();
  const lengths = new Map<string, number>();
  for await (const batch of store.readAll()) {
    for (const { id, stream } of batch) {
      times.set(id, (times.get(id) ?? 0) + 1);
      lengths.set(stream, (lengths.get(stream) ?? 0) + 1);
    }
  }
  const acknowledged = lines.flatMap((line) => line.split(' ').slice(1));
  return {
    acknowledged: acknowledged.length,
    missing: acknowledged.filter((id) => !times.has(id)),
    repeated: [...times].filter(([, count]) => count > 1).map(([id]) => id),
    halfWritten: [...lengths].filter(([, length]) => length % 2 === 1).map(([stream]) => stream),
  };
}
