/** `node lock-holder.process.js FILE`: opens the store and holds it until it is killed. */
import { writeSync } from 'node:fs';
import { openEmbeddedStore } from '../embedded/index.js';

const store = await openEmbeddedStore({ file: process.argv[2]! });
writeSync(1, 'open\n');
process.on('SIGTERM', () => void store.close().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);
