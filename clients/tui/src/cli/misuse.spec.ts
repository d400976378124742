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

  it.each([
    'iamis choose 3000N1 68201 --method guess --reason r', 'iamis choose 3000N1 68201 --method ols', 'iamis choose 3000N1 68201 --method ols --reason r --tolerance 0',
    'iamis choose 3000N1 68201 --method piecewise --reason r --anchors 10', 'iamis what-if 3000N1 68201 --tolerance 3 x', 'iamis what-if 3000N1 68201 --anchors 10:+2,',
    'iamis further-sample 3000N1 68201', 'iamis further-sample 3000N1 68201 --reason r --size 0', 'iamis return 3000N1 68201', 'iamis approve 3000N1 68201 --outcome -1',
    'iamis reallocate 3000N1 68201', 'iamis reallocate 3000N1 68201 --to a@b --entered submit', 'iamis work-not-received 3000N1 68201 0001', 'iamis replace 3000N1 68201 0001',
    'iamis review 3000N1 68201 0001', 'amend request 3000N1 68201 0001 7', 'amend refuse 3000N1:68201:3', 'work-as principal', 'work-as --component 3000N1',
    'document request poem --component 3000N1', 'document request mark-sheet --component 3000N1', 'document request centre-report --component 3000N1',
    'document request audit-report --component 3000N1 --candidate 0001', 'document request export --component 3000N1', 'document request export --component 3000N1 --format doc',
    'document request formula --component 3000N1 --format csv', 'document request receipt --component 3000N1 --candidate 0001',
    'document request summary --component 3000N1 --receipt 1', 'document request mark-sheet --component 3000N1 --centre 68201 --candidate 0001', 'export 3000N1 x.doc --format doc',
  ])('are wanting or wrong: %s', async words => {
    const { code, stdout, stderr } = await ran(`${words} --json`);
    expect([code, stdout, JSON.parse(stderr).error.type]).toEqual([2, '', 'usage']);
  });

  it('name the option that a document wants, and the one that it does not take', async () => {
    const at = 'document request mark-sheet --component 3000N1';
    expect((await ran(at)).stderr).toBe('portal: mark-sheet needs --centre.\n');
    expect((await ran(`${at} --centre 68201 --receipt 1`)).stderr).toBe('portal: mark-sheet takes no --receipt.\n');
    expect(JSON.parse((await ran(`${at} --json`)).stderr).error).toEqual({ type: 'usage', field: 'centre', detail: 'mark-sheet needs --centre.' });
  });

  it('are completed by the shell, moderation as well', async () => {
    const { code, stdout } = await ran('completion bash');
    expect(code).toBe(0);
    for (const words of ['"iamis what-if") ', '"amend") ', '"work-as") ']) expect(stdout).toContain(words);
    expect(stdout).toMatch(/"iamis"\) .*centres sample outcome review .*import/);
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
