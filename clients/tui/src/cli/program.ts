import { Command, Option, type CommanderError } from 'commander';
import { CLIENT_VERSION } from '../platform/api/version.js';
import type { MessageId } from '../platform/i18n/catalogue.js';
import { addAdmin } from './commands/admin.js';
import { addAudit } from './commands/audit.js';
import { addAmend } from './commands/amend.js';
import { addAmp } from './commands/amp.js';
import { addDocuments } from './commands/documents.js';
import { addEmi } from './commands/emi.js';
import { addIamis } from './commands/iamis.js';
import { addInfo } from './commands/info.js';
import { addFactors } from './commands/factors.js';
import { addRecovery } from './commands/recovery.js';
import { addRedeem } from './commands/redeem.js';
import { addSignIn } from './commands/sign-in.js';
import { addTeam } from './commands/team.js';
import { addWorkAs } from './commands/work-as.js';
import { connectTo, unreachable, type Connected, type Context, type GlobalOptions } from './context.js';
import { newCommandId, isUuid } from './command-id.js';
import { EXIT, failed, refused, sentence, usage, type Failed, type Outcome, type Say } from './outcome.js';

/** What the commands are built from; each `commands/` file adds its own words. */
export interface Workshop {
  readonly say: Say;
  /** A command with its description and the options it takes. */
  readonly add: (parent: Command, words: string, description: MessageId) => Command;
  /** Runs a command that needs no service. */
  readonly alone: <O extends object>(command: Command, act: (at: Alone<O>) => Promise<Outcome> | Outcome) => void;
  /** Runs a command against the service; `misuse` says first what is wrong with the words, before anybody is asked. */
  readonly served: <O extends object>(command: Command, act: (at: Served<O>) => Promise<Outcome>, misuse?: (at: Alone<O>) => Failed | undefined) => void;
  readonly withCommandId: (command: Command) => Command;
}

export interface Alone<O> {
  readonly context: Context;
  readonly words: readonly string[];
  readonly options: O;
}

export interface Served<O> extends Connected {
  readonly context: Context;
  readonly words: readonly string[];
  readonly options: O;
  /** As given, or new. */
  readonly commandId: string;
}

export interface ProgramOptions {
  readonly say: Say;
  readonly context: (options: GlobalOptions) => Context;
  readonly finish: (outcome: Outcome) => void;
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
}

export function buildProgram(options: ProgramOptions): Command {
  const { say } = options;
  const program = prepared(new Command('portal'), options)
    .description(say('cli.about'))
    .version(CLIENT_VERSION)
    .option('--json', say('cli.option.json'))
    .option('--server <url>', say('cli.option.server'))
    .addOption(new Option('--language <language>', say('cli.option.language')).choices(['en', 'cy']))
    .option('--quiet', say('cli.option.quiet'));
  const workshop = createWorkshop(options);
  addSignIn(program, workshop);
  addAmp(program, workshop);
  addRedeem(program, workshop);
  addRecovery(program, workshop);
  addFactors(program, workshop);
  addEmi(program, workshop);
  addIamis(program, workshop);
  addDocuments(program, workshop);
  addAmend(program, workshop);
  addTeam(program, workshop);
  addWorkAs(program, workshop);
  addAudit(program, workshop);
  addAdmin(program, workshop);
  addInfo(program, workshop);
  return program;
}

function createWorkshop(options: ProgramOptions): Workshop {
  const { say, finish } = options;
  const alone: Workshop['alone'] = (command, act) => {
    command.action(async () => {
      const context = options.context(command.optsWithGlobals());
      finish(await act({ context, words: command.args, options: command.opts() }));
    });
  };
  return {
    say,
    alone,
    add: (parent, words, description) => {
      const [name = '', ...places] = words.split(' ');
      const command = prepared(parent.command(name), options).description(say(description));
      for (const place of places) command.argument(place);
      return command;
    },
    served: (command, act, misuse) =>
      alone(command, async ({ context, words, options: given }) => {
        const commandId = commandIdIn(given);
        if (typeof commandId !== 'string') return commandId;
        const wrong = misuse?.({ context, words, options: given as never });
        if (wrong !== undefined) return wrong;
        const nowhere = placeWithoutAddress(command, words);
        if (nowhere !== undefined) return nowhere;
        const connected = connectTo(context);
        if ('kind' in connected) return connected;
        const outcome = await act({ ...connected, context, words, options: given as never, commandId });
        await connected.keepSeen();
        if (isNotSignedIn(outcome)) return (await unreachable(connected.server)) ?? outcome;
        return withRemedy(outcome, connected);
      }),
    withCommandId: command => command.option('--command-id <uuid>', say('cli.option.commandId')),
  };
}

function prepared(command: Command, { write, complain }: ProgramOptions): Command {
  const output = { writeOut: write, writeErr: complain };
  return command.exitOverride(error => misused(command, error)).configureOutput(output).showSuggestionAfterError(false);
}

/** A parser's complaint, with the line that says how the words go. */
export class Misuse extends Error {
  constructor(
    message: string,
    /** As `--help` begins: `portal emi [options] [command]`. */
    readonly usage: string,
  ) {
    super(message);
  }
}

function misused(command: Command, error: CommanderError): never {
  if (error.exitCode === 0 || error.code === 'commander.help') throw error;
  const [first = ''] = command.args;
  // Words that may follow are commands here: one too many is one that nobody knows.
  const isUnknownWord = error.code === 'commander.excessArguments' && command.commands.length > 0;
  const message = isUnknownWord ? `unknown command '${first}'` : error.message.replace(/^error: /, '');
  throw new Misuse(message, command.createHelp().commandUsage(command));
}

/** Names that cannot stand in an address: sent, they would ask for something else altogether. */
function placeWithoutAddress(command: Command, words: readonly string[]): Failed | undefined {
  const at = words.findIndex(word => ['', '.', '..'].includes(word));
  const named = command.registeredArguments[at]?.name();
  const place = (['component', 'centre', 'candidate'] as const).find(name => name === named);
  return place && refused(`${place}-unknown`, place, sentence(`problem.${place}-unknown`));
}

function isNotSignedIn(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.code === EXIT.notSignedIn;
}

/** Nobody could be asked, or nobody answered: the words that help, for scripts as well. */
function withRemedy(outcome: Outcome, { session }: Connected): Outcome {
  if (outcome.kind !== 'failed') return outcome;
  const { code, error: { detail: _, ...error } } = outcome;
  if (error.type === 'factor-not-set-up') return failed(code, error, sentence('cli.factor-not-set-up'));
  if (error.type !== 'factor-needed') return outcome;
  return failed(code, error, sentence(session.otherProvider() === undefined ? 'cli.factor-needed' : 'cli.factor-needed.provider'));
}

function commandIdIn(options: { readonly commandId?: string }): string | Failed {
  const { commandId } = options;
  if (commandId === undefined) return newCommandId();
  return isUuid(commandId) ? commandId.toLowerCase() : usage('command-id', 'cli.uuid-malformed', { value: commandId });
}
