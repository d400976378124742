/** For every boundary rule, files that break it. Files named `innocent` stand beside them and must not be reported. */
const empty = 'export {};\n';
const uses = (path) => `import * as used from '${path}';\nexport const it = used;\n`;

export const violations = {
  'domain-imports-nothing': {
    'libs/domain/src/clocked.ts': uses('node:os'),
    'libs/domain/src/innocent.ts': uses('./decider.js'),
    'libs/domain/src/decider.ts': empty,
  },
  'nouns-are-apart': {
    'libs/domain/src/team/decide.ts': uses('../account/state.js'),
    'libs/domain/src/free-text/decide.ts': uses('../account/state.js'),
    'libs/domain/src/centre-marks-import/decide.ts': uses('../account/state.js'),
    'libs/domain/src/account/state.ts': empty,
    'libs/domain/src/views/innocent.ts': uses('../account/state.js'),
  },
  'contract-imports-schemas-only': {
    'libs/contract/src/wire.ts': uses('rxjs'),
    'libs/contract/src/innocent.ts': uses('zod'),
  },
  'libs-stand-alone': {
    'libs/event-store/src/reaches-up.ts': uses('../../../services/portal-api/src/platform/clock.js'),
    'services/portal-api/src/platform/clock.ts': empty,
  },
  'services-know-no-client': {
    'services/portal-api/src/platform/paints.ts': uses('../../../../clients/tui/src/platform/theme.js'),
    'clients/tui/src/platform/theme.ts': empty,
  },
  'clients-know-no-service': {
    'clients/tui/src/platform/shortcut.ts': uses('../../../../services/portal-api/src/platform/clock.js'),
  },
  'identity-knows-no-portal': {
    'services/identity/src/curious.ts': uses('../../portal-api/src/platform/clock.js'),
  },
  'features-are-apart': {
    'services/portal-api/src/features/mark-entry/neighbour.ts': uses('../submission/submit.js'),
    'services/portal-api/src/features/submission/submit.ts': empty,
    'services/portal-api/src/features/submission/innocent.ts': uses('./submit.js'),
  },
  'screens-are-apart': {
    'clients/tui/src/screens/emi/neighbour.ts': uses('../mark-entry/grid.js'),
    'clients/tui/src/screens/mark-entry/grid.ts': empty,
    'clients/tui/src/screens/mark-entry/innocent.ts': uses('./grid.js'),
  },
  'platform-is-below': {
    'services/portal-api/src/platform/looks-up.ts': uses('../features/submission/submit.js'),
  },
  'components-are-below': {
    'clients/tui/src/components/knows-screen.ts': uses('../screens/mark-entry/grid.js'),
  },
  'features-do-no-plumbing': {
    'services/portal-api/src/features/mark-entry/writes-file.ts': uses('node:fs'),
    'services/portal-api/src/features/mark-entry/innocent.ts': uses('../../platform/clock.js'),
  },
  'screens-do-no-plumbing': {
    'clients/tui/src/screens/emi/reads-file.ts': uses('node:fs/promises'),
  },
  'roots-are-imported-by-none': {
    'services/portal-api/src/features/submission/starts.ts': uses('../../main.js'),
    'services/portal-api/src/main.ts': empty,
  },
  'event-store-client': {
    'services/portal-api/src/platform/direct.ts': uses('@eventstore/db-client'),
    'libs/event-store/src/eventstoredb/innocent.ts': uses('@eventstore/db-client'),
  },
  sqlite: {
    'libs/event-store/src/sneaks.ts': uses('node:sqlite'),
    'libs/event-store/src/embedded/innocent.ts': uses('node:sqlite'),
  },
  redis: {
    'services/portal-api/src/features/mark-entry/queues.ts': uses('bullmq'),
    'services/portal-api/src/platform/innocent.ts': uses('ioredis'),
  },
  'no-circle': {
    'bench/src/one.ts': `import { two } from './two.js';\nexport const one = (): unknown => two;\n`,
    'bench/src/two.ts': `import { one } from './one.js';\nexport const two = (): unknown => one;\n`,
  },
};
