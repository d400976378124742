import type { World } from './app.interpreters.js';
import type { ApiResult } from './platform/api/result.js';
import type { OutboxSheet } from './platform/outbox/outbox.js';
import type { Interpreter, Interpreters } from './platform/program.js';
import type { GridEffect, GridMessage, OnSheet } from './screens/mark-entry/grid.messages.js';

/** What the mark grid's effects mean in the world: the journal first, then the outbox, then the service. */

type Of<T extends GridEffect['type']> = Extract<GridEffect, { type: T }>;
type Answer = (message: GridMessage) => void;
type Handlers = { [T in GridEffect['type']]: (effect: Of<T>, answer: Answer) => void | Promise<void> };

export function markEntryInterpreters(world: World): Interpreters {
  const { client } = world;
  const listening = new Map<string, () => void>();
  const handlers: Handlers = {
    'mark-entry/open': async (effect, answer) => {
      stopListening(listening, effect);
      const outbox = client.outbox();
      const sheet = await outbox?.open(effect.component, effect.centre);
      if (outbox !== undefined) listening.set(keyOf(effect), listen(world, effect, answer));
      await load(world, effect, sheet, answer);
    },
    'mark-entry/reload': async (effect, answer) => load(world, effect, await client.outbox()?.open(effect.component, effect.centre), answer),
    'mark-entry/close': (effect) => stopListening(listening, effect),
    'mark-entry/commit': (effect, answer) => commit(world, effect, answer),
    'mark-entry/dismiss': async ({ component, centre, commandIds }) => {
      await (await client.outbox()?.open(component, centre))?.dismiss(commandIds);
    },
    'mark-entry/history': ({ candidate, ...place }, answer) =>
      client.call(client.api.history({ component: place.component, centre: place.centre, candidate }), {
        ok: (entries): GridMessage => ({ type: 'history', candidate, entries }),
        refused: (sentence): GridMessage => ({ type: 'reported', sentence, isDone: false }),
        answer: answer as never,
      }),
    'mark-entry/verify': (effect, answer) => verify(world, effect, answer),
    'mark-entry/report': (effect, answer) => report(world, effect, answer),
    'mark-entry/unlisted': ({ component, centre, number, commandId }, answer) =>
      tell(world, client.api.unlisted(component, centre, number, { commandId }), answer),
  };
  return handlers as unknown as Record<string, Interpreter>;
}

const keyOf = ({ component, centre }: OnSheet): string => `${component} ${centre}`;

function stopListening(listening: Map<string, () => void>, sheet: OnSheet): void {
  listening.get(keyOf(sheet))?.();
  listening.delete(keyOf(sheet));
}

function listen({ client }: World, { component, centre }: OnSheet, answer: Answer): () => void {
  const outbox = client.outbox();
  const tellStatus = () => {
    const { connection, queued, lastAcknowledgedAt } = outbox!.status();
    answer({ type: 'status', status: { connection, queued, lastAcknowledgedAt } });
  };
  tellStatus();
  const stopStatus = outbox!.onStatus(tellStatus);
  const stopAnswers = client.onAnswer((one) => {
    if (one.component === component && one.centre === centre) answer({ type: 'answered', answer: one });
  });
  return () => {
    stopStatus();
    stopAnswers();
  };
}

async function load({ client }: World, { component, centre }: OnSheet, sheet: OutboxSheet | undefined, answer: Answer): Promise<void> {
  await client.call(client.api.sheet(component, centre), {
    ok: (value): GridMessage => ({ type: 'loaded', sheet: value, queued: sheet?.queued() ?? [], refused: sheet?.refused() ?? [] }),
    refused: (sentence): GridMessage => ({ type: 'refused', sentence }),
    answer: answer as never,
  });
}

/** Only what is on the disk is said to be kept. */
async function commit({ client }: World, { component, centre, marks }: Of<'mark-entry/commit'>, answer: Answer): Promise<void> {
  const commandIds = marks.map((mark) => mark.commandId);
  try {
    const outbox = client.outbox();
    if (outbox === undefined) throw new Error('nobody is signed in');
    await (await outbox.open(component, centre)).commit(marks);
    answer({ type: 'journaled', commandIds });
  } catch (error) {
    const reason = String((error as NodeJS.ErrnoException).code ?? (error as Error).message);
    answer({ type: 'not-journaled', commandIds, reason });
  }
}

async function verify({ client, dispatch }: World, effect: Of<'mark-entry/verify'>, answer: Answer): Promise<void> {
  const { component, centre, candidate, mark, keep, expect, commandId } = effect;
  const body = { mark, ...(keep !== undefined && { keep }) };
  const result = await client.api.verify({ component, centre, candidate }, body, { commandId, expect });
  if (result.kind === 'ok') return answer({ type: 'verified', candidate, mark, problem: undefined });
  if (result.kind === 'signed-out') dispatch({ type: 'session-ended' });
  const problem = result.kind === 'problem' ? result.problem : { type: TYPE_OF[result.kind], title: '', status: 0, detail: '' };
  answer({ type: 'verified', candidate, mark, problem });
}

const TYPE_OF = { unreachable: 'unreachable', unknown: 'outcome-unknown', 'signed-out': 'not-signed-in' } as const;

function report(world: World, { component, centre, candidate, report: what, commandId }: Of<'mark-entry/report'>, answer: Answer): Promise<void> {
  const { api } = world.client;
  const place = { component, centre, candidate };
  if (what.kind === 'flag') return tell(world, api.flag(place, what.flagged, { commandId }), answer);
  if (what.kind === 'concern') return tell(world, api.concern(place, what.concern, { commandId }), answer);
  return tell(world, api.script(place, { received: what.received, reason: what.reason }, { commandId }), answer);
}

async function tell({ client }: World, call: Promise<ApiResult<unknown>>, answer: Answer): Promise<void> {
  await client.call(call, {
    ok: (): GridMessage => ({ type: 'reported', sentence: { id: 'mark-entry.reported' }, isDone: true }),
    refused: (sentence): GridMessage => ({ type: 'reported', sentence, isDone: false }),
    answer: answer as never,
  });
}
