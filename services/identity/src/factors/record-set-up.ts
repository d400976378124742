import { randomUUID } from 'node:crypto';
import type { Factor } from '@portal/contract';
import { account, accountStream } from '@portal/domain';
import type { Streams } from '@portal/event-store';
import { notRecorded } from '../http/problems.js';

/** First the event, then what it is about: throws where it could not be recorded. */
export async function recordSetUp(streams: Streams, id: string, factor: Factor, device?: string): Promise<void> {
  const commandId = randomUUID();
  const how = { capacity: 'self', session: 'identity', authMethod: 'none' };
  const command = { type: 'SetUpFactor', factor, ...(device !== undefined && { device }) } as const;
  const context = { commandId, correlationId: commandId, actor: id, ...how };
  const handled = await streams.handle(account, accountStream(id), command, context);
  if (handled.kind === 'failed') throw notRecorded(handled.reason);
  if (handled.kind === 'refused') throw new Error('a login has no account in the log');
}
