import { document, documentStream, type DocumentCommand, type DocumentTold } from '@portal/domain';
import { eventId, type CommandContext, type Streams } from '@portal/event-store';

/** What the process finds out about a document, in its own name; two who find it at the same time ask for the same command. */
export async function recordFound(streams: Streams, told: DocumentTold, what: string, command: DocumentCommand): Promise<void> {
  const commandId = eventId(told.document, what, told.revision);
  const by = { actor: 'process:documents', capacity: 'process', session: 'process', authMethod: 'process' };
  const context: CommandContext = { commandId, correlationId: told.document, ...by };
  const handled = await streams.handle(document, documentStream(told.document), command, context);
  if (handled.kind !== 'recorded') throw new Error(`not recorded: ${handled.kind === 'failed' ? handled.reason : handled.refusal.reason}`);
}
