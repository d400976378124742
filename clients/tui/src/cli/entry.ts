import { runCommandLine } from './run.js';

/** The command line alone, without the screen: what tests and scripts start where `main` is not built. */
process.exitCode = await runCommandLine(process.argv.slice(2));
