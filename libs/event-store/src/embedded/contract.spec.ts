import { join } from 'node:path';
import { eventStoreContract } from '../contract-suite/index.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { openEmbeddedStore } from './index.js';

eventStoreContract('embedded', () => openEmbeddedStore({ file: join(temporaryFolder(), 'events.db') }));
