import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { openHidden } from './secret.js';

const moment = () => new Promise(resolve => setTimeout(resolve, 20));

/** A terminal that is typed at; `modes` is what its own echo has been set to. */
function terminal() {
  const modes: boolean[] = [];
  let shown = '';
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => void modes.push(on) });
  const stderr = { write: (text: string) => ((shown += text), true) };
  const hidden = openHidden({ surroundings: { stdin, stderr } } as never);
  return { hidden, type: (text: string) => stdin.write(text), shown: () => shown, modes };
}

describe('a password at a terminal', () => {
  it('is not shown, nor what is typed ahead of the question that it answers', async () => {
    const { hidden, type, shown, modes } = terminal();
    type('secret one\r123456\r');
    await moment();
    expect(await hidden.ask('Password: ')).toBe('secret one');
    await moment();
    expect(await hidden.ask('Code: ')).toBe('123456');
    expect([shown(), modes]).toEqual(['Password: \nCode: \n', [true]]);
    hidden.close();
    expect(modes).toEqual([true, false]);
  });

  it('is empty where the input ends', async () => {
    const { hidden, type } = terminal();
    const asked = hidden.ask('Password: ');
    type('\u0004');
    expect(await asked).toBe('');
    hidden.close();
  });
});
