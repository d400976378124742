/** Long files first, so that no worker is left alone with one at the end; the others by their size, for want of better. */
import { statSync } from 'node:fs';

/** Longest first, by a part of the path: those that take more than a quarter of a minute on two cores. */
const LONG = [
  'test-support/dist/killed', 'topology.e2e', 'test-support/dist/start', 'grid.e2e', 'serve.e2e', 'road.e2e', 'hostile.e2e', 'submission.e2e',
  'random-requests', 'moderation-offline', 'restore.e2e', 'sign-in-pages', 'unreliable', 'documents.e2e', 'canary', 'views-in-redis',
  'eventstoredb/contract', 'kill-round', 'device-code', 'eventstoredb/faults', 'mark-entry.properties', 'kill-bridge',
];

export default class LongestFirst {
  sort(tests) {
    const place = new Map(tests.map(({ path }) => [path, LONG.findIndex((part) => path.includes(part))]));
    const size = new Map(tests.map(({ path }) => [path, statSync(path).size]));
    const rank = ({ path }) => (place.get(path) === -1 ? LONG.length : place.get(path));
    return [...tests].sort((one, other) => rank(one) - rank(other) || size.get(other.path) - size.get(one.path));
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
