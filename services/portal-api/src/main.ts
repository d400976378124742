import 'reflect-metadata';
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { ConfigError, readConfig } = await import('./platform/config.js');
const { StoreUnavailableError } = await import('@portal/event-store');
const { OWN_ONLY, StoreInUseError } = await import('@portal/event-store/embedded');

// The log holds marks and names: no file of ours is for others on this machine.
process.umask(OWN_ONLY);

try {
  const config = readConfig(process.env);
  const { serve } = await import('./serve.js');
  await serve(config);
} catch (error) {
  // A port in use, a folder that is none: the system's own words say it, in one line.
  const isSystem = error instanceof Error && 'syscall' in error;
  const expected = [ConfigError, StoreInUseError, StoreUnavailableError];
  const isExpected = isSystem || expected.some((kind) => error instanceof kind);
  process.stderr.write(`${isExpected ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(error instanceof ConfigError ? 2 : 1);
}
