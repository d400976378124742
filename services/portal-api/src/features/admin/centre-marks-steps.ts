import { Injectable } from '@nestjs/common';
import type { CentreMarkRow } from '@portal/contract';
import type { Moderating, ReceiveCentreMarks, SubmitCentreMarks } from '@portal/domain';
import { eventId, type CommandContext } from '@portal/event-store';
import { Cohorts, type Cohort } from '../../platform/cohorts.js';
import type { Row } from './rows.js';

/** One command of a file, and the rows it stands for. */
export interface Step {
  /** Tells the commands of one file apart. */
  readonly name: string;
  readonly cohort: Cohort;
  readonly command: ReceiveCentreMarks | SubmitCentreMarks;
  readonly rows: readonly Row<CentreMarkRow>[];
}

export interface CentreMarksRows {
  readonly component: string;
  readonly moderating: Moderating;
  readonly rows: readonly Row<CentreMarkRow>[];
  /** Where the centres are closed, and their samples drawn by this. */
  readonly closing: { readonly seed: string } | undefined;
  /** Account of whoever imports. */
  readonly actor: string;
}

/** The file sent again is the same commands. */
export function ofFile(context: CommandContext, { name }: Step): CommandContext {
  return { ...context, commandId: eventId(context.commandId, name, 0) };
}

/** What a file comes to: a command a centre, in the order of the file; then one a cohort that closes it. */
@Injectable()
export class CentreMarksSteps {
  constructor(private readonly cohorts: Cohorts) {}

  async of({ component, moderating, rows: given, closing, actor }: CentreMarksRows): Promise<readonly Step[]> {
    const by = { actor, role: 'admin', component } as const;
    const { maximum, halfMarks, rule, withZeros } = moderating;
    const cohortOf = await this.cohorts.of(component);
    const receiving = [...Map.groupBy(given, ({ fields }) => fields.CentreNo)].map(([centre, rows]): Step => {
      const cohort = cohortOf(centre);
      const command: ReceiveCentreMarks = { type: 'ReceiveCentreMarks', ...by, centres: cohort.centres, centre, maximum, halfMarks, rows: rows.map(toRow) };
      return { name: `centre-marks/${centre}`, cohort, command, rows };
    });
    if (closing === undefined) return receiving;
    const closed = [...Map.groupBy(receiving, ({ cohort }) => cohort.stream).values()].map((parts): Step => {
      const [{ cohort, rows }] = parts as unknown as readonly [Step];
      const command = { type: 'SubmitCentreMarks', ...by, rule, seed: closing.seed, ...(withZeros && { withZeros }) } as const;
      return { name: `centre-marks/closed/${cohort.centres[0]}`, cohort, command, rows };
    });
    return [...receiving, ...closed];
  }
}

const toRow = ({ fields: { CandidateNo: candidate, Mark: typed, TeachingGroup: teachingGroup } }: Row<CentreMarkRow>) =>
  ({ candidate, typed, ...(teachingGroup !== undefined && { teachingGroup }) });
