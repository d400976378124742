import { CommanderError } from 'commander';
import { translator } from '../platform/i18n/translate.js';
import { sanitise } from '../platform/text/sanitise.js';
import { createContext, type Context, type GlobalOptions, type Surroundings } from './context.js';
import { EXIT, failed, spoken, type Done, type Failed, type Outcome, type Say } from './outcome.js';
import { buildProgram, Misuse } from './program.js';
import { problemSentence } from './problem-sentence.js';

/**
 * Runs one command line to its exit code. With `--json` stdout is exactly one document, or stderr exactly one line;
 * nothing else is ever written to either.
 */
export async function runCommandLine(words: readonly string[], surroundings: Surroundings = process): Promise<number> {
  let outcome: Outcome | undefined;
  let context = createContext(surroundings, globalOptions(words));
  let said = '';
  const program = buildProgram({
    say: translator(context.language),
    context: options => (context = createContext(surroundings, options)),
    finish: result => { outcome = result; },
    write: text => surroundings.stdout.write(text),
    complain: text => { said += text; },
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (error instanceof Misuse) return print(misuse(error), context);
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.done;
    // Words that lead nowhere on their own: the help says which may follow.
    if (error.code === 'commander.help' && !context.options.json) surroundings.stderr.write(said);
    outcome = failed(EXIT.usage, { type: 'usage', detail: firstLine(said) || error.message });
    if (error.code === 'commander.help' && !context.options.json) return EXIT.usage;
  }
  if (outcome === undefined) throw new Error('a command ended without an outcome');
  return print(outcome, context);
}

function misuse({ message, usage }: Misuse): Failed {
  const said = { id: 'cli.misused', values: { problem: message, usage } } as const;
  return failed(EXIT.usage, { type: 'usage', detail: message, usage }, said);
}

/** Read ahead of the parser, so that even its complaints come in the form asked for. */
function globalOptions(words: readonly string[]): GlobalOptions {
  const at = words.findIndex(word => word === '--language' || word.startsWith('--language='));
  const language = words[at]?.includes('=') ? words[at].split('=')[1] : at < 0 ? undefined : words[at + 1];
  return {
    ...(words.includes('--json') && { json: true }),
    ...(words.includes('--quiet') && { quiet: true }),
    ...((language === 'en' || language === 'cy') && { language }),
  };
}

function print(outcome: Outcome, context: Context): number {
  const say = translator(context.language);
  return outcome.kind === 'done' ? printDone(outcome, context, say) : printFailed(outcome, context, say);
}

function printDone(outcome: Done, { options, surroundings }: Context, say: Say): number {
  if (outcome.bytes !== undefined) surroundings.stdout.write(outcome.bytes);
  else if (options.json) surroundings.stdout.write(`${safeJson(outcome.document)}\n`);
  else surroundings.stdout.write(`${outcome.text(say)}\n`);
  if (!options.json && !options.quiet) {
    for (const notice of outcome.notices ?? []) surroundings.stderr.write(`${spoken(say, notice)}\n`);
  }
  return outcome.code ?? EXIT.done;
}

function printFailed({ code, error, sentence }: Failed, { options, surroundings }: Context, say: Say): number {
  const words = sentence ? sanitise(spoken(say, sentence)) : problemSentence(say, error);
  const { type, detail, ...more } = error;
  const line = options.json ? safeJson({ error: { type, detail: detail || words, ...more } }) : `portal: ${words}`;
  surroundings.stderr.write(`${line}\n`);
  return code;
}

/** JSON leaves C1 and bidirectional controls as they are; a terminal that shows the output would obey them. */
function safeJson(document: unknown): string {
  return JSON.stringify(document).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').replace(/^error: /, '');
}
