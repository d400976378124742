import type { Command } from 'commander';
import type { AccountDeed } from '../../platform/api/api.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { outcomeOf } from '../outcome.js';
import type { Workshop } from '../program.js';
import { repeatWhileAway, repeatWhileUnknown } from '../repeat.js';

/** What an administrator does for somebody who cannot get in, or must not. */
export function addAccountDeeds(admin: Command, workshop: Workshop): void {
  for (const deed of ['unlock', 'end-sessions', 'reset-factors'] as const) addDeed(admin, deed, workshop);
  const { add, served, withCommandId } = workshop;
  served(withCommandId(add(admin, 'temporary-pass <username>', 'cli.command.admin.temporary-pass')), async at => {
    const username = at.words[0]!;
    const send = () => at.api.temporaryPass(username, { commandId: at.commandId });
    return outcomeOf(await repeatWhileUnknown(send), at, document => {
      const values = { username: sanitise(username), pass: sanitise(document.pass), until: sanitise(document.expiresAt) };
      return { kind: 'done', document, text: say => say('cli.admin.temporary-pass', values) };
    });
  });
}

/** `admin account disable|enable`. */
export function addAccountSwitches(account: Command, workshop: Workshop): void {
  for (const deed of ['disable', 'enable'] as const) addDeed(account, deed, workshop);
}

function addDeed(parent: Command, deed: AccountDeed, { add, served, withCommandId }: Workshop): void {
  served(withCommandId(add(parent, `${deed} <username>`, `cli.command.admin.${deed}`)), async at => {
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

export function addRotateKeys(admin: Command, { add, served, withCommandId }: Workshop): void {
  served(withCommandId(add(admin, 'rotate-keys', 'cli.command.admin.rotate-keys')), async at =>
    outcomeOf(await repeatWhileAway(() => at.api.rotateKeys({ commandId: at.commandId })), at, document => ({
      kind: 'done',
      document,
      text: say => say('cli.admin.rotate-keys', { kid: sanitise(document.kid) }),
    })),
  );
}

