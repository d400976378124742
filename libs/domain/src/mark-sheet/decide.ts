/** What may happen on a mark sheet. This file only says which rule answers which command. */
import type { Decider, Decision } from '../decider.js';
import { allocateCandidates, reallocate, withdrawCandidate } from './allocating.js';
import type { MarkSheetCommand } from './commands.js';
import { clearMark, confirmMark, enterMark, enterTyped, recordAbsence, verifyMark } from './entering.js';
import type { MarkSheetEvent } from './events.js';
import type { MarkSheetRefusal } from './refusal.js';
import {
  flagSample,
  raiseConcern,
  reportScriptNotReceived,
  reportScriptReceived,
  reportUnlistedScript,
  unflagSample,
} from './scripts.js';
import type { MarkSheet } from './state.js';
import { evolve, initial } from './state.js';
import { submitMarks } from './submitting.js';

export const markSheet: Decider<MarkSheetCommand, MarkSheetEvent, MarkSheet, MarkSheetRefusal> = {
  initial,
  decide,
  evolve,
};

function decide(command: MarkSheetCommand, state: MarkSheet): Decision<MarkSheetEvent, MarkSheetRefusal> {
  switch (command.type) {
    case 'AllocateCandidates':
      return allocateCandidates(command, state);
    case 'EnterTyped':
      return enterTyped(command, state);
    case 'EnterMark':
      return enterMark(command, state);
    case 'RecordAbsence':
      return recordAbsence(command, state);
    case 'ClearMark':
      return clearMark(command, state);
    case 'ConfirmMark':
      return confirmMark(command, state);
    case 'VerifyMark':
      return verifyMark(command, state);
    case 'FlagSample':
      return flagSample(command, state);
    case 'UnflagSample':
      return unflagSample(command, state);
    case 'ReportScriptNotReceived':
      return reportScriptNotReceived(command, state);
    case 'ReportScriptReceived':
      return reportScriptReceived(command, state);
    case 'ReportUnlistedScript':
      return reportUnlistedScript(command, state);
    case 'RaiseConcern':
      return raiseConcern(command, state);
    case 'WithdrawCandidate':
      return withdrawCandidate(command.candidate, state);
    case 'SubmitMarks':
      return submitMarks(command, state);
    case 'Reallocate':
      return reallocate(command, state);
  }
}
