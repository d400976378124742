import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import xterm from '@xterm/headless';
import pty from 'node-pty';

/** The client in a real pseudo terminal, with no service to be reached: what it does to the terminal itself. */

const home = mkdtempSync(join(tmpdir(), 'portal-terminal-'));
/** What ships, where `npm test` has just bundled it. */
const entry = fileURLToPath(new URL(process.env['PORTAL_TEST_BUNDLE'] ? 'portal.mjs' : 'main.js', import.meta.url));
const started: pty.IPty[] = [];

afterEach(() => started.splice(0).forEach((one) => one.kill('SIGKILL')));
afterAll(() => rmSync(home, { recursive: true }));

function start(columns: number, rows: number, words: readonly string[] = [entry]) {
  const { CI: _, ...env } = process.env;
  const client = pty.spawn(process.execPath, [...words], {
    cols: columns,
    rows,
    name: 'xterm-256color',
    // Nothing listens on the discard port.
    env: { ...env, PORTAL_SERVER: 'http://127.0.0.1:9', XDG_CONFIG_HOME: home, XDG_STATE_HOME: home } as Record<string, string>,
  });
  started.push(client);
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  let raw = '';
  client.onData((data) => {
    raw += data;
    terminal.write(data);
  });
  // The last bytes may come after the exit, and the terminal takes them in its own time.
  const exited = new Promise<number>((resolve) =>
    client.onExit(({ exitCode }) => setTimeout(() => terminal.write('', () => resolve(exitCode)), 100)));
  const screen = () =>
    Array.from({ length: rows }, (_unused, y) => terminal.buffer.active.getLine(y)?.translateToString(true) ?? '').join('\n');
  const shows = async (text: string) => {
    const end = Date.now() + 60_000;
    while (!screen().includes(text)) {
      if (Date.now() > end) throw new Error(`never showed ${text}:\n${screen()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { client, terminal, exited, screen, shows, raw: () => raw };
}

function expectRestored(raw: string, terminal: { buffer: { active: { type: string } }; modes: object }): void {
  expect(terminal.buffer.active.type).toBe('normal');
  expect(terminal.modes).toMatchObject({ bracketedPasteMode: false, applicationKeypadMode: false });
  expect(raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(raw.lastIndexOf('\u001b[?25l'));
}

describe('the terminal', () => {
  it.each([[80, 24], [140, 44]])('at %i×%i is taken, drawn from top to bottom, and given back on leaving', async (columns, rows) => {
    const { client, terminal, exited, screen, shows, raw } = start(columns, rows);
    await shows('Sign in as an Appointee');
    expect(terminal.buffer.active.type).toBe('alternate');
    expect(terminal.modes).toMatchObject({ bracketedPasteMode: true, applicationKeypadMode: true });
    expect(screen().split('\n')[0]).toMatch(/^ WJEC Portal › Welcome +not signed in {2}\d\d:\d\d $/);
    expect(screen().split('\n')[rows - 2]).toBe(' Enter Choose  Tab Next  ? Help  : Actions  q Leave');
    client.write('q');
    await shows('Leave the Portal?');
    client.write('\r');
    expect(await exited).toBe(0);
    expectRestored(raw(), terminal);
  });

  it.each([['SIGTERM', 143], ['SIGHUP', 129], ['SIGINT', 130]] as const)('is given back on %s', async (signal, code) => {
    const { client, terminal, exited, shows, raw } = start(80, 24);
    await shows('Sign in as an Appointee');
    process.kill(client.pid, signal);
    expect(await exited).toBe(code);
    expectRestored(raw(), terminal);
  });

  it('is given back before a mistake of ours is told', async () => {
    const run = fileURLToPath(new URL('app.run.js', import.meta.url));
    // Without its folders the client fails after it has taken the terminal.
    const script = `const { runFullScreen } = await import(${JSON.stringify(run)}); process.exit(await runFullScreen({}));`;
    const { terminal, exited, shows, raw } = start(80, 24, ['--input-type=module', '-e', script]);
    expect(await exited).toBe(1);
    await shows('stopped because of a mistake of its own');
    expectRestored(raw(), terminal);
    expect(raw().indexOf('TypeError')).toBeGreaterThan(raw().lastIndexOf('\u001b[?1049l'));
  });

  it('says that the service cannot be reached, and stays', async () => {
    const { client, shows } = start(80, 24);
    await shows('Sign in as an Appointee');
    client.write('\ruser7@wjec-appointees.co.uk\r');
    await shows('The Portal cannot be reached.');
  });

  it('follows the size of the window, and says when it is too small', async () => {
    const { client, terminal, screen, shows } = start(80, 24);
    await shows('Sign in as an Appointee');
    terminal.resize(60, 24);
    client.resize(60, 24);
    await shows('The terminal is too small');
    terminal.resize(140, 24);
    client.resize(140, 24);
    await shows('Sign in as an Appointee');
    expect(screen().split('\n')[0]).toHaveLength(140);
  });

  it('survives keys at random, and Esc leads back', async () => {
    const { client, shows } = start(80, 24);
    await shows('Sign in as an Appointee');
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    const keys = ['\u001b[A', '\u001b[B', '\t', '?', ':', 'a', '\u001b', '\u007f', '\u001b[20~', '\u001bOp', '\u001b[200~x\u001b[201~', '\u000c', 'é'];
    for (let burst = 0; burst < 60; burst += 1) {
      client.write(Array.from({ length: 50 }, () => keys[random(keys.length)]!).join(''));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (let times = 0; times < 6; times += 1) {
      client.write('\u001b');
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await shows('Sign in as an Appointee');
  });
});
