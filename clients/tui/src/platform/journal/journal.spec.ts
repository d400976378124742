import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { JournalMark } from './entries.js';
import { openJournal, type Journal } from './journal.js';
import { sheetFolder, sheetsOnDisk } from './sheets.js';
import { readClock } from './steady-clock.js';

const key = { server: 'http://127.0.0.1:1', account: 'a1', component: '9521/01@2017-01', centre: '68101' };
const root = () => join(mkdtempSync(join(tmpdir(), 'portal-journal-')), 'journal');

function mark(candidate: string, typed: string): JournalMark {
  return { commandId: randomUUID(), candidate, mark: typed, enteredAt: new Date().toISOString(), clock: readClock() };
}

const filesIn = (folder: string) => readdirSync(sheetFolder(folder, key)).filter(name => name.endsWith('.jsonl'));
const recorded = (commandId: string, revision: number) => ({ commandId, at: '2017-01-01T00:00:00Z', recorded: { revision } });

/** A second process that opens the journal, commits one mark after another, and says each once it is taken. */
function startWriter(folder: string) {
  const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    import { randomUUID } from 'node:crypto';
    import { openJournal } from ${url('./journal.js')};
    import { readClock } from ${url('./steady-clock.js')};
    const journal = await openJournal(${JSON.stringify(folder)}, ${JSON.stringify(key)});
    for (let i = 0; ; i++) {
      const commandId = randomUUID();
      await journal.commit([{ commandId, candidate: '0001', mark: String(i), enteredAt: new Date().toISOString(), clock: readClock() }]);
      process.stdout.write(commandId + '\\n');
    }`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function killedAfter(folder: string, marks: number): Promise<readonly string[]> {
  const child = startWriter(folder);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.split('\n').length > marks) child.kill('SIGKILL');
  });
  await new Promise(resolve => child.on('close', resolve));
  return said.split('\n').slice(0, -1);
}

describe('the journal', () => {
  it('keeps what was typed and is no mark, until something takes its place, and then leaves nothing behind', async () => {
    const folder = root();
    const first = await openJournal(folder, key);
    await first.setAside([{ candidate: '0001', typed: '85' }, { candidate: '0002', typed: '7.5' }]);
    await first.setAside([{ candidate: '0001', typed: '850' }, { candidate: '0002', typed: null }]);
    await first.close();
    const second = await openJournal(folder, key);
    expect(second.aside()).toEqual([{ candidate: '0001', typed: '850' }]);
    await second.setAside([{ candidate: '0001', typed: null }]);
    await second.close();
    expect(filesIn(folder)).toEqual([]);
  });

  it('gives back what is not answered, with the same command ids, and nothing that is', async () => {
    const folder = root();
    const first = await openJournal(folder, key);
    const marks = [mark('0001', '34'), mark('0002', 'ABS'), mark('0003', '7')];
    await first.commit(marks);
    await first.answer([recorded(marks[1]!.commandId, 4)]);
    await first.close();
    const second = await openJournal(folder, key);
    expect(second.unanswered()).toEqual([marks[0], marks[2]]);
    expect(second.acknowledged('0002')).toBe(4);
    await second.close();
  });

  it('loses nothing that was taken when the process is killed', async () => {
    const folder = root();
    const taken = await killedAfter(folder, 60);
    const journal = await openJournal(folder, key);
    const found = journal.unanswered().map(one => one.commandId);
    expect(found.slice(0, taken.length)).toEqual(taken);
    expect(found.length - taken.length).toBeLessThanOrEqual(1);
    expect(filesIn(folder)).toHaveLength(1);
    await journal.close();
  });

  it('reads over a torn last line, and keeps a damaged file aside', async () => {
    const folder = root();
    const first = await openJournal(folder, key);
    const one = mark('0001', '34');
    await first.commit([one]);
    await first.close();
    const path = join(sheetFolder(folder, key), filesIn(folder)[0]!);
    appendFileSync(path, 'rubbish\n{"t":"mark","commandId":"torn');
    const second = await openJournal(folder, key);
    expect(second.unanswered()).toEqual([one]);
    expect(readdirSync(sheetFolder(folder, key)).filter(name => name.endsWith('.damaged'))).toHaveLength(1);
    await second.close();
  });

  it('keeps two windows apart: each has a file of its own and neither takes the other’s marks', async () => {
    const folder = root();
    const [left, right] = await Promise.all([openJournal(folder, key), openJournal(folder, key)]);
    await Promise.all([left.commit([mark('0001', '1'), mark('0002', '2')]), right.commit([mark('0001', '3')])]);
    expect(left.unanswered().map(one => one.mark)).toEqual(['1', '2']);
    expect(right.unanswered().map(one => one.mark)).toEqual(['3']);
    await left.close();
    await right.close();
    const later = await openJournal(folder, key);
    expect(later.unanswered()).toHaveLength(3);
    expect(filesIn(folder)).toHaveLength(1);
    await later.close();
  });

  it('keeps refusals until they are dealt with or replaced', async () => {
    const folder = root();
    let journal = await openJournal(folder, key);
    const [over, taken, later] = [mark('0001', '85'), mark('0002', '34'), mark('0001', '58')];
    const problem = { type: 'mark-out-of-range', title: '', status: 422, detail: '' };
    const taking = { ...problem, type: 'reallocated' };
    await journal.commit([over, taken]);
    await journal.answer([
      { commandId: over.commandId, at: '2017-01-01T00:00:00Z', refused: problem },
      { commandId: taken.commandId, at: '2017-01-01T00:00:00Z', refused: taking },
    ]);
    await journal.close();
    journal = await openJournal(folder, key);
    expect(journal.refused().map(one => [one.mark.candidate, one.problem.type])).toEqual([
      ['0001', 'mark-out-of-range'],
      ['0002', 'reallocated'],
    ]);
    await journal.commit([later]);
    await journal.answer([recorded(later.commandId, 9)]);
    expect(journal.refused().map(one => one.mark.candidate)).toEqual(['0002']);
    await journal.dismiss([taken.commandId]);
    expect(journal.refused()).toEqual([]);
    await journal.close();
    expect(filesIn(folder)).toEqual([]);
  });

  it('is rewritten short once nothing is owed, and private to its owner', async () => {
    const folder = root();
    const journal = await openJournal(folder, key);
    await fill(journal, 40);
    const path = join(sheetFolder(folder, key), filesIn(folder)[0]!);
    expect(statSync(path).size).toBeLessThan(256 * 1024);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(sheetFolder(folder, key)).mode & 0o777).toBe(0o700);
    expect(readFileSync(path, 'utf8').split('\n').at(-1)).toBe('');
    await journal.close();
  });

  it('names the sheets for which something lies on disk', async () => {
    const folder = root();
    const journal = await openJournal(folder, key);
    await journal.commit([mark('0001', '34')]);
    await journal.close();
    expect(sheetsOnDisk(folder, key)).toEqual([key]);
    expect(sheetsOnDisk(folder, { ...key, account: 'somebody-else' })).toEqual([]);
  });
});

async function fill(journal: Journal, times: number): Promise<void> {
  for (let turn = 0; turn < times; turn++) {
    const marks = Array.from({ length: 100 }, (_, index) => mark(String(index).padStart(4, '0'), '34'));
    await journal.commit(marks);
    await journal.answer(marks.map(one => recorded(one.commandId, turn)));
  }
}
