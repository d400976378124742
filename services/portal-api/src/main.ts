import 'reflect-metadata';
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { ConfigError, readConfig } = await import('./platform/config.js');
const { StoreInUseError } = await import('@portal/event-store/embedded');

try {
  const { serve } = await import('./serve.js');
  await serve(readConfig(process.env));
} catch (error) {
  const isExpected = error instanceof ConfigError || error instanceof StoreInUseError;
  process.stderr.write(`${isExpected ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(error instanceof ConfigError ? 2 : 1);
}
