import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from './run.js';

async function ran(words: string) {
  const said = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') => ({ write: (text: string) => ((said[name] += text), true) });
  const code = await runCommandLine(words.split(' '), { ...process, env: {}, stdout: into('stdout'), stderr: into('stderr') } as never);
  return { code, ...said };
}

describe('words that the command line does not know', () => {
  it.each([
    ['emi bogus', "portal: unknown command 'bogus'. Usage: portal emi [options] [command]"],
    ['emi bogus 1 2', "portal: unknown command 'bogus'. Usage: portal emi [options] [command]"],
    ['bogus', "portal: unknown command 'bogus'. Usage: portal [options] [command]"],
    ['emi sheet 9521/01', "portal: missing required argument 'centre'. Usage: portal emi sheet [options] <component> <centre>"],
    ['emi --bogus', "portal: unknown option '--bogus'. Usage: portal emi [options] [command]"],
  ])('%s: how the words go, in one line, and exit code 2', async (words, line) => {
    expect(await ran(words)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` });
  });

  it('are one JSON line with --json', async () => {
    const { code, stdout, stderr } = await ran('emi bogus --json');
    expect([code, stdout, JSON.parse(stderr)]).toEqual([2, '', { error: { type: 'usage', detail: "unknown command 'bogus'", usage: 'portal emi [options] [command]' } }]);
  });

  it('begin with a help that names the linear mode', async () => {
    const { code, stdout } = await ran('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--plain');
  });
});
