/** A file that was begun is finished: what was judged once is not judged again. */
import type { Decider } from '../decider.js';
import { accept, refuse } from '../decider.js';
import type { CentreMarksImportEvent } from './events.js';

type Of<Type extends CentreMarksImportEvent['type']> = Extract<CentreMarksImportEvent, { type: Type }>['data'];

export type CentreMarksImportCommand =
  | ({ readonly type: 'StartCentreMarksImport' } & Of<'CentreMarksImportStarted'>)
  | { readonly type: 'CompleteCentreMarksImport'; readonly submitted: readonly string[] };

export interface CentreMarksImport {
  readonly started: Of<'CentreMarksImportStarted'> | undefined;
  readonly completed: Of<'CentreMarksImportCompleted'> | undefined;
}

/** Nothing was begun. */
export type CentreMarksImportRefusal = { readonly reason: 'SettingMalformed'; readonly field: 'import' };

export const centreMarksImport: Decider<
  CentreMarksImportCommand,
  CentreMarksImportEvent,
  CentreMarksImport,
  CentreMarksImportRefusal
> = {
  initial: { started: undefined, completed: undefined },
  decide(command, { started, completed }) {
    if (command.type === 'StartCentreMarksImport') {
      const { type: _, ...data } = command;
      return started === undefined ? accept({ type: 'CentreMarksImportStarted', data }) : accept();
    }
    if (started === undefined) return refuse({ reason: 'SettingMalformed', field: 'import' });
    if (completed !== undefined) return accept();
    const { import: id, component } = started;
    return accept({ type: 'CentreMarksImportCompleted', data: { import: id, component, submitted: command.submitted } });
  },
  evolve(state, event) {
    switch (event.type) {
      case 'CentreMarksImportStarted':
        return { ...state, started: event.data };
      case 'CentreMarksImportCompleted':
        return { ...state, completed: event.data };
      default:
        return state;
    }
  },
};
