/** What may happen to a moderation. This file only says which rule answers which command. */
import type { Decider, Decision } from '../decider.js';
import { refuse } from '../decider.js';
import { allocateModerator, reallocateModerator } from './allocating.js';
import { approveCentreMarkChange, refuseCentreMarkChange, requestCentreMarkChange } from './amending.js';
import type { ModerationCommand } from './commands.js';
import { replaceSampleCandidate, requestFurtherSample } from './drawing.js';
import type { ModerationEvent } from './events.js';
import { evolve } from './evolve.js';
import { approveOutcome, chooseOutcome, returnOutcome, submitModeration } from './outcomes.js';
import { mayAsk } from './permissions.js';
import { receiveCentreMarks, returnCentreMarks, submitCentreMarks } from './receiving.js';
import type { ModerationRefusal } from './refusal.js';
import { completeReport, reopenReport, saveReport } from './reporting.js';
import { enterModeratorMark, reportWorkNotReceived, reportWorkReceived } from './reviewing.js';
import type { Moderation } from './state.js';
import { initial } from './state.js';

export const moderation: Decider<ModerationCommand, ModerationEvent, Moderation, ModerationRefusal> = {
  initial,
  decide,
  evolve,
};

type Decided = Decision<ModerationEvent, ModerationRefusal>;

function decide(command: ModerationCommand, state: Moderation): Decided {
  return mayAsk(command) ? decided(command, state) : refuse({ reason: 'NotPermitted', role: command.role });
}

function decided(command: ModerationCommand, state: Moderation): Decided {
  switch (command.type) {
    case 'AllocateModerator':
      return allocateModerator(command, state);
    case 'ReallocateModerator':
      return reallocateModerator(command, state);
    case 'ReceiveCentreMarks':
      return receiveCentreMarks(command, state);
    case 'SubmitCentreMarks':
      return submitCentreMarks(command, state);
    case 'EnterModeratorMark':
      return enterModeratorMark(command, state);
    case 'ReportWorkNotReceived':
      return reportWorkNotReceived(command, state);
    case 'ReportWorkReceived':
      return reportWorkReceived(command, state);
    case 'ReplaceSampleCandidate':
      return replaceSampleCandidate(command, state);
    case 'RequestFurtherSample':
      return requestFurtherSample(command, state);
    case 'RequestCentreMarkChange':
      return requestCentreMarkChange(command, state);
    case 'ApproveCentreMarkChange':
      return approveCentreMarkChange(command, state);
    case 'RefuseCentreMarkChange':
      return refuseCentreMarkChange(command, state);
    case 'SaveReport':
      return saveReport(command, state);
    case 'CompleteReport':
      return completeReport(command, state);
    case 'ReopenReport':
      return reopenReport(command, state);
    case 'SubmitModeration':
      return submitModeration(command, state);
    case 'ChooseOutcome':
      return chooseOutcome(command, state);
    case 'ApproveOutcome':
      return approveOutcome(command, state);
    case 'ReturnOutcome':
      return returnOutcome(command, state);
    case 'ReturnCentreMarks':
      return returnCentreMarks(command, state);
  }
}
