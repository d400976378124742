/** What the image and the proxy say a second time is what the code says. */
import { readFileSync } from 'node:fs';
import { inRoot } from '../paths.mjs';

const read = (...parts) => readFileSync(inRoot(...parts), 'utf8');

export const deployed = () => ({
  dockerfile: read('Dockerfile'),
  flags: JSON.parse(read('services', 'portal-api', 'node-flags.json')),
  caddyfile: read('deploy', 'Caddyfile'),
  handbook: read('docs', 'operations', 'several-processes.md'),
  identity: read('services', 'identity', 'src', 'http', 'identity-http.ts'),
  answered: read('services', 'portal-api', 'src', 'platform', 'http', 'answered-here.ts'),
  packages: JSON.parse(read('package-lock.json')).packages,
});

export function deployProblems(all = deployed()) {
  return [...imageProblems(all), ...proxyProblems(all)];
}

function imageProblems({ dockerfile, flags, packages }) {
  const [, command] = /^CMD (\[.*\])$/m.exec(dockerfile) ?? [];
  const wanted = JSON.stringify(['node', ...flags, 'services/portal-api/dist/main.js']);
  const runtimes = [...dockerfile.matchAll(/^FROM node:(\S+?)-/gm)].map(([, version]) => version);
  const needed = neededBy('services/portal-api', packages);
  const copied = [...dockerfile.matchAll(/^COPY (\S+)\/package\.json \1\/$/gm)].map(([, room]) => room);
  return [
    ...(JSON.stringify(JSON.parse(command ?? '[]')) === wanted ? [] : [`CMD is not ${wanted}`]),
    ...runtimes.filter((version) => version !== packages['node_modules/node'].version).map((version) => `FROM node:${version}: the project runs on ${packages['node_modules/node'].version}`),
    ...(runtimes.length === 0 ? ['no FROM node:VERSION-…'] : []),
    ...different('the Dockerfile copies the package.json of', copied, needed),
    ...(/^USER (?!root|0\b)\S+$/m.test(dockerfile) ? [] : ['the image runs as root']),
    ...(/^HEALTHCHECK .*CMD \["node"/m.test(dockerfile) ? [] : ['the image has no health check by node']),
    ...(/^STOPSIGNAL SIGTERM$/m.test(dockerfile) ? [] : ['the image is not stopped by SIGTERM']),
  ];
}

/** The rooms that a room stands on, and itself. */
function neededBy(room, packages, seen = new Set()) {
  seen.add(room);
  for (const name of Object.keys(packages[room].dependencies ?? {}).filter((one) => one.startsWith('@portal/'))) {
    const { resolved } = packages[`node_modules/${name}`];
    if (!seen.has(resolved)) neededBy(resolved, packages, seen);
  }
  return seen;
}

/** Which paths go to identity: by its own list, and by that of the accounts. */
function proxyProblems({ caddyfile, handbook, identity, answered }) {
  const own = /const OWN_PATHS[^[]*\[([^\]]*)\]/.exec(identity)?.[1].match(/[a-z-]+/g) ?? [];
  const accounts = /\^\\\/admin\\\/\(([a-z|]+)\)/.exec(answered)?.[1].split('|') ?? [];
  const wanted = [...own.map((name) => `/${name}`), ...accounts.map((name) => `/admin/${name}`)];
  const passed = /@identity path (.*)/.exec(caddyfile)?.[1].split(' ') ?? [];
  const said = /sends (`\/[^.]*) to the one with the role `identity`/s.exec(handbook)?.[1].match(/\/[a-z-]+(\/[a-z]+)?/g) ?? [];
  return [
    ...(own.length < 8 || accounts.length < 2 ? ['the paths of identity are not found in the code'] : []),
    ...different('the proxy sends to identity', passed, wanted.flatMap((path) => [path, `${path}/*`])),
    ...different('the handbook sends to identity', said, wanted),
  ];
}

function different(what, is, wanted) {
  const [has, wants] = [new Set(is), new Set(wanted)];
  return [
    ...[...wants].filter((one) => !has.has(one)).map((one) => `${what}: ${one} is missing`),
    ...[...has].filter((one) => !wants.has(one)).map((one) => `${what}: ${one} is too much`),
  ];
}
