import type { Command } from 'commander';
import type { AccountDeed } from '../../platform/api/api.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { outcomeOf } from '../outcome.js';
import type { Workshop } from '../program.js';
import { repeatWhileUnknown } from '../repeat.js';

/** What an administrator does for somebody who cannot get in, or must not. */
export function addAccountDeeds(admin: Command, { add, served, withCommandId }: Workshop): void {
  for (const deed of DEEDS) {
    const command = add(admin, `${deed} <username>`, `cli.command.admin.${deed}`);
    served(withCommandId(command), async at => {
      const username = at.words[0]!;
      const send = () => at.api.changeAccount(username, deed, { commandId: at.commandId });
      return outcomeOf(await repeatWhileUnknown(send), at, document => ({
        kind: 'done',
        document,
        text: say =>
          say(document.event === null ? 'cli.admin.nothing-changed' : `cli.admin.${deed}`, { username: sanitise(username) }),
      }));
    });
  }
}

const DEEDS = ['unlock', 'end-sessions', 'reset-factors'] as const satisfies readonly AccountDeed[];
