import { PassThrough, Writable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openDialogue, type Dialogue } from './app.plain-dialogue.js';
import { translator } from './platform/i18n/translate.js';

/** A terminal that is typed at; `raw` is what its own echo has been set to. */
function typewriter() {
  const modes: boolean[] = [];
  let shown = '';
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => void modes.push(on) });
  const stdout = new Writable({ write: (chunk: Buffer, _, done) => ((shown += chunk.toString()), done()) });
  const options = { stdin: stdin as never, stdout: stdout as never, t: translator('en'), language: 'en' as const };
  opened = openDialogue(options);
  return { dialogue: opened, type: (text: string) => stdin.write(text), shown: () => shown, modes };
}

let opened: Dialogue | undefined;
afterEach(() => opened?.close());
const moment = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('the linear mode at a terminal', () => {
  it('never shows a password, however early it is typed', async () => {
    const { dialogue, type, shown } = typewriter();
    type('user7\rsecret one\r1\r');
    await moment();
    expect(shown()).toBe('');
    expect(await dialogue.ask('plain.username')).toBe('user7');
    expect(await dialogue.askSecretly('plain.password')).toBe('secret one');
    expect(await dialogue.ask('plain.stay')).toBe('1');
    expect(shown()).not.toContain('secret');
    expect(shown()).toContain('user7');
  });

  it('shows what is typed at a question that is open, letters of any language among it', async () => {
    const { dialogue, type, shown } = typewriter();
    const answer = dialogue.ask('plain.username');
    type('Sian ');
    type('Tŷ\r');
    expect(await answer).toBe('Sian Tŷ');
    expect(shown()).toContain('Sian ');
    expect(shown()).toContain('Tŷ');
  });

  it('takes one Enter for one, though it comes in two reads', async () => {
    const { dialogue, type } = typewriter();
    const first = dialogue.ask('plain.username');
    type('one\r');
    expect(await first).toBe('one');
    type('\ntwo\r');
    await moment();
    expect(await dialogue.ask('plain.username')).toBe('two');
  });

  it('has the terminal’s own echo off from the first moment to the last', async () => {
    const { dialogue, modes } = typewriter();
    expect(modes).toEqual([true]);
    dialogue.close();
    expect(modes).toEqual([true, false]);
  });

  it('ends at Ctrl-C, also while nothing is asked', async () => {
    const { dialogue, type } = typewriter();
    type('half a pass\u0003');
    await moment();
    expect(await dialogue.ask('plain.username')).toBeUndefined();
  });
});
