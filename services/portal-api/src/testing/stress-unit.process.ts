/**
 * The service with a unit of 1,500 centres and 60,000 candidates, made on the spot; one line of JSON when it can be asked.
 * `node stress-unit.process.js`
 */
import { CommandBus } from '@nestjs/cqrs';
import { eventId } from '@portal/event-store';
import { AccountDirectory } from '@portal/identity';
import { loadStressUnit, STRESS_PRINCIPAL, STRESS_UNIT } from '../demo/stress-unit.js';
import { Views } from '../platform/views.js';
import { startPortal } from './portal.js';

const portal = await startPortal();
const session = 'c1d5a0de-0000-5000-8000-000000000001';
const by = { actor: 'process:stress', capacity: 'admin', session: 'process', authMethod: 'process', correlationId: session };
const accounts = portal.app.get(AccountDirectory);
const began = performance.now();
await loadStressUnit({
  commands: portal.app.get(CommandBus),
  accounts,
  views: portal.app.get(Views),
  contextOf: (name) => ({ ...by, commandId: eventId(session, name, 0) }),
});
const loadedMs = Math.round(performance.now() - began);
const token = await portal.issuer.token({ account: accounts.findByUsername(STRESS_PRINCIPAL) ?? '', endsIn: 3_600 });
process.on('SIGTERM', () => void portal.stop().then(() => process.exit(0)));
process.stdout.write(`${JSON.stringify({ url: portal.url, token, component: STRESS_UNIT, loadedMs })}\n`);
