import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Doorbell } from './platform/doorbell.js';

/**
 * A client that looks in again within the time keeps the service. One where nobody is signed in rings no doorbell: for as
 * long as it is open its starter keeps a file, named by its process, and says with SIGUSR2 when the last one has ended.
 */
export function stopWhenLeft(doorbell: Pick<Doorbell, 'listening' | 'onLeft'>, data: string, stop: () => void, lingerMs = LINGER_MS): void {
  const lookLater = (): void => void setTimeout(() => doorbell.listening === 0 && !isOpen(data) && stop(), lingerMs);
  doorbell.onLeft((left) => {
    if (left === 0) lookLater();
  });
  process.on('SIGUSR2', lookLater);
}

function isOpen(data: string): boolean {
  const folder = join(data, 'clients');
  return existsSync(folder) && readdirSync(folder).some((starter) => isAlive(Number(starter)));
}

/** A starter that was killed left its file behind. */
function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const LINGER_MS = 10_000;
