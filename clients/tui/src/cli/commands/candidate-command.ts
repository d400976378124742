import type { Command } from 'commander';
import type { CandidateCommand, CandidatePlace } from '../../platform/api/api.js';
import type { Placed } from '../capacity.js';
import { usage, type Failed } from '../outcome.js';
import type { Workshop } from '../program.js';

/** A command about one candidate, which may say which revision of the candidate the person saw. */
export interface ExpectOption {
  readonly expect?: string;
}

export const onCandidate = '<component> <centre> <candidate>';

export function expecting(command: Command, { withCommandId, say }: Workshop): Command {
  return withCommandId(command).option('--expect <revision>', say('cli.option.expect'));
}

export function candidateCommand(
  at: Placed<ExpectOption>,
): { readonly place: CandidatePlace; readonly command: CandidateCommand } | Failed {
  const { words, capacity, commandId, options: { expect } } = at;
  if (expect !== undefined && !/^\d{1,9}$/.test(expect)) {
    return usage('expect', 'cli.revision-malformed', { value: expect });
  }
  const [component = '', centre = '', candidate = ''] = words;
  const command = { commandId, capacity, ...(expect !== undefined && { expect: Number(expect) }) };
  return { place: { component, centre, candidate }, command };
}
