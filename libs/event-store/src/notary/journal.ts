/** `notary.jsonl`: the checkpoints beside the log, so that a log cut short or rewritten contradicts them. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { EventData } from '../port.js';
import { parseCheckpoint, type Checkpoint } from './checkpoint.js';

export function appendLine(file: string, checkpoint: Checkpoint): void {
  const handle = openSync(file, 'a', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(checkpoint)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Throws where there is nothing to compare a log with: it must not pass for one with which everything agrees. */
export function readHeads(file: string): readonly Checkpoint[] {
  const heads = readLines(file);
  if (heads.length === 0) throw new Error(existsSync(file) ? `${file} holds no signed head` : `${file} is not there`);
  return heads;
}

/** A last line without its end was cut off by a crash and says nothing: the log has that checkpoint. */
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

function parseLine(line: string): Checkpoint | undefined {
  try {
    return parseCheckpoint(JSON.parse(line) as EventData);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
