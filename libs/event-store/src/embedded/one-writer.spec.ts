import { describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { event } from '../contract-suite/fixtures.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { openEmbeddedStore, StoreInUseError } from './index.js';

const newFile = (): string => join(temporaryFolder(), 'events.db');

async function holdElsewhere(file: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../testing/lock-holder.process.js', import.meta.url));
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout!, 'data');
  return child;
}

describe('one writer for a file', () => {
  it('refuses a second process with one clear message, until the first is gone', async () => {
    const file = newFile();
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const holder = await holdElsewhere(file);
      const refusal = await openEmbeddedStore({ file }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(StoreInUseError);
      expect((refusal as Error).message).toMatch(
        /^The event store \S+events\.db is already open.*only one may write it at a time\.$/,
      );
      holder.kill(signal);
      await once(holder, 'close');
      await (await openEmbeddedStore({ file })).close();
    }
  });

  it('refuses a second opening in the same process, also by another name of the file', async () => {
    const file = newFile();
    const store = await openEmbeddedStore({ file });
    const alias = join(dirname(file), 'elsewhere', 'other.db');
    mkdirSync(dirname(alias));
    symlinkSync(file, alias);
    await expect(openEmbeddedStore({ file })).rejects.toThrow(StoreInUseError);
    await expect(openEmbeddedStore({ file: alias })).rejects.toThrow(StoreInUseError);
    expect((await store.append('s-1', [event()], 'no-stream')).kind).toBe('appended');
    await store.close();
    await (await openEmbeddedStore({ file: alias })).close();
  });

  it('refuses a file that is something else, and leaves it alone', async () => {
    const file = newFile();
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE guests (name TEXT)');
    other.close();
    await expect(openEmbeddedStore({ file })).rejects.toThrow('is not an event store of version 1');
    await expect(openEmbeddedStore({ file: '/nowhere/at/all/events.db' })).rejects.toThrow('ENOENT');
  });
});

describe('closing', () => {
  it('leaves one file, and the lock beside it; where somebody reads, nothing is lost', async () => {
    const file = newFile();
    const files = (): readonly string[] => readdirSync(dirname(file)).sort();
    const store = await openEmbeddedStore({ file });
    await store.append('s-1', [event()], 'no-stream');
    await store.close();
    expect(files()).toEqual(['events.db', 'writer.lock']);
    const again = await openEmbeddedStore({ file });
    const elsewhere = new DatabaseSync(file, { readOnly: true });
    const count = () => elsewhere.prepare('SELECT count(*) AS n FROM events').get()?.['n'];
    await again.append('s-1', [event()], 0);
    expect(count()).toBe(2);
    await again.close();
    expect(count()).toBe(2);
    elsewhere.close();
    await (await openEmbeddedStore({ file })).close();
    expect(files()).toEqual(['events.db', 'writer.lock']);
  });

  it('keeps what was asked for before, and tells those who ask or listen after', async () => {
    const file = newFile();
    const store = await openEmbeddedStore({ file });
    const asked = store.append('s-1', [event()], 'no-stream');
    const listening = (async () => {
      for await (const message of store.subscribe()) if (message.kind === 'events') continue;
    })();
    const closing = store.close();
    expect((await asked).kind).toBe('appended');
    await expect(listening).rejects.toThrow();
    await closing;
    expect(await store.append('s-1', [event()], 0)).toMatchObject({ kind: 'unknown' });
    const again = await openEmbeddedStore({ file });
    expect(await again.readStream('s-1')).toMatchObject({ kind: 'found', events: [{ revision: 0 }] });
    await again.close();
  });
});
