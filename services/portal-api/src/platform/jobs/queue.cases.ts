import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { JobQueue } from './job-queue.js';

/** What every queue does, whatever it is made of. */
export function queueCases(open: () => Promise<JobQueue>): void {
  const opened: JobQueue[] = [];
  const another = async (): Promise<JobQueue> => {
    const queue = await open();
    opened.push(queue);
    return queue;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((queue) => queue.close()));
  });
  describe('a queue', () => {
    delivering(another);
    repeating(another);
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const start = Date.now(); !(await holds()); await pause(10)) if (Date.now() - start > 60_000) throw new Error('it never came');
}

function delivering(another: () => Promise<JobQueue>): void {
  it('delivers what was added before and after somebody took jobs, and tells how far they are', async () => {
    const queue = await another();
    const [done, moved]: [string[], string[]] = [[], []];
    queue.onProgress((id) => moved.push(id));
    await queue.add('job-a');
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    queue.work(async (id, progress) => {
      // Who has listened for a moment only may miss the first: a ring that is lost costs a delay.
      const telling = setInterval(() => progress(40), 50);
      await held;
      clearInterval(telling);
      done.push(id);
      return 'done';
    }, 1);
    await until(async () => (await queue.progress('job-a')) === 40 && moved.includes('job-a'));
    await queue.add('job-b');
    expect(await queue.progress('job-b')).toBeUndefined();
    release();
    await until(() => done.length === 2);
    await until(async () => (await queue.progress('job-a')) === undefined);
    expect(done).toEqual(['job-a', 'job-b']);
  });

  it('does a job once that is added again while it waits or is done, and again when it is over', async () => {
    const queue = await another();
    const done: string[] = [];
    await Promise.all([queue.add('job-c'), queue.add('job-c')]);
    queue.work(async (id) => {
      await queue.add(id);
      await pause(50);
      done.push(id);
      return 'done';
    }, 4);
    await until(() => done.length === 1);
    await pause(150);
    expect(done).toEqual(['job-c']);
    // It may not be known as over yet.
    await until(async () => {
      await queue.add('job-c');
      return done.length > 1;
    });
  });
}

function repeating(another: () => Promise<JobQueue>): void {
  it('gives a job later again that asked for it, or threw, and no other has to wait for it', async () => {
    const queue = await another();
    const order: string[] = [];
    // All of them wait before the first is taken: however long each takes, none stands behind a second time.
    for (const id of ['job-d', 'job-e', 'job-f']) await queue.add(id);
    queue.work(async (id) => {
      order.push(id);
      if (id === 'job-d' && order.filter((one) => one === id).length === 1) return 'again';
      if (id === 'job-e' && order.filter((one) => one === id).length === 1) throw new Error('it broke');
      return 'done';
    }, 1);
    await until(() => order.length === 5);
    expect(order.slice(0, 3)).toEqual(['job-d', 'job-e', 'job-f']);
    expect(order.slice(3).sort()).toEqual(['job-d', 'job-e']);
  });

  it('does as many at a time as it was told, and lets them finish when it is closed', async () => {
    const queue = await another();
    let [atOnce, most, ended] = [0, 0, 0];
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    queue.work(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await held;
      await pause(100);
      atOnce -= 1;
      ended += 1;
      return 'done';
    }, 2);
    for (const id of ['job-g', 'job-h', 'job-i']) await queue.add(id);
    await until(() => atOnce === 2);
    const closing = queue.close();
    release();
    await closing;
    expect([most, ended, atOnce]).toEqual([2, 2, 0]);
  });
}
