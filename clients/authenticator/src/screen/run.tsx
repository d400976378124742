import { PassThrough } from 'node:stream';
import { render } from 'ink';
import { oldestFirst, openRequests, sendNumber, sendRefusal, type Waiting } from '../deeds.js';
import type { DeviceFile } from '../device-file.js';
import { Failure } from '../failure.js';
import { keysIn } from './keys.js';
import { Screen } from './screen.js';
import { ended, keyed, listed, screenStart, type Answer, type Said, type ScreenState } from './state.js';

const ASK_EVERY_MS = 1_000;

/** Until the person leaves. What the service says no to stands on the screen; what is wrong here throws. */
export async function runScreen(devices: readonly DeviceFile[]): Promise<number> {
  const { promise: left, resolve: leave, reject: fail } = Promise.withResolvers<number>();
  let state = screenStart(devices.map(({ username }) => username), Date.now());
  let waiting: readonly Waiting[] = [];
  const rows = (): number => Math.max(8, (process.stdout.rows || 24) - 1);
  // Ink only draws: it would lose an Enter that comes in one read with the digits before it.
  const stdin = new PassThrough() as unknown as NodeJS.ReadStream;
  const screen = render(<Screen state={state} rows={rows()} />, { stdin, exitOnCtrlC: false, patchConsole: false, alternateScreen: true });
  const show = (next: ScreenState): void => {
    state = next;
    screen.rerender(<Screen state={state} rows={rows()} />);
  };
  const ask = async (): Promise<void> => {
    // Each for itself: an account whose server is away must not hide the requests of the others.
    const asked = await Promise.all(devices.map((device) => saidOrDone(openRequests([device]))));
    // Answered meanwhile: what was asked for before is not what is open now.
    if (state.isBusy) return;
    waiting = oldestFirst(asked.flatMap((one) => ('done' in one ? one.done : [])));
    const said = asked.find((one) => 'said' in one)?.said;
    const next = listed(unreachableNoMore(state), waiting.map(({ request }) => request), Date.now());
    show(said === undefined ? next : { ...next, said });
  };
  const answer = async (wanted: Answer): Promise<void> => {
    const own = waiting.find(({ request }) => request.request === wanted.request);
    if (own === undefined) return show(ended(state, { id: 'request-settled', isError: true }));
    const sent = wanted.kind === 'approve' ? sendNumber(own, wanted.number) : sendRefusal(own, wanted.kind);
    const answered = await saidOrDone(sent);
    show(ended(state, 'said' in answered ? answered.said : { id: answered.done.answer, isError: false }));
  };
  const stopReading = readKeys((key) => {
    const step = keyed(state, key);
    show(step.state);
    if (step.leaves) leave(0);
    if (step.answer !== undefined) answer(step.answer).catch(fail);
  });
  const stopAsking = repeatedly(() => (state.isBusy ? Promise.resolve() : ask()), fail);
  for (const [signal, code] of [['SIGTERM', 143], ['SIGHUP', 129], ['SIGINT', 130]] as const) process.once(signal, () => leave(code));
  process.stdout.on('resize', () => show(state));
  try {
    return await left;
  } finally {
    stopAsking();
    stopReading();
    screen.unmount();
    await screen.waitUntilExit();
  }
}

async function saidOrDone<T>(work: Promise<T>): Promise<{ readonly done: T } | { readonly said: Said }> {
  try {
    return { done: await work };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { said: { id: error.id, values: error.values, isError: true } };
  }
}

const unreachableNoMore = (state: ScreenState): ScreenState =>
  state.said?.id === 'unreachable' ? { ...state, said: undefined } : state;

/** The next time only after the last is answered: a slow line is not asked twice at once. */
function repeatedly(work: () => Promise<void>, fail: (error: unknown) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const next = (): void => {
    work().then(() => {
      if (!isOver) timer = setTimeout(next, ASK_EVERY_MS);
    }, fail);
  };
  next();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

function readKeys(onKey: (key: string) => void): () => void {
  const { stdin } = process;
  const onData = (bytes: Buffer): void => keysIn(bytes.toString('utf8')).forEach(onKey);
  const restore = (): void => void stdin.setRawMode(false);
  stdin.setRawMode(true);
  process.once('exit', restore);
  stdin.on('data', onData).resume();
  return () => {
    stdin.off('data', onData).pause();
    restore();
    process.off('exit', restore);
  };
}
