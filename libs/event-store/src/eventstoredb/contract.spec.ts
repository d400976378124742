import { afterAll } from '@jest/globals';
import { eventStoreContract } from '../contract-suite/index.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { startBridge, type Bridge } from './bridge/index.js';
import { openEventStoreDb } from './index.js';

let bridge: Bridge;
afterAll(() => bridge.stop());

eventStoreContract('EventStoreDB, over the bridge', async () => {
  bridge = await startBridge({ folder: temporaryFolder() });
  return openEventStoreDb({ url: bridge.url });
});
