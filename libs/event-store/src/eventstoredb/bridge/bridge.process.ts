/** `node bridge.process.js --folder DIR [--port N]`: one line when it listens, `{ url, port, pid }`; ends on SIGTERM. */
import { parseArgs } from 'node:util';
import { startBridge } from './bridge.js';

const { values } = parseArgs({ options: { folder: { type: 'string' }, port: { type: 'string' } } });
if (values.folder === undefined) {
  process.stderr.write('usage: node bridge.process.js --folder DIR [--port N]\n');
  process.exit(2);
}
const bridge = await startBridge({ folder: values.folder, port: Number(values.port ?? 0) });
process.stdout.write(`${JSON.stringify({ url: bridge.url, port: bridge.port, pid: process.pid })}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void bridge.stop().then(() => process.exit(0)));
