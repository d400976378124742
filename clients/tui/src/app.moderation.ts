import type { IamisSummary, MarkEntered } from '@portal/contract';
import type { Client } from './app.client.js';
import type { World } from './app.world.js';
import type { ApiResult } from './platform/api/result.js';
import type { Outbox, OutboxAnswer, OutboxSheet } from './platform/outbox/outbox.js';
import type { Interpreter, Interpreters } from './platform/program.js';
import { headerOf, readWorkAs, type WorkAs } from './platform/work-as.js';
import { doDeed } from './app.moderation-deeds.js';
import type { Answers, ReadEffect, What } from './screens/moderation/moderation.messages.js';
import type { Left, MarkAnswered, ReviewEffect, ReviewMessage } from './screens/moderation/review.messages.js';

/** What the pages of moderation ask for: questions to the service, deeds, and marks by way of the journal. */

type Of<T extends ReviewEffect['type']> = Extract<ReviewEffect, { type: T }>;
type Answer = (message: ReviewMessage) => void;

export function moderationInterpreters(world: World): Interpreters {
  const { client } = world;
  const listening = new Map<string, () => void>();
  const stop = ({ component, centre }: { readonly component: string; readonly centre: string }): void => {
    listening.get(`${component} ${centre}`)?.();
    listening.delete(`${component} ${centre}`);
  };
  const handlers: { readonly [T in ReviewEffect['type']]: (effect: Of<T>, answer: Answer) => void | Promise<void> } = {
    'moderation/read': (effect, answer) =>
      client.call(readAnswer(world, effect), {
        ok: (value) => ({ type: 'read', what: effect.what, value, askedAs: effect }),
        refused: (sentence) => ({ type: 'refused', sentence }),
        answer: answer as never,
      }),
    'moderation/do': (effect, answer) => doDeed(world, effect, answer),
    'moderation/listen': async ({ at, centres }, answer) => {
      stop(at);
      const reviews = await reviewsOf(client);
      listening.set(`${at.component} ${at.centre}`, listen(client, reviews, { component: at.component, centres }, answer));
      answer({ type: 'left', ...(await left(reviews, at.component, centres)) });
    },
    'moderation/leave': ({ at }) => stop(at),
    'moderation/commit': (effect, answer) => commit(client, effect, answer),
    'moderation/set-aside': (effect, answer) => setAside(client, effect, answer),
    'moderation/dismiss': async ({ at, commandIds }) => {
      const reviews = await reviewsOf(client);
      const sheets = await reviews.resume();
      for (const sheet of sheets.filter(({ component }) => component === at.component)) await sheet.dismiss(commandIds);
    },
  };
  return handlers as Readonly<Record<string, Interpreter>>;
}

function readAnswer(world: World, effect: ReadEffect): Promise<ApiResult<Answers[What]>> {
  const { iamis } = world.client.api;
  const { at, what } = effect;
  const options = { capacity: effect.capacity };
  switch (what) {
    case 'summaries':
      return summaries(world, effect);
    case 'centres':
      return iamis.centres(at.component, options);
    case 'sample':
      return iamis.sample(at, options);
    case 'report':
      return iamis.report(at, options);
    case 'outcome':
      return iamis.outcome(at, options);
    case 'comparisons':
      return iamis.whatIf(at, { options: [...(effect.options ?? [])] }, options);
    case 'team':
      return team(world, effect);
  }
}

/** Each component in the capacity of this window, or in the one that an earlier start kept; what is not held any more ends. */
async function summaries({ client }: World, { workAs = {}, begins }: ReadEffect): Promise<ApiResult<Answers['summaries']>> {
  const { api } = client;
  const all = await api.iamis.summaries();
  if (all.kind !== 'ok') return all;
  const me = await api.me();
  if (me.kind !== 'ok') return me;
  const kept: Record<string, WorkAs> = {};
  const components: IamisSummary[] = [];
  for (const one of all.value) {
    const { component } = one;
    const place = { server: client.options.server, account: me.value.account, component };
    const capacity = workAs[component] ?? (begins === true ? readWorkAs(client.options.paths.workAsFile, place) : undefined);
    const held = capacity === undefined ? undefined : await api.iamis.summary(component, { capacity: headerOf(capacity) });
    if (held !== undefined && held.kind !== 'ok' && held.kind !== 'problem') return held;
    if (held?.kind === 'ok') kept[component] = capacity!;
    components.push(held?.kind === 'ok' ? held.value : one);
  }
  return { kind: 'ok', value: { components, kept } };
}

