/** Every rule about docker-compose.yml, the image and the proxy, seen to fail: one thing broken, and that one found. */
import { composeProblems, composeText } from './compose.mjs';
import { deployed, deployProblems } from './deploy.mjs';

/** What is broken, the change that breaks it, and a word of the problem that must be named. */
const compose = {
  'a key nobody knows': [/^ {4}networks: \[engines\]\n/m, '    networks: [engines]\n    privileges: none\n', 'privileges'],
  'a value of the wrong kind': [/pids_limit: 512/, 'pids_limit: [many]', 'pids_limit'],
  'no health check': [/^ {4}healthcheck:\n {6}test: \[CMD-SHELL[\s\S]*?start_period: 60s\n/m, '', 'redis has no health check'],
  'a root to write to': [/read_only: true/, 'read_only: false', 'may write to its root'],
  capabilities: [/cap_drop: \[ALL\]/, 'cap_drop: [NET_RAW]', 'keeps capabilities'],
  privileges: [/no-new-privileges:true/, 'label:disable', 'may gain privileges'],
  'one that is left lying': [/restart: unless-stopped/, "restart: 'no'", 'is not started again'],
  'no limit of memory': [/ {4}mem_limit: 2g\n/, '', 'eventstoredb has no limit of memory'],
  root: [/user: 999:999/, 'user: root', 'redis runs as root'],
  'an image of any version': [/redis:7\.2\.5-bookworm/, 'redis:latest', 'redis has no version'],
  'an image without a tag': [/caddy:2\.10\.2-alpine/, 'caddy', 'proxy has no version'],
  'a start that waits for nothing': [/identity: \{ condition: service_healthy \}/, 'identity: { condition: service_started }', 'does not wait'],
  'a port of an engine': [/ {4}mem_limit: 1g\n/, "    mem_limit: 1g\n    ports: ['6379:6379']\n", 'publishes a port'],
  'a secret in the environment': [/REDIS_URL_FILE: \S+/, 'REDIS_URL: redis://redis:6379', 'REDIS_URL is a secret'],
  'a setting that is none': [/PORTAL_DOCUMENTS_AT_ONCE/, 'PORTAL_DOCUMENT_AT_ONCE', 'PORTAL_DOCUMENT_AT_ONCE is no setting'],
  'one API': [/PORTAL_ROLES: worker/, 'PORTAL_ROLES: api', 'with the role worker'],
  'a secret that lies elsewhere': [/\.\/deploy\/secrets\/smtp-url/, './smtp-url', 'no file of deploy/secrets'],
  'a secret for nobody': [/redis-url, smtp-url\]/, 'redis-url]', 'smtp-url is given to nobody'],
  'a proxy that is not believed': [/PORTAL_TRUST_PROXY: 172\.30\.5\.2/, 'PORTAL_TRUST_PROXY: 172.30.5.3', 'PORTAL_TRUST_PROXY'],
  'engines in the open': [/internal: true/, 'internal: false', 'with a way out'],
  'a default name': [/\$\{PORTAL_DOMAIN:\?[^}]*\}/, '${PORTAL_DOMAIN:-localhost}', 'PORTAL_DOMAIN has a default'],
  'a default password': [/requirepass \S+/, 'requirepass portal1', 'is a password'],
  'a password in an address': [/PORTAL_IDENTITY_URL: http:\/\//, 'PORTAL_IDENTITY_URL: http://a:b@', 'is a password'],
  "the server's own password": [/DOTNET_EnableDiagnostics: 0/, 'EVENTSTORE_DEFAULT_OPS_PASSWORD: changeit', 'is a password'],
};

const deploy = {
  'other flags': [{ flags: [] }, 'CMD is not'],
  'another runtime': ['dockerfile', /node:24\.\d+\.\d+/, 'node:23.0.0', 'FROM node:23.0.0'],
  'a room that is not copied': ['dockerfile', /^COPY libs\/domain.*\n/m, '', 'libs/domain is missing'],
  'the image as root': ['dockerfile', /^USER node$/m, 'USER root', 'runs as root'],
  'no health check': ['dockerfile', /^HEALTHCHECK .*$/m, '', 'no health check'],
  'another signal': ['dockerfile', 'STOPSIGNAL SIGTERM', 'STOPSIGNAL SIGKILL', 'SIGTERM'],
  'a path the proxy does not know': ['caddyfile', ' /step-up /step-up/*', '', '/step-up is missing'],
  'a path too much': ['caddyfile', ' /amp ', ' /amp /emi ', '/emi is too much'],
  'a path that is new in the code': ['identity', "'oidc',", "'oidc', 'passkeys',", '/passkeys is missing'],
  'accounts elsewhere': ['answered', '(accounts|keys)', '(accounts|keys|people)', '/admin/people is missing'],
  'a handbook left behind': ['handbook', '`/amp`, ', '', 'the handbook sends to identity: /amp is missing'],
  'code in which no paths are found': ['identity', 'const OWN_PATHS', 'const PATHS', 'not found in the code'],
};

export function deployControlProblems() {
  const text = composeText();
  const all = deployed();
  return [
    ...Object.entries(compose).flatMap(([name, [what, by, word]]) => seen(name, text, text.replace(what, by), (broken) => composeProblems(broken), word)),
    ...Object.entries(deploy).flatMap(([name, change]) => {
      if (change.length === 2) return seen(name, all, { ...all, ...change[0] }, deployProblems, change[1]);
      const [part, what, by, word] = change;
      const broken = all[part].replace(what, by);
      return seen(name, all[part], broken, (one) => deployProblems({ ...all, [part]: one }), word);
    }),
  ];
}

function seen(name, before, broken, problems, word) {
  if (before === broken) return [`${name}: the change does not apply`];
  const found = problems(broken);
  return found.some((line) => line.includes(word)) ? [] : [`${name} is not reported (${found.join('; ')})`];
}
