import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { runningTime } from './running-time.js';

describe('the time for which a process ran', () => {
  it('goes on while it waits, and stands still while it computes', async () => {
    const began = runningTime();
    await pause(2_000);
    const waited = runningTime();
    expect(waited - began).toBeGreaterThan(600);
    for (const until = performance.now() + 1_000; performance.now() < until; ) Math.sqrt(2);
    await pause(0);
    expect(runningTime() - waited).toBeLessThan(400);
  });
});
