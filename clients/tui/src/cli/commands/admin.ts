import type { Command } from 'commander';
import type { Component, CreateAccount } from '@portal/contract';
import type { ImportCommand } from '../../platform/api/api.js';
import type { ApiResult } from '../../platform/api/result.js';
import { sanitise } from '../../platform/text/sanitise.js';
import { addAccountDeeds, addAccountSwitches, addRotateKeys } from './admin-accounts.js';
import { derivedId } from '../command-id.js';
import { readArgument, type Context } from '../context.js';
import { readCsv, type Columns } from '../csv.js';
import {
  addUp, chunksOf, createProgress, importOutcome, misshapenRows, nothingBut, renumbered, rowsPerRequest, type Imported,
} from '../importing.js';
import { notDone, outcomeOf, refused, sentence, type Failed, type Outcome } from '../outcome.js';
import type { Served, Workshop } from '../program.js';
import { repeatWhileUnknown } from '../repeat.js';

export function addAdmin(program: Command, workshop: Workshop): void {
  const admin = workshop.add(program, 'admin', 'cli.command.admin');
  addComponent(admin, workshop);
  addImports(admin, workshop);
  addAccount(admin, workshop);
  addAccountDeeds(admin, workshop);
  addRotateKeys(admin, workshop);
}

function addComponent(admin: Command, { add, served, withCommandId, say }: Workshop): void {
  const component = add(admin, 'component', 'cli.command.admin.component');
  const put = add(component, 'put', 'cli.command.admin.component.put');
  put.requiredOption('--file <file>', say('cli.option.file'));
  served<{ file: string }>(withCommandId(put), async at => {
    const given = readObject(at.context, at.options.file);
    if ('kind' in given) return given;
    const send = () => at.api.putComponent(given.value as Component, { commandId: at.commandId });
    return outcomeOf(await repeatWhileUnknown(send), at, componentShown);
  });
  served(add(component, 'show <component>', 'cli.command.admin.component.show'), async at =>
    outcomeOf(await at.read(() => at.api.component(at.words[0]!)), at, componentShown),
  );
}

function componentShown(document: Component): Outcome {
  const shown = (value: unknown) => sanitise(typeof value === 'object' ? JSON.stringify(value) : String(value));
  const lines = Object.entries(document).map(([name, value]) => `${name}: ${shown(value)}`);
  return { kind: 'done', document, text: () => lines.join('\n') };
}

/** What is not even an object with a component's name has no address to go to. */
function readObject(context: Context, file: string): { readonly value: { readonly component: string } } | Failed {
  const read = readArgument(context, file);
  if ('kind' in read) return read;
  const malformed = refused('malformed-request', 'file', sentence('cli.json-malformed', { file }));
  try {
    const value: unknown = JSON.parse(read.text);
    if (typeof value !== 'object' || value === null) return malformed;
    const { component } = value as { component?: unknown };
    if (typeof component !== 'string' || component === '') {
      return refused('malformed-request', 'component', sentence('problem.component-unknown'));
    }
    return { value: { ...value, component } };
  } catch (error) {
    if (error instanceof SyntaxError) return malformed;
    throw error;
  }
}

interface ImportOptions {
  readonly file: string;
  readonly dryRun?: true;
}

type SendRows = (rows: readonly unknown[], command: ImportCommand) => Promise<ApiResult<Imported>>;

function addImports(admin: Command, workshop: Workshop): void {
  const { add, served, withCommandId, say } = workshop;
  const importing = (words: string, columns: Columns, send: (at: Served<ImportOptions>) => SendRows) => {
    const name = words.split(' ')[0] as 'allocate' | 'team' | 'candidates' | 'centres' | 'accounts';
    const command = add(admin, words, `cli.command.admin.${name}`)
      .requiredOption('--file <file>', say('cli.option.file'))
      .option('--dry-run', say('cli.option.dryRun'));
    served<ImportOptions>(withCommandId(command), at => importRows(at, columns, send(at)));
  };
  const allocations = { required: ['CentreNo', 'CandidateNo', 'Examiner'], or: { required: ['CentreNo', 'Moderator'] } };
  importing('allocate <component>', allocations, at => (rows, command) => at.api.allocate(at.words[0]!, rows, command));
  importing('team <component>', { required: ['Person', 'Role'], optional: ['Senior'] }, at => (rows, command) =>
    at.api.putTeam(at.words[0]!, rows, command),
  );
  const candidates = { required: ['Series', 'CentreNo', 'CandidateNo', 'Name'], optional: ['UCI'] };
  importing('candidates', candidates, at => at.api.putCandidates);
  importing('centres', { required: ['CentreNo', 'Name'], optional: ['Consortium'] }, at => at.api.putCentres);
  importing('accounts', { required: ['Name', 'Email', 'Roles'], optional: ['Phone'] }, at => at.api.putAccounts);
}

async function importRows(at: Served<ImportOptions>, columns: Columns, send: SendRows): Promise<Outcome> {
  const file = await readCsv(at.context, at.options.file, columns);
  if ('kind' in file) return file;
  const answers: Imported[] = [nothingBut(misshapenRows(at.context, file))];
  const progress = createProgress(at.context, file.rows.length);
  for (const [index, rows] of chunksOf(file.rows, rowsPerRequest).entries()) {
    const command = { commandId: derivedId(at.commandId, `request ${index}`), dryRun: at.options.dryRun };
    const result = await repeatWhileUnknown(() => send(rows.map(row => row.values), command));
    if (result.kind !== 'ok') {
      progress.end();
      // Earlier requests of this file may stand: a repeat under the same id settles the rest.
      const lost = index > 0 && !at.options.dryRun && result.kind !== 'problem';
      return notDone(lost ? { kind: 'unknown', cause: result.kind } : result, at);
    }
    answers.push(renumbered(result.value, rows));
    progress.at(index * rowsPerRequest + rows.length);
  }
  progress.end();
  return importOutcome(addUp(answers));
}

function addAccount(admin: Command, workshop: Workshop): void {
  const { add, served, withCommandId, say } = workshop;
  const account = add(admin, 'account', 'cli.command.admin.account');
  const create = add(account, 'create', 'cli.command.admin.account.create')
    .requiredOption('--username <name>', say('cli.option.username'))
    .requiredOption('--name <name>', say('cli.option.name'))
    .requiredOption('--roles <roles>', say('cli.option.roles'))
    .option('--email <address>', say('cli.option.email'));
  served<{ username: string; name: string; roles: string; email?: string }>(withCommandId(create), async at => {
    const { username, name, email } = at.options;
    // Which roles there are is for the service to say.
    const roles = at.options.roles.split(',') as CreateAccount['roles'];
    const send = () => at.api.createAccount({ username, name, roles, ...(email && { email }) }, { commandId: at.commandId });
    return outcomeOf(await repeatWhileUnknown(send), at, document => ({
      kind: 'done',
      document,
      text: speak => speak('cli.invitation', { username: sanitise(username), invitation: document.invitation }),
    }));
  });
  addAccountSwitches(account, workshop);
}
