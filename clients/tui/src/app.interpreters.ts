import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Receipt } from '@portal/contract';
import { saveFolder } from './app.save-folder.js';
import { documentsInterpreters } from './app.documents.js';
import { accountInterpreters, signOutHere } from './app.account.js';
import { readEnteredSheets } from './app.sheets.js';
import type { World } from './app.world.js';
import { translator } from './platform/i18n/translate.js';
import type { Interpreter, Interpreters } from './platform/program.js';
import type { ApiResult } from './platform/api/result.js';
import type { Typed } from './platform/screen.js';
import type { SubmissionEffect, SubmissionMessage } from './screens/submission/submission.state.js';
import { receiptLines } from './screens/submission/receipt.js';
import { markEntryInterpreters } from './app.mark-entry.js';
import { moderationInterpreters } from './app.moderation.js';
import { noOtherWays, recoveryInterpreters } from './app.other-ways.js';
import { signInInterpreters } from './app.sign-in.js';
import { stepUpInterpreters } from './app.step-up.js';

/** What the effects of the screens mean in the world: calls of the service, files, the outbox. */

export function createInterpreters(world: World): Interpreters {
  return {
    ...noOtherWays(),
    ...recoveryInterpreters(world),
    ...signInInterpreters(world),
    ...stepUpInterpreters(world),
    ...menuInterpreters(world),
    ...accountInterpreters(world),
    ...markEntryInterpreters(world),
    ...submissionInterpreters(world),
    ...moderationInterpreters(world),
    ...documentsInterpreters(world),
  };
}

type Answer = (message: Typed) => void;
const refusedWith = (sentence: unknown) => ({ type: 'refused', sentence });

function menuInterpreters(world: World): Interpreters {
  const { client } = world;
  const { api } = client;
  const load = <T>(call: () => Promise<ApiResult<T>>, name: string, answer: Answer) =>
    client.call(call(), { ok: (value) => ({ type: 'loaded', [name]: value }), refused: refusedWith, answer });
  return {
    'services-menu/load': (_: never, answer) => load(() => api.services(), 'services', answer),
    'services-menu/sign-out': () => signOutHere(world),
    'sign-in-log/load': (({ limit, before }: { limit: number; before?: string }, answer: Answer) =>
      client.call(api.signInLog({ limit: String(limit), ...(before !== undefined && { before }) }), {
        ok: (entries) => ({ type: 'loaded', entries, ...(before !== undefined && { before }) }),
        refused: refusedWith,
        answer,
      })) as Interpreter,
    'emi/load': (_: never, answer) => load(() => api.emi(), 'components', answer),
    'sheets/load': (({ component }: { component: string }, answer: Answer) =>
      load(() => api.sheets(component), 'sheets', answer)) as Interpreter,
  };
}

function submissionInterpreters(world: World): Interpreters {
  return {
    'submission/prepare': ((effect: Of<'submission/prepare'>, answer: Answer) => prepare(world, effect.component, answer)) as Interpreter,
    'submission/submit': (({ component, sheets, commandId }: Of<'submission/submit'>, answer: Answer) =>
      world.client.call(world.client.api.submit(component, { sheets, confirmed: true }, { commandId }), {
        ok: (receipt) => ({ type: 'submitted', receipt }),
        refused: (sentence, mayRepeat) => ({
          type: 'refused',
          sentence: mayRepeat ? { id: 'submission.unknown' } : sentence,
          mayRepeat,
        }),
        answer,
      })) as Interpreter,
    'submission/save': (({ receipt }: Of<'submission/save'>, answer: Answer) => save(world, receipt, answer)) as Interpreter,
  };
}

type Of<T extends SubmissionEffect['type']> = Extract<SubmissionEffect, { type: T }>;

/** Nothing may wait on this machine while the summary is made: what was typed last would be missing from it. */
async function prepare({ client }: World, component: string, answer: (message: SubmissionMessage) => void): Promise<void> {
  const outbox = client.outbox();
  const tell = () => {
    const { queued, connection } = outbox!.status();
    answer({ type: 'waiting', queued, isOffline: connection !== 'online' });
  };
  if (outbox !== undefined && outbox.status().queued > 0) {
    tell();
    const stop = outbox.onStatus(tell);
    for (let drained = await outbox.drain({ component }); drained.kind !== 'drained'; drained = await outbox.drain({ component })) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      if (client.outbox() !== outbox) break;
    }
    stop();
  }
  await client.call(readEnteredSheets(client.api, component, outbox?.notTaken(component) ?? []), {
    ok: (entered): SubmissionMessage => ({ type: 'prepared', ...entered }),
    refused: (sentence): SubmissionMessage => ({ type: 'refused', sentence, mayRepeat: false }),
    answer: answer as Answer,
  });
}

/** An existing file is never replaced. */
async function save({ client, language, env }: World, receipt: Receipt, answer: (message: SubmissionMessage) => void): Promise<void> {
  const t = translator(language());
  const path = join(saveFolder(env), `portal-receipt-${receipt.receipt.replace(/[^\w-]/g, '_')}.txt`);
  const me = await client.api.me();
  const by = me.kind === 'ok' ? [`${t('submission.receipt.person').padEnd(14)}${me.value.displayName} (${me.value.username})`] : [];
  const text = [t('frame.portal'), t('submission.receipt.heading'), '', ...by, ...receiptLines(receipt, { t, language: language() }), ''];
  try {
    await writeFile(path, text.join('\n'), { flag: 'wx', mode: 0o600 });
    answer({ type: 'saved', sentence: { id: 'submission.receipt.saved', values: { path } } });
  } catch (error) {
    const reason = String((error as NodeJS.ErrnoException).code ?? error);
    if (reason === 'EEXIST') return answer({ type: 'saved', sentence: { id: 'submission.receipt.saved', values: { path } } });
    answer({ type: 'saved', sentence: { id: 'submission.receipt.not-saved', values: { reason } } });
  }
}
