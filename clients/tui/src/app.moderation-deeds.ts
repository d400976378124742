import type { World } from './app.world.js';
import type { IamisApi } from './platform/api/iamis.js';
import { isPassing, type ApiResult, type NotDone } from './platform/api/result.js';
import { sentenceOf } from './platform/i18n/not-done.js';
import type { Sentence } from './platform/screen.js';
import { sanitise } from './platform/text/sanitise.js';
import type { DeedEffect, DeedMessage } from './screens/moderation/moderation.messages.js';

/** One deed, recorded once: a lost answer is asked for again by itself, and then by the person, with the same number. */

const ATTEMPTS = 3;
const BETWEEN_MS = 500;

export async function doDeed({ client, dispatch }: World, effect: DeedEffect, answer: (message: DeedMessage) => void): Promise<void> {
  const { commandId } = effect;
  let result = await send(client.api.iamis, effect);
  for (let attempt = 1; attempt < ATTEMPTS && isLost(result); attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    result = await send(client.api.iamis, effect);
  }
  if (result.kind === 'ok') return answer({ type: 'done', commandId });
  const problem = result.kind === 'problem' ? result.problem.type : result.kind;
  answer({ type: 'not-done', commandId, sentence: sentenceFor(result), problem, mayRepeat: isLost(result) || result.kind === 'signed-out' });
  if (result.kind === 'signed-out') dispatch({ type: 'session-ended' });
}

/** Who had a hand in it is told who has not. */
function sentenceFor(result: NotDone): Sentence {
  const others = result.kind === 'problem' && result.problem.type === 'not-independent' ? result.problem['others'] : undefined;
  if (!Array.isArray(others)) return sentenceOf(result);
  if (others.length === 0) return { id: 'iamis.not-independent.nobody' };
  return { id: 'iamis.not-independent', values: { others: others.map((one) => sanitise(String(one))).join(', ') } };
}

function isLost(result: ApiResult<unknown>): boolean {
  if (result.kind === 'problem') return isPassing(result.problem);
  return result.kind === 'unknown' || result.kind === 'unreachable';
}

function send(api: IamisApi, { deed, at, capacity, commandId }: DeedEffect): Promise<ApiResult<unknown>> {
  const command = { commandId, capacity };
  switch (deed.do) {
    case 'work': {
      const { candidate, received, reason, expect } = deed;
      return api.work(candidate, received ? { received } : { received, reason }, { ...command, expect });
    }
    case 'replace':
      return api.replace(deed.candidate, { reason: deed.reason }, { ...command, expect: deed.expect });
    case 'further':
      return api.furtherSample(at, { reason: deed.reason }, command);
    case 'save-report':
      return api.saveReport(at, deed.report, command);
    case 'reopen-report':
      return api.reopenReport(at, command);
    case 'submit':
      return api.submit(at, command);
    case 'approve':
      return api.approve(at, deed.outcome === null ? {} : { outcome: deed.outcome }, command);
    case 'return':
      return api.giveBack(at, { reason: deed.reason, of: deed.of }, command);
    case 'choose':
      return api.choose(at, deed.choice, command);
    case 'reallocate':
      return api.reallocate(at, { to: deed.to, ...(deed.entered && { entered: deed.entered }) }, command);
  }
}
