/** Every benchmark there is. A new one is a file that exports `run`, and a line here; loaded only when it is run. */
import type { Benchmark } from './measure.js';

export const BENCHMARKS: readonly Benchmark[] = [
  { name: 'append', run: async () => (await import('./append.js')).run() },
  { name: 'engines', run: async () => (await import('./engines.js')).run() },
  { name: 'grid', run: async () => (await import('./grid.js')).run() },
  { name: 'growth', run: async () => (await import('./growth.js')).run() },
  { name: 'mark-entry', run: async () => (await import('./mark-entry.js')).run() },
  { name: 'moderation', run: async () => (await import('./moderation.js')).run() },
  { name: 'rebuild', run: async () => (await import('./rebuild.js')).run() },
  { name: 'start', run: async () => (await import('./start.js')).run() },
];
