import type { Client } from './app.client.js';
import type { World } from './app.world.js';
import type { ApiProblem, ApiResult } from './platform/api/result.js';
import type { Interpreter, Interpreters } from './platform/program.js';
import type { OutboxSheet } from './platform/outbox/outbox.js';
import type { GridEffect, GridMessage, OnSheet, Report } from './screens/mark-entry/grid.messages.js';

/** What the mark grid asks for: the journal first, the outbox after it, and the service for what cannot wait. */

type Of<T extends GridEffect['type']> = Extract<GridEffect, { type: T }>;
type Answer = (message: GridMessage) => void;

export function markEntryInterpreters(world: World): Interpreters {
  const { client } = world;
  const listening = new Map<string, () => void>();
  const handlers: { readonly [T in GridEffect['type']]: (effect: Of<T>, answer: Answer) => void | Promise<void> } = {
    'mark-entry/open': async (sheet, answer) => {
      listening.get(keyOf(sheet))?.();
      listening.set(keyOf(sheet), listen(client, sheet, answer));
      await load(client, sheet, answer);
    },
    'mark-entry/reload': (sheet, answer) => load(client, sheet, answer),
    'mark-entry/close': (sheet) => {
      listening.get(keyOf(sheet))?.();
      listening.delete(keyOf(sheet));
    },
    'mark-entry/commit': (effect, answer) => commit(client, effect, answer),
    'mark-entry/set-aside': (effect, answer) => setAside(client, effect, answer),
    'mark-entry/dismiss': async (effect) => (await queueOf(client, effect)).dismiss(effect.commandIds),
    'mark-entry/history': (effect, answer) =>
      client.call(client.api.history(effect), {
        ok: (entries) => ({ type: 'history', candidate: effect.candidate, entries }),
        refused: (sentence) => ({ type: 'reported', sentence, isDone: false }),
        answer: answer as never,
      }),
    'mark-entry/verify': (effect, answer) => verify(world, effect, answer),
    'mark-entry/report': (effect, answer) => done(client, report(client, effect), answer),
    'mark-entry/unlisted': ({ component, centre, number, commandId }, answer) =>
      done(client, client.api.unlisted(component, centre, number, { commandId }), answer),
  };
  return handlers as Readonly<Record<string, Interpreter>>;
}

const keyOf = ({ component, centre }: OnSheet) => `${component} ${centre}`;

/** Who is signed in may not be known yet, just after the start; the journal is theirs alone. */
async function outboxOf(client: Client) {
  for (;;) {
    const outbox = client.outbox();
    if (outbox !== undefined) return outbox;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function queueOf(client: Client, { component, centre }: OnSheet): Promise<OutboxSheet> {
  return (await outboxOf(client)).open(component, centre);
}

/** What the outbox tells about this sheet, until the grid is closed. */
function listen(client: Client, sheet: OnSheet, answer: Answer): () => void {
  const stopAnswers = client.onAnswer((one) => {
    if (keyOf(one) === keyOf(sheet)) answer({ type: 'answered', answer: one });
  });
  const stopStatus = client.onStatus(({ connection, queued, lastAcknowledgedAt }) =>
    answer({ type: 'status', status: { connection, queued, lastAcknowledgedAt } }));
  return () => {
    stopAnswers();
    stopStatus();
  };
}

async function load(client: Client, sheet: OnSheet, answer: Answer): Promise<void> {
  const queue = await queueOf(client, sheet);
  await client.call(client.api.sheet(sheet.component, sheet.centre), {
    ok: (read) => ({ type: 'loaded', sheet: read, queued: queue.queued(), refused: queue.refused(), aside: queue.aside() }),
    refused: (sentence) => ({ type: 'refused', sentence }),
    answer: answer as never,
  });
}

/** The glyph of a mark changes when it is on the disk, and not before. A disk that refuses is told as it is. */
async function commit(client: Client, { marks, ...sheet }: Of<'mark-entry/commit'>, answer: Answer): Promise<void> {
  const queue = await queueOf(client, sheet);
  const commandIds = marks.map(({ commandId }) => commandId);
  try {
    await queue.commit(marks);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return answer({ type: 'not-journaled', commandIds, reason: code });
  }
  answer({ type: 'journaled', commandIds });
}

async function setAside(client: Client, { entries, ...sheet }: Of<'mark-entry/set-aside'>, answer: Answer): Promise<void> {
  try {
    await (await queueOf(client, sheet)).setAside(entries);
  } catch (error) {
    const { code: reason } = error as NodeJS.ErrnoException;
    if (reason === undefined) throw error;
    answer({ type: 'reported', sentence: { id: 'mark-entry.not-kept', values: { reason } }, isDone: false });
  }
}

async function verify({ client, dispatch }: World, effect: Of<'mark-entry/verify'>, answer: Answer): Promise<void> {
  const { candidate, mark, keep, expect, commandId } = effect;
  const result = await client.api.verify(effect, { mark, ...(keep && { keep }) }, { commandId, expect });
  answer({ type: 'verified', candidate, mark, problem: result.kind === 'ok' ? undefined : asProblem(result) });
  if (result.kind === 'signed-out') dispatch({ type: 'session-ended' });
}

function asProblem(result: Exclude<ApiResult<never>, { kind: 'ok' }>): ApiProblem {
  if (result.kind === 'problem') return result.problem;
  const type = { unreachable: 'unreachable', unknown: 'outcome-unknown', 'signed-out': 'not-signed-in' }[result.kind];
  return { type, title: type, status: 0, detail: type };
}

function report(client: Client, { report: what, commandId, ...at }: { report: Report; commandId: string } & OnSheet & { candidate: string }) {
  const { api } = client;
  if (what.kind === 'flag') return api.flag(at, what.flagged, { commandId });
  if (what.kind === 'concern') return api.concern(at, what.concern, { commandId });
  return api.script(at, { received: what.received, ...(what.reason !== undefined && { reason: what.reason }) }, { commandId });
}

function done(client: Client, call: Promise<ApiResult<unknown>>, answer: Answer): Promise<void> {
  return client.call(call, {
    ok: () => ({ type: 'reported', sentence: { id: 'mark-entry.reported' }, isDone: true }),
    refused: (sentence) => ({ type: 'reported', sentence, isDone: false }),
    answer: answer as never,
  });
}

