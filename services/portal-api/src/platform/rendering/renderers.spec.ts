import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, getPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { render } from '@portal/documents';
import { exportModel } from '@portal/documents/testing';
import { Renderers, RenderError, RenderingStopped } from './renderers.js';

const model = exportModel(300, 'csv');
const isLinux = process.platform === 'linux';

describe('renderers', () => {
  let renderers = new Renderers();
  afterEach(async () => {
    await renderers.close();
    renderers = new Renderers();
  });

  it('give the bytes that are made in one process', async () => {
    const { bytes, ...about } = await render(model);
    const made = await renderers.render(model);
    expect({ ...made, bytes: Buffer.from(made.bytes) }).toEqual({ ...about, bytes: Buffer.from(bytes) });
  });

  it('leave a core to others, however many are asked for', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => renderers.render(model)));
    expect(made).toHaveLength(6);
    if (isLinux) expect(children()).toHaveLength(Math.min(6, Math.max(1, availableParallelism() - 1)));
  });

  it('go last, know no secrets, and are not stopped by who stops the service', async () => {
    if (!isLinux) return;
    process.env['PORTAL_TEST_SECRET'] = 'hidden';
    await renderers.render(model);
    const pid = only();
    expect(readdirSync(`/proc/${pid}/task`).map((thread) => getPriority(Number(thread)))).not.toContain(0);
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('PORTAL');
    process.kill(pid, 'SIGTERM');
    process.kill(pid, 'SIGINT');
    await renderers.render(model);
    expect(children()).toEqual([pid]);
  });

  it('rest as long as they drew where this process is busy, and not otherwise', async () => {
    renderers = new Renderers({ cores: 2, longestRestMs: 60_000 });
    const atWork = setInterval(() => { for (const until = performance.now() + 3; performance.now() < until;); }, 10);
    const [drewMs = 0, restedMs] = await tookMs(renderers, 2).finally(() => clearInterval(atWork));
    expect(restedMs).toBeGreaterThan(0.9 * drewMs);
    await renderers.close();
    // However busy the machine is that this runs on.
    renderers = new Renderers({ cores: 2, busyFrom: 2 });
    // The first starts a process, the second finds it.
    const [first = 0, second] = await tookMs(renderers, 2);
    expect(second).toBeLessThan(first);
  });

  it('end one that takes too long, and make the next', async () => {
    await expect(renderers.render(model, 1)).rejects.toEqual(new RenderError('took-too-long'));
    expect((await renderers.render(model)).mediaType).toContain('csv');
  });

  it('do not give out one that has ended', async () => {
    if (!isLinux) return;
    await renderers.render(model);
    const pid = only();
    process.kill(pid, 'SIGKILL');
    while (children().length > 0) await pause(5);
    expect((await renderers.render(model)).mediaType).toContain('csv');
  });

  it('end one that nobody has needed for a while', async () => {
    if (!isLinux) return;
    renderers = new Renderers({ keptMs: 50 });
    await renderers.render(model);
    expect(children()).toHaveLength(1);
    while (children().length > 0) await pause(5);
    expect((await renderers.render(model)).mediaType).toContain('csv');
  });

  it('say that one ended for want of memory', async () => {
    renderers = new Renderers({ memoryMb: 24 });
    await expect(renderers.render(exportModel(30_000, 'xlsx'))).rejects.toEqual(new RenderError('out-of-memory'));
    expect((await renderers.render(model)).mediaType).toContain('csv');
  });

  it('blame nobody when the service stops', async () => {
    const asked = Promise.allSettled(Array.from({ length: 3 }, () => renderers.render(model)));
    await renderers.close();
    for (const one of await asked) expect(one).toMatchObject({ status: 'rejected', reason: expect.any(RenderingStopped) });
    if (isLinux) expect(children()).toEqual([]);
  });
});

/** One after another. */
async function tookMs(renderers: Renderers, times: number): Promise<readonly number[]> {
  const took: number[] = [];
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    await renderers.render(model);
    took.push(performance.now() - began);
  }
  return took;
}

function only(): number {
  const [pid, ...others] = children();
  if (pid === undefined || others.length > 0) throw new Error('there is not one process that draws');
  return pid;
}

/** Those of this process that have not ended. */
function children(): readonly number[] {
  const of = (thread: string): string => readFileSync(`/proc/self/task/${thread}/children`, 'utf8');
  return readdirSync('/proc/self/task').flatMap((thread) => of(thread).trim().split(' ')).filter(Boolean).map(Number);
}
