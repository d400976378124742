import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isHeld, tryLock, withLock, type FileLock } from '../paths/file-lock.js';
import { privateFolder } from '../paths/private-files.js';
import { createLineFile, syncFolder, type LineFile } from './line-file.js';
import {
  apply, snapshot, toLines,
  type Entry, type JournalAnswer, type JournalMark, type JournalState, type RefusedMark, type SetAside,
} from './entries.js';
import { foldOrphans } from './orphans.js';
import type { SheetKey } from './sheets.js';
import { sheetFolder } from './sheets.js';

/**
 * The marks of one person on one sheet, on this machine's disk before anything says "taken".
 * Every process writes a file of its own; what a dead process left is adopted, under a lock, by the next to open.
 */
export interface Journal {
  /** On disk when it resolves; concurrent calls share one write to the disk. */
  readonly commit: (marks: readonly JournalMark[]) => Promise<void>;
  /** Losing these to a crash costs one repeated sending, so they are not waited for on disk. */
  readonly answer: (answers: readonly JournalAnswer[]) => Promise<void>;
  /** The person has dealt with these refusals. */
  readonly dismiss: (commandIds: readonly string[]) => Promise<void>;
  /** On disk when it resolves; the last of each candidate stands. */
  readonly setAside: (entries: readonly SetAside[]) => Promise<void>;
  readonly aside: () => readonly Aside[];
  readonly unanswered: () => readonly JournalMark[];
  readonly refused: () => readonly RefusedMark[];
  /** The revision of a candidate's last acknowledged change in this journal. */
  readonly acknowledged: (candidate: string) => number | undefined;
  /** Leaves nothing behind where nothing is owed. */
  readonly close: () => Promise<void>;
}

export interface Aside {
  readonly candidate: string;
  readonly typed: string;
}

/** A file longer than this is rewritten once nothing in it is owed. */
const COMPACT_BYTES = 256 * 1024;

export async function openJournal(journalFolder: string, key: SheetKey): Promise<Journal> {
  const folder = privateFolder(sheetFolder(journalFolder, key));
  return withLock(join(folder, 'adoption.lock'), async () => {
    const name = `${process.pid}-${randomBytes(6).toString('hex')}`;
    const path = join(folder, `${name}.jsonl`);
    const lock = tryLock(`${path}.lock`);
    if (lock === undefined) throw new Error(`${path} is in use`);
    const orphans = orphansIn(folder);
    const state = foldOrphans(orphans);
    const file = await createLineFile(path, toLines(snapshot(state)));
    await syncFolder(folder);
    orphans.forEach(removeFile);
    return journalOver(folder, file, lock, state);
  });
}

function journalOver(folder: string, file: LineFile, lock: FileLock, state: JournalState): Journal {
  const write = async (entries: readonly Entry[], durable: boolean) => {
    await file.append(toLines(entries), durable);
    entries.forEach(entry => apply(state, entry));
  };
  return {
    commit: marks => write(marks.map(mark => ({ t: 'mark', ...mark })), true),
    answer: async answers => {
      await write(answers.map(answer => ({ t: 'answer', ...answer })), false);
      if (state.unanswered.size === 0 && file.size() > COMPACT_BYTES) await file.replace(toLines(snapshot(state)));
    },
    dismiss: commandIds => write(commandIds.map(commandId => ({ t: 'dismissed', commandId })), false),
    setAside: entries => {
      const at = new Date().toISOString();
      return write(entries.map(entry => ({ t: 'aside', ...entry, at })), true);
    },
    aside: () => [...state.aside].map(([candidate, { typed }]) => ({ candidate, typed })),
    unanswered: () => [...state.unanswered.values()],
    refused: () => [...state.refused.values()],
    acknowledged: candidate => state.acknowledged.get(candidate),
    close: async () => {
      await file.close();
      const isOwed = [state.unanswered, state.refused, state.aside].some(({ size }) => size > 0);
      if (!isOwed) removeFile(file.path);
      lock.release();
      await syncFolder(folder);
    },
  };
}

/** Files whose process is gone, oldest first. */
function orphansIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.jsonl'))
    .map(name => join(folder, name))
    .filter(path => !isHeld(`${path}.lock`))
    .sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
}

function removeFile(path: string): void {
  rmSync(path, { force: true });
  rmSync(`${path}.lock`, { force: true });
}
