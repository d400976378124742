/**
 * Who may import whom. Every rule here has a negative control in scripts/check/boundary-controls.mjs: a rule that has
 * never been seen to fail is not yet a rule.
 */
const spec = '\\.spec\\.tsx?$|/testing(/|\\.ts$)';
const nouns = require('./scripts/check/nouns.cjs').nouns.join('|');
const npm = (names) => `(^|node_modules/)(${names})(/|$)`;
const builtin = (names) => `^(node:)?(${names})$`;
/** Files, sockets, threads and databases: what a feature reaches through `platform/` only. */
const plumbing = 'fs|fs/promises|net|http|https|http2|tls|dgram|child_process|worker_threads|sqlite|cluster';
const roots = '/src/(main\\.tsx?|index\\.ts|app\\.(module\\.ts|tsx)|application\\.ts|serve\\.ts)$';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('domain-imports-nothing', 'libs/domain is pure: no package, no node:, no neighbour',
      { path: '^libs/domain/src/', pathNot: spec }, { pathNot: '^libs/domain/src/' }),
    rule('nouns-are-apart', 'what a decision needs from another noun arrives in the command',
      { path: `^libs/domain/src/(${nouns})/`, pathNot: spec }, { path: `^libs/domain/src/(${nouns}|views)/`, pathNot: '^libs/domain/src/$1/' }),
    rule('contract-imports-schemas-only', 'the wire knows zod and the domain, nothing else',
      { path: '^libs/contract/src/', pathNot: spec }, { pathNot: `^libs/(contract|domain)/|${npm('zod')}` }),
    rule('libs-stand-alone', 'a library never imports a service, a client, a benchmark or test support',
      { path: '^libs/' }, { path: '^(services|clients|bench|test-support)/' }),
    rule('services-know-no-client', 'services and clients meet in libs/contract',
      { path: '^services/', pathNot: spec }, { path: '^(clients|bench|test-support)/' }),
    rule('clients-know-no-service', 'the client speaks HTTP and nothing else',
      { path: '^clients/', pathNot: spec }, { path: '^(services|bench|test-support|libs/event-store)/' }),
    rule('identity-knows-no-portal', 'identity runs on its own',
      { path: '^services/identity/' }, { path: '^services/portal-api/' }),
    rule('features-are-apart', 'features meet in events',
      { path: '^services/[^/]+/src/features/([^/]+)/' },
      { path: '^services/[^/]+/src/features/', pathNot: '^services/[^/]+/src/features/$1/' }),
    rule('screens-are-apart', 'screens meet in the application',
      { path: '^clients/tui/src/screens/([^/]+)/', pathNot: spec },
      { path: '^clients/tui/src/screens/', pathNot: '^clients/tui/src/screens/$1/' }),
    rule('platform-is-below', 'platform imports no feature, process, screen or component; the catalogue gathers their texts',
      { path: '/src/platform/', pathNot: spec },
      { path: '/src/(features|processes|screens|components|cli|demo)/', pathNot: '\\.(en|cy)\\.ts$' }),
    rule('components-are-below', 'a component is told what to show; it knows no screen',
      { path: '^clients/tui/src/components/', pathNot: spec }, { path: '^clients/tui/src/(screens|cli)/' }),
    rule('features-do-no-plumbing', 'files, sockets, threads and databases are behind platform/',
      { path: '^services/[^/]+/src/(features|processes)/', pathNot: spec },
      { path: `${builtin(plumbing)}|^libs/event-store/(src|dist)/(embedded|eventstoredb)/` }),
    rule('screens-do-no-plumbing', 'what a screen wants done it gives back as data',
      { path: '^clients/tui/src/(screens|components)/', pathNot: spec }, { path: builtin(plumbing) }),
    rule('roots-are-imported-by-none', 'only a composition root knows everything, and nothing knows a root',
      { path: '/src/', pathNot: `${spec}|${roots}|^bench/` }, { path: '/src/(main\\.tsx?|app\\.(module\\.ts|tsx))$' }),
    rule('event-store-client', '@eventstore/db-client in its adapter, what is compared with it, and its benchmark only',
      { pathNot: '^libs/event-store/(src/eventstoredb|probe)/|^bench/src/engines/' }, { path: npm('@eventstore/db-client') }),
    rule('sqlite', 'node:sqlite in the embedded stores only',
      { pathNot: '^libs/event-store/src/(embedded|testing)/|^services/[^/]+/src/platform/|^bench/|^libs/.*\\.spec\\.ts$' },
      { path: builtin('sqlite') }),
    rule('redis', 'ioredis and bullmq in platform/ only',
      { pathNot: '/src/platform/' }, { path: npm('ioredis|bullmq') }),
    rule('no-circle', 'two files that need each other are one file, or three',
      {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: '(^|/)dist/[^/]*\\.tsbuildinfo$' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    exoticRequireStrings: [],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
