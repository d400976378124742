/**
 * Builds what is stale: `tsc -b` for every room, then the client in one file (it starts in a third of the time).
 * Stale is: any source, setting or output differs in size or time from those of the last build that succeeded.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { step } from './child.mjs';
import { cache, inRoot, node } from './paths.mjs';

export const clientBundle = inRoot('clients', 'tui', 'dist', 'portal.mjs');
const clientEntry = inRoot('clients', 'tui', 'dist', 'main.js');
const serviceEntry = inRoot('services', 'portal-api', 'dist', 'main.js');
const stamp = join(cache, 'built');

export function isBuilt() {
  const outputs = [clientBundle, serviceEntry, stamp];
  return outputs.every((file) => existsSync(file)) && readFileSync(stamp, 'utf8') === fingerprint();
}

export async function build() {
  const before = fingerprint();
  process.stderr.write('Building.\n');
  removeOrphans();
  await step(node, [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-b'], { cwd: inRoot() });
  await bundleClient();
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, before);
}

export function rooms() {
  const references = JSON.parse(readFileSync(inRoot('tsconfig.json'), 'utf8')).references;
  return references.map(({ path }) => path);
}

function fingerprint() {
  const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.base.json', 'scripts/build.mjs'];
  const files = rooms().flatMap((room) => [`${room}/package.json`, `${room}/tsconfig.json`, ...filesIn(`${room}/src`)]);
  const hash = createHash('sha256');
  for (const file of [...settings, ...files]) {
    const { size, mtimeMs } = statSync(inRoot(file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** An output whose source is gone would still be imported, and its tests would still run. */
function removeOrphans() {
  const made = /\.(d\.ts|js)(\.map)?$/;
  for (const room of rooms()) {
    const sources = new Set(filesIn(`${room}/src`).map((file) => file.replace(/\.tsx?$/, '').replace(/^.*?\/src\//, '')));
    for (const file of filesIn(`${room}/dist`).filter((name) => made.test(name))) {
      const subject = file.replace(made, '').slice(`${room}/dist/`.length);
      if (!sources.has(subject)) rmSync(inRoot(file));
    }
  }
}

function filesIn(folder) {
  if (!existsSync(inRoot(folder))) return [];
  return readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(inRoot().length + 1));
}

export async function bundleClient() {
  const { build: bundle } = await import('esbuild');
  await bundle({
    entryPoints: [clientEntry],
    outfile: clientBundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Bundled CommonJS packages ask for Node's own modules with `require`, which an ES module does not have.
    banner: {
      js: "import { createRequire as portalRequire } from 'node:module'; const require = portalRequire(import.meta.url);",
    },
    plugins: [withoutDevtools],
  });
}

/** Ink asks for React's developer tools only when DEV is set; they are not installed. */
const withoutDevtools = {
  name: 'without-devtools',
  setup(bundler) {
    bundler.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'absent' }));
    bundler.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'export default undefined;', loader: 'js' }));
  },
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