async function team({ client }: World, { at, capacity }: ReadEffect): Promise<ApiResult<Answers['team']>> {
  const { api } = client;
  const [roots, centres, me] = await Promise.all([
    api.team(at.component, { capacity }),
    api.iamis.centres(at.component, { capacity }),
    api.me(),
  ]);
  if (roots.kind !== 'ok') return roots;
  if (centres.kind !== 'ok') return centres;
  if (me.kind !== 'ok') return me;
  return { kind: 'ok', value: { roots: roots.value, centres: centres.value, held: me.value.capacities, person: me.value.username } };
}

/** Who is signed in may not be known yet, just after the start; the journal is theirs alone. */
async function reviewsOf(client: Client): Promise<Outbox> {
  for (;;) {
    const reviews = client.reviews();
    if (reviews !== undefined) return reviews;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Pooled {
  readonly component: string;
  readonly centres: readonly string[];
}

function listen(client: Client, reviews: Outbox, { component, centres }: Pooled, answer: Answer): () => void {
  const stopAnswers = reviews.onAnswer((one) => {
    if (one.component === component && centres.includes(one.centre)) answer({ type: 'answered', answer: asAnswered(one) });
  });
  const stopStatus = client.onStatus(({ connection }) => answer({ type: 'connection', connection }));
  return () => {
    stopAnswers();
    stopStatus();
  };
}

/** The service says with each mark how the centre stands after it. */
function asAnswered(one: OutboxAnswer): MarkAnswered {
  return one as OutboxAnswer & { readonly recorded: MarkEntered };
}

async function left(reviews: Outbox, component: string, centres: readonly string[]): Promise<Left> {
  const sheets: OutboxSheet[] = [];
  for (const centre of centres) sheets.push(await reviews.open(component, centre));
  return {
    queued: sheets.flatMap((sheet) => sheet.queued().map(({ candidate, mark, commandId }) => ({ centre: sheet.centre, candidate, mark, commandId }))),
    aside: sheets.flatMap((sheet) => sheet.aside().map((one) => ({ centre: sheet.centre, ...one }))),
    refused: sheets.flatMap((sheet) =>
      sheet.refused().map(({ mark: { candidate, mark, commandId }, problem }) => ({ centre: sheet.centre, candidate, mark, commandId, problem }))),
  };
}

/** The glyph of a mark changes when it is on the disk, and not before. A disk that refuses is told as it is. */
async function commit(client: Client, { at, mark }: Of<'moderation/commit'>, answer: Answer): Promise<void> {
  const sheet = await (await reviewsOf(client)).open(at.component, mark.centre);
  const { candidate, mark: typed, expect, commandId, enteredAt, capacity } = mark;
  try {
    await sheet.commit([{ commandId, candidate, mark: typed, expect, enteredAt, ...(capacity !== undefined && { capacity }) }]);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return answer({ type: 'not-journaled', mark, reason: code });
  }
  answer({ type: 'journaled', commandId: mark.commandId });
}

async function setAside(client: Client, { at, centre, candidate, typed }: Of<'moderation/set-aside'>, answer: Answer): Promise<void> {
  try {
    await (await (await reviewsOf(client)).open(at.component, centre)).setAside([{ candidate, typed }]);
  } catch (error) {
    const { code: reason } = error as NodeJS.ErrnoException;
    if (reason === undefined) throw error;
    answer({ type: 'refused', sentence: { id: 'mark-entry.not-kept', values: { reason } } });
  }
}
