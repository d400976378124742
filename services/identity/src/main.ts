import 'reflect-metadata';
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { ConfigError, readConfig } = await import('./config.js');
const { OWN_ONLY, StoreInUseError } = await import('@portal/event-store/embedded');

// The log holds marks and names: no file of ours is for others on this machine.
process.umask(OWN_ONLY);

try {
  const { serve } = await import('./serve.js');
  await serve(readConfig(process.env));
} catch (error) {
  const isExpected = error instanceof ConfigError || error instanceof StoreInUseError;
  process.stderr.write(`${isExpected ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(error instanceof ConfigError ? 2 : 1);
}
