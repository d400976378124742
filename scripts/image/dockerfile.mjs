/** Reads a Dockerfile and a .dockerignore, as far as ours go: what is not known here stops the reading. */

/** Stages in order: `{ name, from, steps: [{ word, rest }] }`. */
export function stagesIn(text) {
  const stages = [];
  for (const { word, rest } of instructionsIn(text)) {
    if (word === 'FROM') {
      const [from, , name = 'final'] = rest.split(/\s+/);
      stages.push({ name, from, steps: [] });
    } else {
      stages.at(-1).steps.push({ word, rest });
    }
  }
  return stages;
}

function instructionsIn(text) {
  const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  return lines.join('\n').replaceAll(/\\\n\s*/g, '').split('\n').map((line) => {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (!KNOWN.has(word)) throw new Error(`Dockerfile: "${line}" is not known here`);
    return { word, rest };
  });
}

const KNOWN = new Set(['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'CMD']);

/** `COPY [--from=stage] source… target`. */
export function copyIn(rest) {
  const words = rest.split(/\s+/);
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  const paths = words.filter((word) => !word.startsWith('--'));
  return { from, sources: paths.slice(0, -1), target: paths.at(-1) };
}

export const environmentIn = (rest) => Object.fromEntries(rest.split(/\s+/).map((pair) => pair.split(/=(.*)/s).slice(0, 2)));

/** The words of an instruction's last `["…", "…"]`. */
export const wordsIn = (rest) => JSON.parse(/\[.*\]$/.exec(rest)[0]);

/** Whether a path of the checkout reaches the build: the last line that says something about it is right. */
export function ignoring(text) {
  const rules = text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => {
    const pattern = line.replace(/^!/, '');
    const body = pattern.replaceAll('.', '\\.').replaceAll('**/', '(.*/)?').replaceAll(/(?<!\.)\*/g, '[^/]*');
    return { keeps: line.startsWith('!'), pattern: new RegExp(`^${body}(/.*)?$`) };
  });
  return (path) => rules.findLast(({ pattern }) => pattern.test(path))?.keeps ?? true;
}
