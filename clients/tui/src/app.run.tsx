import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { render } from 'ink';
import { createApp } from './app.js';
import { createClient, type Client } from './app.client.js';
import { beginByAmp } from './app.elsewhere.js';
import { createInterpreters } from './app.interpreters.js';
import { readLockAfter } from './app.lock.js';
import { keepSettings, readSettings } from './app.settings.js';
import { SCREENS } from './app.screens.js';
import type { AppEffect, AppMessage, AppState } from './app.state.js';
import { viewApp } from './app.view.js';
import { painter } from './components/paint.js';
import { createRowHandles, type RowHandles } from './platform/terminal-handles.js';
import { Rows, type RowsSource } from './components/rows.js';
import { sentenceOf } from './platform/i18n/not-done.js';
import { translator } from './platform/i18n/translate.js';
import { createProgram, interpret, type Program } from './platform/program.js';
import type { ClientOptions } from './platform/session/session.js';
import { openTerminal, type Terminal } from './platform/terminal.js';
import { headerOf, keepWorkAs } from './platform/work-as.js';

/** The full screen, from the first frame until the terminal is given back. */
export async function runFullScreen(options: ClientOptions): Promise<number> {
  const { promise: left, resolve: leave, reject: fail } = Promise.withResolvers<number>();
  process.once('uncaughtException', fail);
  process.once('unhandledRejection', fail);
  let program: Program<AppState, AppMessage> | undefined;
  const dispatch = (...messages: AppMessage[]) => program!.dispatch(...messages);
  const handles = createRowHandles();
  const terminal = openTerminal({
    toRows: handles.rows,
    stdin: process.stdin,
    stdout: process.stdout,
    onKeys: (keys) => dispatch(...keys.map((key): AppMessage => ({ type: 'key', key }))),
    onResize: (columns, rows) => dispatch({ type: 'resized', columns, rows }),
    onEnd: leave,
  });
  try {
    const language = () => program!.state().language;
    const client = createClient({ ...options, language }, dispatch);
    const interpreters = createInterpreters({ client, dispatch, language, env: process.env });
    const app = createApp({ screens: SCREENS, clock: Date.now, newId: randomUUID, home: 'services-menu', signIn: 'sign-in', stepUp: 'step-up', lockAfter: readLockAfter(process.env) });
    const screen = { repaint: () => {} };
    const perform = performer({ terminal, leave, interpreters, client, repaint: () => screen.repaint() });
    const isKnown = client.session.isSignedIn();
    const start = app.start(firstState(client.options, terminal, isKnown), isKnown ? 'services-menu' : 'sign-in', {});
    // Effects of the start are performed once the program exists.
    program = createProgram({ start: { ...start, effects: [] }, update: app.update, perform });
    screen.repaint = draw(program, terminal, handles).repaint;
    start.effects.forEach((effect) => perform(effect, dispatch));
    void (isKnown ? client.recognise() : beginByAmp(client));
    const seconds = setInterval(() => dispatch({ type: 'second', now: Date.now() }), 1000);
    const code = await left;
    clearInterval(seconds);
    terminal.restore();
    await client.end();
    return code;
  } catch (error) {
    terminal.restore();
    const t = translator(program?.state().language ?? 'en');
    process.stderr.write(`${t('frame.failed')}\n${error instanceof Error ? error.stack : String(error)}\n`);
    return 1;
  }
}

function firstState(options: ClientOptions, terminal: Terminal, isKnown: boolean): Omit<AppState, 'stack' | 'nextId'> {
  return {
    ...terminal.size(),
    ...readSettings(options.paths.settingsFile, process.env),
    overlay: undefined,
    keys: 0,
    idleSince: Date.now(),
    now: Date.now(),
    connection: { kind: isKnown ? 'recognising' : 'none', queued: 0 },
    person: undefined,
    workAs: {},
    said: undefined,
  };
}

interface Hands {
  readonly terminal: Terminal;
  readonly leave: (code: number) => void;
  readonly interpreters: ReturnType<typeof createInterpreters>;
  readonly client: ReturnType<typeof createClient>;
  readonly repaint: () => void;
}

function performer({ terminal, leave, interpreters, client, repaint }: Hands) {
  return (effect: AppEffect, dispatch: (message: AppMessage) => void): void => {
    switch (effect.type) {
      case 'of-screen':
        return interpret(interpreters, effect.effect, (message) => dispatch({ type: 'answered', to: effect.from, message }));
      case 'bell':
        return terminal.bell();
      case 'copy':
        return terminal.copy(effect.text);
      case 'repaint':
        return repaint();
      case 'leave':
        return leave(0);
      case 'keep-work-as':
        return void workIn(client, effect, dispatch);
      case 'keep-settings':
        return void keepSettings(client.options.paths.settingsFile, effect);
    }
  };
}

/** Kept for the next start, and recorded: a record that could not be made is said, for every request still names its capacity. */
async function workIn(client: Client, { account, component, capacity }: KeepWorkAs, dispatch: (message: AppMessage) => void): Promise<void> {
  await keepWorkAs(client.options.paths.workAsFile, { server: client.options.server, account, component }, capacity);
  const command = { commandId: randomUUID(), ...(capacity !== undefined && { capacity: headerOf(capacity) }) };
  const recorded = await client.api.workAs(component, command);
  if (recorded.kind !== 'ok') dispatch({ type: 'told', sentence: sentenceOf(recorded), as: 'warning' });
}

type KeepWorkAs = Extract<AppEffect, { type: 'keep-work-as' }>;

/** Keys of one read arrive together, and what they changed is one frame. */
function draw(program: Program<AppState, AppMessage>, terminal: Terminal, handles: RowHandles): { readonly repaint: () => void } {
  let composed = program.state();
  let rows = compose(composed);
  let handed = handles.handles(rows).join('\n');
  const refresh = () => {
    if (program.state() === composed) return;
    composed = program.state();
    rows = compose(composed);
    handed = handles.handles(rows).join('\n');
  };
  const source: RowsSource = {
    subscribe: (redraw) => program.subscribe(paced(program, redraw)),
    rows: () => {
      refresh();
      return handed;
    },
  };
  render(<Rows source={source} />, {
    stdout: terminal.output as unknown as NodeJS.WriteStream,
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    patchConsole: false,
    exitOnCtrlC: false,
    debug: true,
  });
  return {
    repaint: () => {
      refresh();
      terminal.output.redraw(rows);
    },
  };
}

/** How long news from the disk and the service may wait for each other: one key causes four or five of them. */
const NEWS_MS = 30;

/** What a key changed is drawn at once; all else together, shortly after. */
function paced(program: Program<AppState, AppMessage>, redraw: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let lastKey = program.state().keys;
  const now = () => {
    clearTimeout(timer);
    timer = undefined;
    redraw();
  };
  return () => {
    const isKey = program.state().keys !== lastKey;
    lastKey = program.state().keys;
    if (isKey) now();
    else timer ??= setTimeout(now, NEWS_MS);
  };
}

function compose(state: AppState): readonly string[] {
  const paint = painter(state.theme);
  return viewApp(state, SCREENS).map((line) => paint(line, state.columns));
}
