import type { Command } from 'commander';
import type { IamisRecorded, MarkReviewedAs } from '@portal/contract';
import type { CandidateCommand, CandidatePlace } from '../../platform/api/api.js';
import type { ApiResult } from '../../platform/api/result.js';
import { inCapacity, type Placed } from '../capacity.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { outcomeOf, sentence, type Done, type Outcome } from '../outcome.js';
import type { Workshop } from '../program.js';
import { recorded } from '../recorded.js';
import { repeatWhileUnknown } from '../repeat.js';
import { candidateCommand, expecting, onCandidate, type ExpectOption } from './candidate-command.js';

/** What a moderator records about one candidate of the sample. */
export function addReviewing(iamis: Command, workshop: Workshop): void {
  const { add, served, say } = workshop;
  const review = add(iamis, `review ${onCandidate} <mark>`, 'cli.command.iamis.review');
  served<ExpectOption>(expecting(review, workshop), inCapacity(async at =>
    withoutAbsent(at.words[3]!, await recording(at, (place, command) => {
      const typed = { mark: at.words[3]!, enteredAt: new Date().toISOString() };
      return at.api.iamis.review(place, typed, command);
    }, reviewed)),
  ));
  const notReceived = add(iamis, `work-not-received ${onCandidate}`, 'cli.command.iamis.work-not-received');
  notReceived.requiredOption('--reason <text>', say('cli.option.reason'));
  served<ReasonOption>(expecting(notReceived, workshop), inCapacity(at =>
    recording(at, (place, command) => at.api.iamis.work(place, { received: false, reason: at.options.reason }, command), recorded),
  ));
  const received = add(iamis, `work-received ${onCandidate}`, 'cli.command.iamis.work-received');
  served<ExpectOption>(expecting(received, workshop), inCapacity(at =>
    recording(at, (place, command) => at.api.iamis.work(place, { received: true }, command), recorded),
  ));
  const replace = add(iamis, `replace ${onCandidate}`, 'cli.command.iamis.replace');
  replace.requiredOption('--reason <text>', say('cli.option.reason'));
  served<ReasonOption>(expecting(replace, workshop), inCapacity(at =>
    recording(at, (place, command) => at.api.iamis.replace(place, { reason: at.options.reason }, command), recorded),
  ));
}

/** The general words for a malformed mark offer ABS, which no moderator gives. */
function withoutAbsent(typed: string, outcome: Outcome): Outcome {
  const isMalformed = outcome.kind === 'failed' && outcome.error.type === 'mark-malformed';
  return isMalformed ? { ...outcome, sentence: sentence('iamis.malformed', { typed: sanitise(typed.slice(0, 100)) }) } : outcome;
}

interface ReasonOption extends ExpectOption {
  readonly reason: string;
}

async function recording<T extends IamisRecorded>(
  at: Placed<ExpectOption>,
  send: (place: CandidatePlace, command: CandidateCommand) => Promise<ApiResult<T>>,
  done: (answer: T) => Done,
): Promise<Outcome> {
  const given = candidateCommand(at);
  if ('kind' in given) return given;
  return outcomeOf(await repeatWhileUnknown(() => send(given.place, given.command)), at, done);
}

function reviewed(answer: MarkReviewedAs): Done {
  const { candidate, event, remaining, verdict: { stage } } = answer;
  return {
    kind: 'done',
    document: answer,
    text: say => {
      const mark = answer.mark ?? say('cli.not-entered');
      const about = event === null ? say('cli.unchanged', { candidate }) : say('cli.recorded', { candidate, mark });
      return `${about} ${say('cli.reviewed', { remaining, stage: say(`iamis.stage.${stage}`) })}`;
    },
  };
}
