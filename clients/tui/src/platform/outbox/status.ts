import type { OutboxStatus } from './outbox.js';
import type { SheetQueue } from './sheet-queue.js';

/** What the footer shows of the queue; listeners hear of every change. */
export interface StatusBoard {
  readonly get: () => OutboxStatus;
  readonly listen: (listener: (status: OutboxStatus) => void) => () => void;
  readonly set: (change: Partial<Pick<OutboxStatus, 'connection' | 'lastAcknowledgedAt' | 'trouble'>>) => void;
  /** The queues themselves moved. */
  readonly changed: () => void;
}

export function createStatus(sheets: readonly SheetQueue[]): StatusBoard {
  const listeners = new Set<(status: OutboxStatus) => void>();
  let base: Pick<OutboxStatus, 'connection' | 'lastAcknowledgedAt' | 'trouble'> = {
    connection: 'online',
    lastAcknowledgedAt: undefined,
    trouble: undefined,
  };
  const get = (): OutboxStatus => ({
    ...base,
    queued: sheets.reduce((sum, sheet) => sum + sheet.count(), 0),
    inFlight: sheets.reduce((sum, sheet) => sum + sheet.inFlight(), 0),
  });
  const changed = () => {
    const now = get();
    listeners.forEach(listener => listener(now));
  };
  return {
    get,
    changed,
    listen: listener => (listeners.add(listener), () => void listeners.delete(listener)),
    set: change => {
      base = { ...base, ...change };
      changed();
    },
  };
}
