import type { HistoryEntry } from '@portal/contract';
import type { Translate } from '../platform/i18n/catalogue.js';

/** Less than this is the way to the service and back, and clocks as they are. */
const NOTICEABLE_MS = 60_000;
const MINUTE_MS = 60_000;

/**
 * Where the client's time and the service's differ noticeably: how long the mark lay in the client's queue, which
 * explains it, and by how much the client's clock was wrong, which nothing does. Undefined where they agree.
 */
export function timeRemark(entry: Pick<HistoryEntry, 'recordedAt' | 'enteredAt' | 'queuedMs'>, t: Translate): string | undefined {
  if (entry.enteredAt === null) return undefined;
  const queuedMs = entry.queuedMs ?? 0;
  const skewMs = Date.parse(entry.recordedAt) - Date.parse(entry.enteredAt) - queuedMs;
  const remarks = [
    ...(queuedMs >= NOTICEABLE_MS ? [t('time.queued', { span: spanOf(queuedMs, t) })] : []),
    ...(Math.abs(skewMs) >= NOTICEABLE_MS ? [t(skewMs > 0 ? 'time.slow' : 'time.fast', { span: spanOf(Math.abs(skewMs), t) })] : []),
  ];
  return remarks.length === 0 ? undefined : remarks.join(', ');
}

function spanOf(ms: number, t: Translate): string {
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 120) return t('time.minutes', { count: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48 ? t('time.hours', { count: hours }) : t('time.days', { count: Math.round(hours / 24) });
}
