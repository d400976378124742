import type { CommandContext, RecordedEvent } from '@portal/event-store';

/** In whose name an unfinished command is finished: of whoever began it. */
export function contextOf({ metadata }: RecordedEvent): CommandContext {
  const text = (name: string): string => String(metadata[name]);
  const request = metadata['request'];
  return {
    commandId: text('commandId'),
    actor: text('actor'),
    capacity: text('capacity'),
    session: text('session'),
    authMethod: text('authMethod'),
    correlationId: text('correlationId'),
    ...(typeof request === 'string' && { request }),
  };
}

/** By the clock of the service that recorded it. */
export const isOlder = ({ metadata }: RecordedEvent, thanMs: number): boolean =>
  Date.now() - Date.parse(String(metadata['recordedAt'])) >= thanMs;
