import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that only grows, owned by one process; what waits while the disk works goes out together in one write. */
export interface LineFile {
  readonly path: string;
  readonly size: () => number;
  readonly append: (lines: string, durable: boolean) => Promise<void>;
  /** Puts other content in its place, whole or not at all. */
  readonly replace: (lines: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly lines: string;
  readonly durable: boolean;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export async function createLineFile(path: string, content: string): Promise<LineFile> {
  let handle = await written(path, content);
  let size = Buffer.byteLength(content);
  let waiting: Waiting[] = [];
  let working: Promise<void> | undefined;

  const writeAll = async () => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        size = await appendGroup(handle, size, group);
        group.forEach(one => one.done());
      } catch (error) {
        group.forEach(one => one.failed(error));
      }
    }
    working = undefined;
  };
  const idle = async () => {
    while (working !== undefined) await working;
  };
  return {
    path,
    size: () => size,
    append: (lines, durable) =>
      new Promise<void>((done, failed) => {
        waiting.push({ lines, durable, done, failed });
        working ??= Promise.resolve().then(writeAll);
      }),
    replace: async lines => {
      await idle();
      const next = await written(`${path}.new`, lines);
      await rename(`${path}.new`, path);
      await syncFolder(dirname(path));
      await handle.close();
      handle = next;
      size = Buffer.byteLength(lines);
    },
    close: async () => {
      await idle();
      await handle.close();
    },
  };
}

/** So that a created, renamed or removed name itself survives a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function written(path: string, content: string): Promise<FileHandle> {
  const handle = await open(path, 'w', 0o600);
  await handle.writeFile(content);
  await handle.datasync();
  return handle;
}

/** A write that failed half way is cut off again, so that the next one does not stand on a torn line. */
async function appendGroup(handle: FileHandle, size: number, group: readonly Waiting[]): Promise<number> {
  const bytes = Buffer.from(group.map(one => one.lines).join(''));
  try {
    for (let from = 0; from < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, from, bytes.length - from, size + from);
      from += bytesWritten;
    }
    if (group.some(one => one.durable)) await handle.datasync();
    return size + bytes.length;
  } catch (error) {
    await handle.truncate(size);
    throw error;
  }
}
