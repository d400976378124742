/** `notary.jsonl`: the checkpoints beside the log, so that a log cut short or rewritten contradicts them. */
import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import type { EventData } from '../port.js';
import { parseCheckpoint, type Checkpoint } from './checkpoint.js';

/** The whole line, or nothing of it: false where there is no room for it. */
export function appendLine(file: string, checkpoint: Checkpoint): boolean {
  return withHandle(file, 'a', (handle) => {
    const { size } = fstatSync(handle);
    try {
      // Goes on where the system took a part only, as `writeSync` does not.
      writeFileSync(handle, `${JSON.stringify(checkpoint)}\n`);
    } catch (error) {
      cutTo(handle, size);
      if (NO_ROOM.includes((error as NodeJS.ErrnoException).code ?? '')) return false;
      throw error;
    }
    fsyncSync(handle);
    return true;
  });
}

/** Throws where there is nothing to compare a log with: it must not pass for one with which everything agrees. */
export function readHeads(file: string): readonly Checkpoint[] {
  const heads = readLines(file);
  if (heads.length === 0) throw new Error(existsSync(file) ? `${file} holds no signed head` : `${file} is not there`);
  return heads;
}

const NO_ROOM: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** To be done before anything is appended: the next line would stand behind what a crash left of the last one, on the same line. */
export function cutTornTail(file: string): void {
  if (!existsSync(file)) return;
  const bytes = readFileSync(file);
  const whole = bytes.lastIndexOf('\n') + 1;
  if (whole < bytes.length) withHandle(file, 'r+', (handle) => cutTo(handle, whole));
}

/**
 * A last line without its end was cut off by a crash and says nothing: the log has that checkpoint. Any other line that is
 * none was changed by somebody.
 */
export function readLines(file: string): readonly Checkpoint[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== '');
  return lines.map((line, n) => {
    const checkpoint = parseLine(line);
    if (!checkpoint) throw new Error(`${file}, line ${n + 1}: not a checkpoint`);
    return checkpoint;
  });
}

function withHandle<Result>(file: string, flags: 'a' | 'r+', work: (handle: number) => Result): Result {
  const handle = openSync(file, flags, 0o600);
  try {
    return work(handle);
  } finally {
    closeSync(handle);
  }
}

function cutTo(handle: number, size: number): void {
  ftruncateSync(handle, size);
  fsyncSync(handle);
}

function parseLine(line: string): Checkpoint | undefined {
  try {
    return parseCheckpoint(JSON.parse(line) as EventData);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
