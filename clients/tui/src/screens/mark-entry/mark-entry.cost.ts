import { performance } from 'node:perf_hooks';
import { translator } from '../../platform/i18n/translate.js';
import { view } from './mark-entry.view.js';
import { Marker, NOON, sheetOfSize } from './testing.js';

/**
 * What a key costs, update and view together, on sheets of several lengths: `node dist/screens/mark-entry/mark-entry.cost.js`.
 * Marks are typed, kept and recorded, so that every kind of message has its share. Milliseconds.
 */

const KEYS = 3_000;
const GOAL_MS = 1;

for (const count of [50, 500, 5_000]) {
  measure(count);
  const costs = measure(count).sort((a, b) => a - b);
  const at = (part: number) => (costs[Math.floor(costs.length * part)] ?? 0).toFixed(3);
  const verdict = Number(at(0.95)) <= GOAL_MS ? 'within' : 'over';
  console.log(`${String(count).padStart(5)} candidates: median ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms (${verdict} ${GOAL_MS} ms)`);
}

function measure(count: number): number[] {
  const marker = new Marker(sheetOfSize(count));
  marker.size = { columns: 140, rows: 41 };
  const costs: number[] = [];
  for (let pressed = 0; pressed < KEYS; pressed += 1) {
    const before = performance.now();
    const name = pressed % 3 === 2 ? 'enter' : String(1 + (pressed % 7));
    marker.tell({ type: 'key', key: { kind: 'key', name } });
    view(marker.state, marker.size, { t: translator('en'), language: 'en', now: NOON });
    costs.push(performance.now() - before);
    if (pressed % 30 === 29) marker.record();
  }
  return costs;
}
