/** Enough of a PDF reader to hold our own documents against: objects, the tree of tags, and what is written on each page. */
import { inflateSync } from 'node:zlib';

export interface ReadPdf {
  readonly catalog: string;
  readonly info: string;
  /** Names of the embedded fonts. */
  readonly fonts: readonly string[];
  readonly pages: readonly PageRead[];
  /** The tree of tags, each with the text that is in it. */
  readonly tree: Node;
}

export interface PageRead {
  /** What draws it, in its order. */
  readonly operators: readonly string[];
  /** Everything that is written, artifacts too. */
  readonly text: string;
  readonly artifacts: string;
  /** What is neither tagged nor an artifact. */
  readonly stray: string;
}

export interface Node {
  readonly type: string;
  readonly dictionary: string;
  readonly text: string;
  readonly children: readonly Node[];
}

export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes).toString('latin1');
  const objects = objectsIn(file);
  const trailer = file.slice(file.lastIndexOf('trailer'));
  const at = (reference: string | undefined): string => objects.get(Number(reference)) ?? '';
  const catalog = at(/\/Root (\d+) 0 R/.exec(trailer)?.[1]);
  const kids = listOf(at(/\/Pages (\d+) 0 R/.exec(catalog)?.[1]), 'Kids');
  const read = kids.map((kid) => pageOf(at(kid), at));
  const marked = new Map(read.flatMap(({ marked: texts }, n) => [...texts].map(([id, text]) => [`${kids[n]} ${id}`, text])));
  const info = at(/\/Info (\d+) 0 R/.exec(trailer)?.[1]).replace(/(\d+) 0 R/g, (_, id: string) => at(id));
  const [root] = listOf(at(/\/StructTreeRoot (\d+) 0 R/.exec(catalog)?.[1]), 'K');
  const fonts = [...file.matchAll(/\/FontFile2 \d+ 0 R/g)].length === 0 ? [] : [...file.matchAll(/\/FontName \/(\S+)/g)].map(([, name]) => name as string);
  return { catalog, info, fonts, pages: read, tree: nodeOf(root as string, at, marked) };
}

/** Every element of the tree, parents first. */
export const elements = (node: Node): readonly Node[] => [node, ...node.children.flatMap(elements)];

export const typesIn = (node: Node): readonly string[] => elements(node).map(({ type }) => type);

function objectsIn(file: string): ReadonlyMap<number, string> {
  const objects = new Map<number, string>();
  for (const [, id, body] of file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(Number(id), body as string);
  return objects;
}

const listOf = (dictionary: string, key: string): readonly string[] =>
  [...(new RegExp(`/${key} \\[([^\\]]*)\\]`).exec(dictionary)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(([, id]) => id as string);

function streamOf(object: string): string {
  const body = object.slice(object.indexOf('stream\n') + 7, object.lastIndexOf('\nendstream'));
  return object.includes('/FlateDecode') ? inflateSync(Buffer.from(body, 'latin1')).toString('latin1') : body;
}

type At = (reference: string | undefined) => string;

function pageOf(page: string, at: At): PageRead & { readonly marked: ReadonlyMap<string, string> } {
  const resources = at(/\/Resources (\d+) 0 R/.exec(page)?.[1]);
  const letters = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [name as string, lettersOf(at(id), at)]));
  const marked = new Map<string, string>();
  let [font, text, artifacts, stray] = ['', '', '', ''];
  const open: string[] = [];
  const operators = streamOf(at(/\/Contents (\d+) 0 R/.exec(page)?.[1])).replace(/<<\n|\n(?=>> BDC|\/(?:MCID|Type) )/g, ' ').split('\n');
  for (const line of operators) {
    if (/BDC$|BMC$/.test(line)) open.push(/\/MCID (\d+)/.exec(line)?.[1] ?? line.split(' ', 1)[0]?.slice(1) ?? '');
    else if (line === 'EMC') open.pop();
    else if (line.endsWith(' Tf')) font = line.slice(1, line.indexOf(' '));
    else if (line.endsWith(' TJ')) {
      const written = [...line.matchAll(/<([0-9a-f]+)>/g)].map(([, hex]) => decoded(hex as string, letters.get(font))).join('');
      text += `${written}\n`;
      const inside = open.at(-1);
      if (inside === undefined) stray += `${written}\n`;
      else if (inside === 'Artifact') artifacts += `${written}\n`;
      else marked.set(inside, marked.has(inside) ? `${marked.get(inside)}\n${written}` : written);
    }
  }
  return { operators, text, artifacts, stray, marked };
}

function lettersOf(font: string, at: At): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  const map = streamOf(at(/\/ToUnicode (\d+) 0 R/.exec(font)?.[1]));
  for (const [, first, list] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    for (const [n, [, hex]] of [...(list as string).matchAll(/<([0-9a-f ]+)>/g)].entries()) {
      const code = (parseInt(first as string, 16) + n).toString(16).padStart(4, '0');
      letters.set(code, Buffer.from((hex as string).replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    }
  }
  return letters;
}

const decoded = (hex: string, letters: ReadonlyMap<string, string> | undefined): string =>
  (hex.match(/.{4}/g) ?? []).map((code) => letters?.get(code) ?? '�').join('');

function nodeOf(id: string, at: At, marked: ReadonlyMap<string, string>): Node {
  const dictionary = at(id);
  const kids = /\/K \[([\s\S]*?)\]/.exec(dictionary)?.[1] ?? '';
  const page = /\/Pg (\d+) 0 R/.exec(dictionary.replace(kids, ''))?.[1] ?? '';
  const children: Node[] = [];
  const texts: string[] = [];
  for (const [, other, elsewhere, child, here] of kids.matchAll(/<<[^>]*?\/Pg (\d+) 0 R[^>]*?\/MCID (\d+)[^>]*>>|(\d+) 0 R|(\d+)/g)) {
    if (child !== undefined) children.push(nodeOf(child, at, marked));
    else texts.push(marked.get(here === undefined ? `${other} ${elsewhere}` : `${page} ${here}`) ?? '');
  }
  return { type: /\/S \/(\w+)/.exec(dictionary)?.[1] ?? '', dictionary, text: texts.join('\n'), children };
}
