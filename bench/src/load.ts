/** The two loads of `mark-entry`: closed, as much as is answered; open, at a rate of its own. */
import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Marks } from './marks.js';
import { nowMs } from './measure.js';

export interface ClosedLoop {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  readonly marks: Marks;
}

export interface Load {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Answers that were not 200, and connections that broke. */
  readonly errors: number;
}

/** Every connection asks again as soon as it is answered. */
export async function closedLoop(options: ClosedLoop): Promise<Load> {
  const program = fileURLToPath(new URL('./closed-loop.process.js', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(options));
  return JSON.parse(await text(child.stdout)) as Load;
}

export interface OpenLoad extends Load {
  readonly latenciesMs: readonly number[];
}

/** Requests begin when they are due, whatever became of the ones before: latency counts from then. */
export async function openLoop(
  port: number, next: () => string, options: { readonly perSecond: number; readonly ms: number; readonly onAnswer?: () => void },
): Promise<OpenLoad> {
  const free: Connection[] = await Promise.all(Array.from({ length: 32 }, () => open(port)));
  const requests = Math.floor((options.perSecond * options.ms) / 1000);
  const latenciesMs: number[] = [];
  let errors = 0;
  const began = nowMs();
  const one = async (dueMs: number): Promise<void> => {
    const socket = free.pop() ?? (await open(port));
    if (!(await socket.ask(next()))) errors += 1;
    options.onAnswer?.();
    latenciesMs.push(nowMs() - dueMs);
    free.push(socket);
  };
  const asked: Promise<void>[] = [];
  for (let n = 0; n < requests; n++) {
    const dueMs = began + (n * 1000) / options.perSecond;
    const waitMs = dueMs - nowMs();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    asked.push(one(dueMs));
  }
  await Promise.all(asked);
  for (const socket of free) socket.close();
  return { requests, requestsPerSecond: (requests * 1000) / (nowMs() - began), latenciesMs, errors };
}

interface Connection {
  /** Whether the answer was 200. */
  ask(request: string): Promise<boolean>;
  close(): void;
}

async function open(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const answers = readAnswers(socket);
  return {
    ask(request) {
      const answer = answers.next();
      socket.write(request);
      return answer;
    },
    close: () => socket.destroy(),
  };
}

/** Answers have a length; anything else is an error of the benchmark. */
function readAnswers(socket: Socket): { next(): Promise<boolean> } {
  let received = '';
  let tell: ((isOk: boolean) => void) | undefined;
  const settle = (isOk: boolean): void => {
    received = '';
    tell?.(isOk);
    tell = undefined;
  };
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    received += chunk;
    const head = received.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
    if (length === undefined) return settle(false);
    if (received.length >= head + 4 + Number(length)) settle(received.startsWith('HTTP/1.1 200'));
  });
  socket.on('close', () => settle(false));
  socket.on('error', () => settle(false));
  return { next: () => new Promise((resolve) => (tell = resolve)) };
}
