import { describe, expect, it } from '@jest/globals';
import { drawn } from './pdf/paper.js';
import { STYLES } from './pdf/look.js';
import { render } from './render.js';
import { sheetModels } from './testing/all-models.js';
import { formulaModel } from './testing/formula-models.js';
import { elements, readPdf, typesIn, type Node } from './testing/read-pdf.js';
import { auditReportModel, centreReportModel, markSheetModel } from './testing/sheet-models.js';
import { cy, en } from './texts/say.js';

const pdfOf = async (model: Parameters<typeof render>[0]) => readPdf((await render(model)).bytes);

/** What a catalogue says in English alone. */
const ENGLISH: ReadonlySet<string> = new Set(Object.values(en).filter((text) => !(Object.values(cy) as readonly string[]).includes(text)));

/** Everything with a language of its own. */
async function tagged(model: Parameters<typeof render>[0]): Promise<readonly (readonly [string, string])[]> {
  return elements((await pdfOf(model)).tree).flatMap(({ text, dictionary }) => {
    const language = /\/Lang \(([\w-]+)\)/.exec(dictionary)?.[1];
    return language === undefined ? [] : [[text, language] as const];
  });
}

/** What may stand in what. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  LI: ['L'], Lbl: ['LI'], LBody: ['LI'], THead: ['Table'], TBody: ['Table'], TR: ['THead', 'TBody'], TH: ['TR'], TD: ['TR'],
  H1: ['Document'], H2: ['Document'], H3: ['Document'], P: ['Document'], L: ['Document'], Table: ['Document'], Figure: ['Document'],
};

function misplaced(node: Node): readonly string[] {
  return node.children.flatMap((child) => {
    const isAllowed = PARENTS[child.type]?.includes(node.type) === true;
    return [...(isAllowed ? [] : [`${child.type} in ${node.type}`]), ...misplaced(child)];
  });
}

describe.each(sheetModels(40))('%s', (name, model) => {
  const pdf = pdfOf(model);

  it('says its language and title, and embeds its letters', async () => {
    const { catalog, info, fonts } = await pdf;
    expect(catalog).toContain(`/Lang (${name.endsWith('cy') ? 'cy-GB' : 'en-GB'})`);
    expect(catalog).toContain('/StructTreeRoot');
    expect(info).toMatch(/\/Title \(.{20,}/);
    expect(info).toContain('/CreationDate (D:20170630140307Z)');
    expect(fonts.map((font) => font.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual(['DejaVuSans', 'DejaVuSans-Bold']);
  });

  it('has a tag or the mark of an artifact on everything that is written', async () => {
    const { pages, tree } = await pdf;
    expect(pages.map(({ stray }) => stray)).toEqual(pages.map(() => ''));
    expect(pages.every(({ text }) => !text.includes('�'))).toBe(true);
    expect(tree.type).toBe('Document');
    expect(typesIn(tree).filter((type) => type === 'H1')).toHaveLength(1);
    expect(misplaced(tree)).toEqual([]);
  });

  it('says on every page which it is, of what and made from what', async () => {
    const { pages } = await pdf;
    for (const [n, { artifacts }] of pages.entries()) {
      expect(artifacts).toContain(name.endsWith('cy') ? `Tudalen ${n + 1} o ${pages.length}` : `Page ${n + 1} of ${pages.length}`);
      expect(artifacts).toContain(`${model.component.component} · `);
      const { position, hash } = model.source;
      expect(artifacts).toContain(name.endsWith('cy') ? `Safle ${position} · Cyflwr y cofnodion ${hash}` : `Position ${position} · State of the records ${hash}`);
      // That is what the list of documents calls the hash of the file itself.
      expect(artifacts).not.toContain('SHA-256');
    }
  });
});

describe('a table over several pages', () => {
  it('says on each further page of which centre it is, where there are several', async () => {
    const { pages, tree } = await pdfOf(formulaModel([60, 60]));
    const about = pages.map(({ artifacts }) => artifacts.match(/^6810\d(?= )/gm) ?? []);
    expect(about).toEqual([[], ['68101'], ['68101'], ['68102'], ['68102']]);
    expect(elements(tree).filter(({ type, text }) => type === 'H2' && text.startsWith('6810'))).toHaveLength(2);
  });

  it('says its heads once, and shows them on every page', async () => {
    const { pages, tree } = await pdfOf(markSheetModel(120));
    const heads = elements(tree).filter(({ type }) => type === 'TH');
    expect(heads.map(({ text }) => text)).toEqual(['Candidate', 'Name', 'Mark', 'State', 'Saved']);
    expect(heads.every(({ dictionary }) => dictionary.includes('/Scope /Column'))).toBe(true);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.slice(1).every(({ artifacts }) => artifacts.startsWith('Candidate\nName\nMark\n'))).toBe(true);
    const rows = elements(tree).filter(({ type }) => type === 'TR');
    expect(rows).toHaveLength(1 + 120 + 1);
    expect(new Set(rows.map(({ children }) => children.length))).toEqual(new Set([5]));
  });

  it('keeps a cell that is longer than a page whole in one element', async () => {
    const { tree, pages } = await pdfOf(auditReportModel(4));
    const long = elements(tree).filter(({ type, text }) => type === 'TD' && text.length > 1500);
    expect(long).toHaveLength(1);
    expect(long[0]?.text.replaceAll('\n', '').match(/dŵr, tŷ, ŵyn a ŷd/g)).toHaveLength(18);
    expect(pages.length).toBeGreaterThan(1);
  });
});

describe('words', () => {
  it('are written with ŵ and ŷ, and as figures are read', async () => {
    const { tree } = await pdfOf(formulaModel([40], 'cy'));
    const texts = elements(tree).map(({ text }) => text.replaceAll('\n', ''));
    expect(texts).toEqual(expect.arrayContaining(['FFORMIWLA', '68101 Ysgol Gyfun Rhos Ŵen a’r Tŷ', 'Goddefiant', '±3', '30 Mehefin 2017 15:03:07 BST', 'GCSE MEHEFIN 2017 WELSH LANGUAGE UNED 1 - LLAFAR (3000N1)', 'Ar ôl']));
    expect(texts.some((text) => /^−15874\/16933 ≈ −0\.9375$/.test(text))).toBe(true);
  });

  it('are parted by a space where a line breaks between them', async () => {
    const { tree } = await pdfOf(markSheetModel(1));
    const centre = elements(tree).find(({ text }) => text.startsWith('68101'))?.text ?? '';
    expect(centre).toContain('\n');
    expect(centre.replaceAll('\n', '')).toBe(markSheetModel(1).centre.centre + ' ' + markSheetModel(1).centre.name);
  });

  it('are in the language of the document, whole', async () => {
    for (const [name, model] of sheetModels(40)) {
      const texts = elements((await pdfOf(model)).tree).map(({ text }) => text.replaceAll('\n', ''));
      const inEnglish = texts.filter((text) => ENGLISH.has(text));
      if (name.endsWith('cy')) expect([name, inEnglish]).toEqual([name, []]);
      else expect(inEnglish.length).toBeGreaterThan(5);
    }
  });

  it('are words, and no names of ours, for events, roles and processes in an audit report', async () => {
    const cells = async (language: 'en' | 'cy') => {
      const { entries, ...others } = auditReportModel(2, language);
      const model = { ...others, entries: [...entries, { ...entries[0]!, type: 'ConcernRaised', reason: 'wrong-paper', actor: 'process:other', role: 'process' } as const] };
      return elements((await pdfOf(model)).tree).filter(({ type }) => type === 'TD').map(({ text }) => text.replaceAll('\n', ' ').replaceAll(/  +/g, ' ').trim());
    };
    const [english, welsh] = [await cells('en'), await cells('cy')];
    expect(english).toEqual(expect.arrayContaining(['Centre’s mark received', 'Demonstration data Administrator', 'Moderator’s mark corrected', 'Geraint Ŵyn ap Rhŷs Principal, for Siân Prŷs', 'Concern raised', 'Wrong paper', 'The Portal itself Automatic']));
    // From where: the program, how they had signed in, and the session; a process has none.
    const where = /^portal-terminal\/0\.1\.0 (.*) (\w+) 7f1d0c52-?\s*93aa/;
    expect([english, welsh].map((all) => all.flatMap((text) => where.exec(text.replaceAll('- ', '-'))?.slice(1) ?? []))).toEqual([['password + code from an app', 'Session'], ['cyfrinair + cod o ap', 'Sesiwn']]);
    expect(welsh).toEqual(expect.arrayContaining(['Daeth marc y ganolfan i law', 'Data arddangos Gweinyddwr', 'Cywirwyd marc y cymedrolwr', 'Geraint Ŵyn ap Rhŷs Prif gymedrolwr, ar ran Siân Prŷs', 'Codwyd pryder', 'Papur anghywir', 'Y Porth ei hun Awtomatig']));
    expect([...english, ...welsh].filter((text) => /process|[a-z][A-Z]/.test(text))).toEqual([]);
  });

  it('that are in another language say so: a title without Welsh, a report as it was written', async () => {
    const model = formulaModel([4], 'cy');
    const untitled = { ...model, component: { ...model.component, titles: { en: 'Oracy', cy: '' } } };
    expect(await tagged(untitled)).toEqual([['GCSE JUNE 2017 ORACY (3000N1)', 'en-GB']]);
    const { report, ...others } = centreReportModel(1, 'cy');
    const [texts, english] = [{ administration: '', tasks: '', comments: '' }, 'It was accurate.'];
    expect(await tagged({ ...others, report: { ...texts, language: 'en', accuracy: english } })).toEqual([[english, 'en-GB']]);
    expect(await tagged({ ...others, report: { ...report, language: 'cy' } })).toEqual([]);
    for (const language of ['en', 'cy'] as const) expect(await tagged(formulaModel([4], language))).toEqual([]);
  });

  it('tell what a figure shows to whoever does not see it', async () => {
    const { tree } = await pdfOf(formulaModel([40, 0]));
    const figures = elements(tree).filter(({ type }) => type === 'Figure');
    expect(figures).toHaveLength(1);
    expect(figures[0]?.dictionary).toMatch(/\/Alt \(Centre marks across and moderator marks up, from 0 to 60: \d+ of the sample within/);
    expect(figures[0]?.dictionary).toContain('/BBox');
  });
});

describe('the plot', () => {
  it('has its band beneath grid and frame, and its marks above them', async () => {
    const [page] = (await pdfOf(formulaModel([12]))).pages;
    const first = (wanted: RegExp): number => page?.operators.findIndex((operator) => wanted.test(operator)) ?? -1;
    const [band, frame, line] = [first(/^0\.93\d* 0\.95\d* 0\.95\d* scn$/), first(/^0\.7 w$/), first(/^1\.4 w$/)];
    expect([band, frame, line].toSorted((one, other) => one - other)).toEqual([band, frame, line]);
    expect(band).toBeGreaterThan(-1);
  });
});

describe('the controls', () => {
  it('see what is written without a tag', async () => {
    const about = { title: 'Stray', language: 'en', at: new Date(0), orientation: 'portrait' } as const;
    const { bytes } = await drawn(
      about,
      (paper) => {
        paper.write('nobody hears this', 60, 60, STYLES.body);
        paper.tag('TD', {}, () => paper.write('a cell in no row', 60, 80, STYLES.body));
      },
      () => undefined,
    );
    const { pages, tree } = readPdf(bytes);
    expect(pages[0]?.stray).toBe('nobody hears this\n');
    expect(misplaced(tree)).toEqual(['TD in Document']);
  });
});
