/** `node bench/dist/main.js [names…] [--json]`: exit 0 where every goal is met, 1 where one is not, 2 for a wrong word. */
import { parseArgs } from 'node:util';
import { BENCHMARKS } from './benchmarks.js';
import { describeFigure, type Figure } from './measure.js';

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  console.error(
    `No benchmark is called ${unknown.join(', ')}. There are: ${BENCHMARKS.map((b) => b.name).join(', ')}.`,
  );
  process.exitCode = 2;
} else {
  const chosen = BENCHMARKS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const figures: Figure[] = [];
  for (const benchmark of chosen) {
    const found = await benchmark.run();
    figures.push(...found);
    if (!values.json) for (const figure of found) console.log(describeFigure(figure));
  }
  if (values.json) console.log(JSON.stringify(figures, undefined, 2));
  process.exitCode = figures.every((figure) => figure.met) ? 0 : 1;
}
